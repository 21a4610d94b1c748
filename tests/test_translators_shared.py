"""What stands in no unit's file, in the hands of translators: settings, glossary, notices, and articles by passages."""

from __future__ import annotations

import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from clerks import Clerk, Said, difference
from compiled import compiled
from offices import converted, needs_libreoffice
from program import run
from translators import SHEET, fill, kept, listed, table, told

import build


def change(clerk: Clerk, name: str, old: str, new: str) -> None:
    file = clerk.content / name
    data = file.read_bytes()
    assert data.count(old.encode()) == 1
    file.write_bytes(data.replace(old.encode(), new.encode()))


def all_files(clerk: Clerk) -> dict[str, bytes]:
    found = sorted(path for path in clerk.content.rglob("*") if path.suffix in (".yaml", ".md"))
    return {str(path.relative_to(clerk.content)): path.read_bytes() for path in found}


def imported(clerk: Clerk) -> list[str]:
    """What an import changes, in all files; a second one changes nothing."""
    before = all_files(clerk)
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    after, records = all_files(clerk), kept(clerk)
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    assert (all_files(clerk), kept(clerk)) == (after, records) and clerk.run("check") == 0
    return difference(before, after)


@pytest.fixture
def office(registered: Path, clerk: Clerk) -> Clerk:
    """The invented city after it was registered."""
    shutil.rmtree(clerk.content)
    shutil.copytree(registered, clerk.content, symlinks=True)
    return clerk


def rows(clerk: Clerk) -> dict[str, list[str]]:
    """The rows of the table by what stands in the source."""
    return {row[4]: row for row in table(clerk).sheets()[SHEET][2:]}


CHANGES = [
    (
        "glossary.yaml",
        "写有负责人名字的灯。",
        "写有姓名的灯。",
        "A lamp with a name.",
        "glossary.denglong Glossary: Text",
    ),
    ("site.yaml", "zh: 测试用的虚构城市", "zh: 虚构的城市", "An invented city.", "site Settings: Strapline"),
    ("themes.yaml", None, None, "Water, too", "themes."),
    (
        "notices/closing-2031-7.yaml",
        "停炉、断电",
        "先停炉、断电",
        "First stop: it, then cut it",
        "notices.closing-2031-7",
    ),
    (
        "articles/about.zh.md",
        "虚城是编造的。",
        "虚城纯属编造。",
        "It is all invented.",
        "articles.about Articles: Passage 2",
    ),
    (
        "articles/method.zh.md",
        "title: 记录方法",
        "title: 怎样记录",
        "How: the record",
        "articles.method Articles: Title",
    ),
]


@pytest.mark.long
@pytest.mark.parametrize(("name", "old", "new", "words", "said"), CHANGES, ids=[each[0] for each in CHANGES])
def test_one_cell_is_one_line_and_settled(
    name: str, old: str | None, new: str | None, words: str, said: str, office: Clerk, capsys: Said
) -> None:
    if old is None or new is None:
        first = next(line for line in (office.content / name).read_text("utf-8").splitlines() if "name:" in line)
        old = first.partition("zh: ")[2].partition(",")[0]
        new = f"{old}甲"
        old, new = f"zh: {old}, en", f"zh: {new}, en"
    change(office, name, old, new)
    assert len(listed(office)) == 3
    ((_, row),) = rows(office).items()
    fill(office, row[-1], new=words)
    capsys.readouterr()
    gone, came = imported(office)
    assert (
        gone[0] == "-"
        and came[0] == "+"
        and words in came
        and "1 change, in 1 file." in (out := capsys.readouterr().out)
    )
    assert out.startswith(said)
    assert listed(office) == ["No translation is out of date."]
    change(office, name, new, f"{new[:-1]}乙{new[-1:]}" if old[:3] != "zh:" else new.replace("zh: ", "zh: 乙"))
    assert "out of date" in listed(office)[-1]  # the pair that came back is known as right


def test_what_is_told_of_a_change(office: Clerk, capsys: Said) -> None:
    change(office, "glossary.yaml", "写有负责人名字的灯。", "写有姓名的灯。")
    fill(table(office), "glossary glossary.denglong.text", right="yes", note="Which?")
    capsys.readouterr()
    assert imported(office) == []
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "glossary.denglong Glossary: note on Text (English): Which?",
        "glossary.denglong Glossary: Text (English) is right as it is",
        "1 change, in 1 file.",
    ]


def test_new_passages_come_where_they_belong(office: Clerk) -> None:
    file = office.content / "articles" / "about.en.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    change(office, "articles/about.zh.md", "## 这是什么\n", "## 这是什么\n\n先说一句。\n\n### 又\n")
    change(office, "articles/about.zh.md", "- 一\n- 二\n", "- 一\n- 二\n\n完。\n")
    missing = rows(office)
    assert list(missing) == ["先说一句。", "### 又", "完。"]
    for words, new in (("先说一句。", "First."), ("### 又", "### More"), ("完。", "The end.\nReally.")):
        fill(office, missing[words][-1], new=new)
    assert imported(office) == ["+", "+First.", "+", "+### More", "+", "+The end.", "+", "+Really."]
    assert file.read_bytes().count(b"\r\n") == file.read_bytes().count(b"\n")
    assert listed(office) == ["No translation is out of date."]
    change(office, "articles/about.zh.md", "先说一句。", "先说两句。")
    assert "articles.about: 1" in listed(office)


def test_a_table_in_an_article_keeps_its_lines(office: Clerk) -> None:
    change(office, "articles/about.zh.md", "| 甲 | 1 |", "| 甲 | 2 |")
    ((_, row),) = rows(office).items()
    fill(office, row[-1], new="| column | value |\n|---|---|\n| a | 2 |")
    assert imported(office) == ["-| a | 1 |", "+| a | 2 |"]


def test_a_source_that_changed_meanwhile_is_told(office: Clerk, capsys: Said) -> None:
    change(office, "glossary.yaml", "写有负责人名字的灯。", "写有姓名的灯。")
    change(office, "articles/about.zh.md", "虚城是编造的。", "虚城纯属编造。")
    found = rows(office)
    for row in found.values():
        fill(office, row[-1], new="Something else.")
    change(office, "glossary.yaml", "写有姓名的灯。", "写有名字的灯。")
    change(office, "articles/about.zh.md", "虚城纯属编造。", "虚城全是编造。")
    one, other = told(office, capsys)
    assert one.startswith(f"[{SHEET}] G3: the source has changed") and "“写有名字的灯。”" in one
    assert other.startswith(f"[{SHEET}] G4: the source of this article (articles.about) has changed")


def test_all_that_is_wrong_is_told_at_its_cell_at_once(office: Clerk, capsys: Said) -> None:
    for name, old, new, *_ in CHANGES:
        if old and new:
            change(office, name, old, new)
    change(office, "articles/method.zh.md", "## 怎样记录", "## 怎样做")
    change(office, "articles/foreword.zh.md", "第二段。", "最后一段。")
    wrong = {
        "glossary glossary.denglong.text": "See [it](term:nothing).",
        "site site.strapline": "x" * 121,
        "notices.closing-2031-7 notices.closing-2031-7.sections.measures.text": "See [it](term:nothing).",
        "articles.method articles.method.title": "T\u200bhe",
    }
    found = rows(office)
    wrong[found["## 怎样做"][-1]] = "How"
    wrong[found["最后一段。"][-1]] = "See [it](page:nowhere)."
    for name, words in wrong.items():
        fill(office, name, new=words)
    before = all_files(office)
    lines = told(office, capsys)
    assert all_files(office) == before
    cells = {number: row[-1] for number, row in enumerate(office.sheets()[SHEET], 1)}
    places = {cells[int(line.partition("G")[2].partition(":")[0])] for line in lines}
    assert places >= {"articles.method articles.method.title", found["## 怎样做"][-1]}
    for name in ("articles.method articles.method.title", found["## 怎样做"][-1]):
        fill(office, name, new="")
    lines = told(office, capsys)
    places = {cells[int(line.partition("G")[2].partition(":")[0])] for line in lines}
    assert places == {*wrong} - {"articles.method articles.method.title", found["## 怎样做"][-1]}


@pytest.mark.parametrize("words", ["```\ncode", "One.\n\n---\n\n<div>", "1. one"])
def test_a_passage_cannot_swallow_what_follows(words: str, office: Clerk, capsys: Said) -> None:
    change(office, "articles/about.zh.md", "虚城是编造的。", "虚城纯属编造。")
    ((_, row),) = rows(office).items()
    fill(office, row[-1], new=words)
    if words.startswith("```"):
        (line,) = told(office, capsys)
        assert line.startswith(f"[{SHEET}] G3: this passage cannot be written into")
    else:
        office.run("import", str(office.book), "--yes")
        assert office.run("check") == 0 and b"| a | 1 |" in (office.content / "articles" / "about.en.md").read_bytes()


def test_no_text_is_anybodys_formula(office: Clerk) -> None:
    change(office, "articles/about.zh.md", "虚城是编造的。", '=HYPERLINK("https://example.org")虚城')
    change(office, "glossary.yaml", "写有负责人名字的灯。", "'=1+1'")
    table(office)
    with ZipFile(office.book) as book:
        sheets = [book.read(name) for name in book.namelist() if "worksheets" in name]
    assert sheets and not any(b"<f>" in each for each in sheets)
    assert "=1+1" in {row[4] for row in office.sheets()[SHEET]}


@pytest.mark.long
@needs_libreoffice
def test_a_table_that_libreoffice_saved(office: Clerk, tmp_path: Path) -> None:
    change(office, "articles/about.zh.md", "| 甲 | 1 |", "| 甲 | 2 |")
    change(office, "notices/closing-2031-7.yaml", "停炉、断电", "先停炉、断电")
    fill(
        office,
        next(row[-1] for row in rows(office).values() if row[4][0] == "|"),
        new="| column | value |\n|---|---|\n| a | 2 |",
    )
    for kind in ("ods", "xlsx"):
        office.book = converted(office.book, kind, tmp_path / kind)
    assert imported(office) == ["-| a | 1 |", "+| a | 2 |"]


def test_only_what_is_asked_for(office: Clerk, capsys: Said) -> None:
    parts = table(office, "--all", "--unit", "glossary", "--unit", "notices").sheets()[SHEET][2:]
    assert {row[0] for row in parts} == {"Glossary", "Notices"}
    office.book.unlink()
    assert office.run("translations", "table", str(office.book), "--unit", "glosary") == 2
    assert "Did you mean “glossary”" in capsys.readouterr().err


# ── readers, releases, those who look at it ──────────────────────────────────


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "old", "page", "reviewed"),
    [
        ("glossary.yaml", "写有负责人名字的灯。", "glossary.html", "glossary.denglong"),
        ("notices/closing-2031-7.yaml", "停炉、断电", "notices/closing-2031-7.html", "notices"),
        ("articles/method.zh.md", "一项一笔。", "method.html", "articles.method"),
        ("articles/about.zh.md", "虚城是编造的。", "about.html", "articles"),
    ],
)
def test_readers_are_told_and_a_release_waits(
    name: str, old: str, page: str, reviewed: str, office: Clerk, tmp_path: Path
) -> None:
    cache = compiled(tmp_path / "cache")
    asked = ["--content", str(office.content), "--output", str(tmp_path / "site"), "--cache", str(cache)]
    asked += ["--only", "pages", "--jobs", "1"]
    assert build.main(asked) == 0
    pages = [tmp_path / "site" / code / page for code in ("zh", "en")]
    assert not any("note--translation" in each.read_text("utf-8") for each in pages)
    change(office, name, old, f"改了。{old}")
    assert build.main(asked) == 0
    assert ["note--translation" in each.read_text("utf-8") for each in pages] == [False, True]
    release = ["check", "--release", "--base-url", "https://example.org/"]
    done = run(*release, content=office.content)
    owner = reviewed if "." in reviewed else ""
    assert done.returncode == 1 and "translated into “en”" in done.stderr and f"--reviewed {owner}" in done.stderr
    assert run("translations", "--reviewed", reviewed, content=office.content).returncode == 0
    assert "translated into" not in run(*release, content=office.content).stderr
    assert build.main(asked) == 0
    assert not any("note--translation" in each.read_text("utf-8") for each in pages)
    assert office.run("register", "--at", "2031-10-02") == 0
    assert listed(office) == ["No translation is out of date."]


def test_a_release_waits_for_a_passage_that_is_missing(office: Clerk) -> None:
    file = office.content / "articles" / "method.zh.md"
    file.write_text(f"{file.read_text('utf-8')}\n## 又\n", "utf-8")
    done = run("check", "--release", "--base-url", "https://example.org/", content=office.content)
    assert "has a passage that is not translated into “en”: “## 又”" in done.stderr
    assert run("translations", "--reviewed", "articles.method", content=office.content).returncode == 0
    assert "articles.method: " in "\n".join(listed(office))
