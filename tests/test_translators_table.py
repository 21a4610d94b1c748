"""The table for translators: what is in it, what comes back, and what is told of it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from clerks import Clerk, Rows, Said, columns, difference, edit, saved
from offices import converted, needs_libreoffice
from program import ROOT, run
from test_languages import dumped, loaded, rewritten

from gazette.messages.catalogue import languages
from gazette.model.translations import texts_of
from gazette.office.content import open_content
from gazette.office.file_texts import texts_of_file

SHEET = "中文 → English"
OLD, NEW = (
    "text: {zh: 已开工5座。, en: Work has begun on five.}",
    "text: {zh: 已开工6座。, en: Work has begun on five.}",
)
STALE = "zhiyuan zhiyuan-1.updates.2031-03-01-under-way.text"

DRAFT = """\
draft: true
name: {zh: 云州区, en: Yunzhou District}
short: {zh: 云州}
kind: district
order: 7
summary:
  zh: |
    第一段。

    见[灯笼](term:denglong)。
  en:
pledges:
  - id: yunzhou-1
    title:
      zh: 修桥
    text:
      zh: 该区修桥一座。
      en: # to come
    updates:
      - {date: 2031-05-01, text: {zh: 已开工。, en: }}
      - {date: 2031-05-01, text: {zh: 已停工。}}
"""
MISSING = {
    "yunzhou.short": "Yunzhou",
    "yunzhou.summary": "One.\n\nSee the [lantern](term:denglong).",
    "yunzhou-1.title": "Build: a bridge",
    "yunzhou-1.text": "The district builds a bridge.",
    "yunzhou-1.updates.2031-05-01.text": "Begun.",
    "yunzhou-1.updates.2031-05-01.text#2": "Stopped.",
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city, after it was published."""
    clerk = Clerk(tmp_path_factory.mktemp("translators"))
    assert clerk.run("register", "--at", "2031-10-01") == 0
    return clerk.content


@pytest.fixture
def office(published: Path, clerk: Clerk) -> Clerk:
    """Somebody in that city whose colleague has changed a text and not its translation."""
    shutil.rmtree(clerk.content)
    shutil.copytree(published, clerk.content, symlinks=True)
    edit(clerk, OLD, NEW, "zhiyuan.yaml")
    return clerk


def table(clerk: Clerk, *more: str, language: str = "en") -> Clerk:
    clerk.book.unlink(missing_ok=True)
    assert clerk.run("translations", "table", str(clerk.book), *more, language=language) == 0
    return clerk


def fill(clerk: Clerk, text: str, sheet: str = SHEET, /, **cells: Any) -> None:
    """Somebody writes into the row of a text."""

    def change(rows: Rows) -> None:
        places = columns(rows)
        (row,) = (row for row in rows[2:] if row[places["key"]] == text)
        for name, value in cells.items():
            row[places[name]] = value

    clerk.fill_in(sheet, change)


def kept(clerk: Clerk) -> dict[str, bytes]:
    """The files of the units, and the records of their translations."""
    records = {f"translations/{path.name}": path.read_bytes() for path in (clerk.content / "translations").glob("*")}
    return clerk.files() | records


def imported(clerk: Clerk) -> list[str]:
    """What an import that must succeed changes in the files of the units; a second one changes nothing."""
    before = clerk.files()
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    after = kept(clerk)
    assert clerk.run("import", str(clerk.book), "--yes") == 0
    assert kept(clerk) == after and clerk.run("check") == 0
    return difference(before, clerk.files())


def told(clerk: Clerk, capsys: Said) -> list[str]:
    """What is told of a table that must be refused, without the path."""
    before = kept(clerk)
    capsys.readouterr()
    assert clerk.run("import", str(clerk.book), "--yes") == 1
    lines = capsys.readouterr().err.splitlines()
    assert kept(clerk) == before and lines[-1].startswith("Nothing was written")
    return [line.removeprefix(f"{clerk.book} ") for line in lines[:-2]]


def listed(clerk: Clerk) -> list[str]:
    return run("translations", content=clerk.content).stdout.splitlines()


# ── what is in it ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [ROOT / "content", ROOT / "tests" / "site"], ids=["shipped", "invented"])
def test_a_file_has_the_texts_that_its_records_have(content: Path) -> None:
    opened = open_content(content)
    assert len(opened.units) > 3 and not opened.drafts
    for unit in opened.units.values():
        assert unit.file is not None
        records = [(text.key, text.owner, text.loc, text.said) for text in texts_of(unit.id, unit.file.unit)]
        texts = list(texts_of_file(unit))
        assert [(text.key, text.owner, text.loc, text.said) for text in texts] == records
        assert len({text.name for text in texts}) == len(texts) > 5


def test_what_is_stale_is_in_it_with_what_it_is_part_of(office: Clerk, capsys: Said) -> None:
    sheets = table(office).sheets()
    assert list(sheets) == ["How to fill in", SHEET]
    keys, heads, *rows = sheets[SHEET]
    assert [key.rpartition("/")[2] for key in keys[4:]] == ["source", "present", "new", "right", "note", "key"]
    assert heads[4:7] == ["Source (中文)", "Translation now (English)", "New translation (English)"]
    now = ["已开工6座。", "Work has begun on five.", "", "", "", STALE]
    assert rows == [["Zhiyuan", "zhiyuan-1", "Updates 1: Text", "source changed", *now]]
    assert "(texts: 1; units: 1)" in capsys.readouterr().out


def test_with_all_it_has_everything_and_reads_back_without_a_change(office: Clerk) -> None:
    for language in languages():
        rows = table(office, "--all", language=language).sheets()[SHEET]
        texts = sum(len(list(texts_of_file(unit))) for unit in open_content(office.content).units.values())
        assert len(rows) == 2 + texts > 100
        first = office.book.read_bytes()
        assert table(office, "--all", language=language).book.read_bytes() == first
        assert imported(office) == []
    assert {row[-1].partition(" ")[0] for row in table(office, "--all", "--unit", "yinghuo").sheets()[SHEET][2:]} == {
        "yinghuo"
    }


def test_where_nothing_is_to_be_done_there_is_no_table(office: Clerk, capsys: Said) -> None:
    assert office.run("translations", "--reviewed", "zhiyuan-1") == 0
    assert office.run("translations", "table", str(office.book)) == 0
    assert "no table was written" in capsys.readouterr().out and not office.book.exists()


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["table"], "the command translations cannot do “table”"),
        (["tabel", "a.xlsx"], "cannot do “tabel a.xlsx”"),
        (["table", "a.xls"], "cannot do “table a.xls”"),
        (["table", "content/a.xlsx"], "cannot lie in the content folder"),
        (["table", "nowhere/a.xlsx"], "does not exist"),
        (["table", "a.xlsx", "--unit", "zhiyan"], "Did you mean “zhiyuan”"),
        (["table", "a.xlsx", "--reviewed", "zhiyuan-1"], "--reviewed is used alone"),
        (["--all"], "--all is for the table"),
    ],
)
def test_wrong_use(
    arguments: list[str], expected: str, office: Clerk, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.chdir(office.folder)
    assert office.run("translations", *arguments) == 2
    assert expected in capsys.readouterr().err
    assert {path.name for path in office.folder.iterdir()} == {"content"}


def test_no_file_is_overwritten(office: Clerk, capsys: Said) -> None:
    office.book.write_bytes(b"somebody's work")
    assert office.run("translations", "table", str(office.book)) == 1
    assert "exists already" in capsys.readouterr().err and office.book.read_bytes() == b"somebody's work"


# ── what comes back ──────────────────────────────────────────────────────────


def test_one_new_translation_is_one_changed_line_and_settled(office: Clerk, capsys: Said) -> None:
    fill(table(office), STALE, new="Work has begun on six.", note="Which six?")
    capsys.readouterr()
    assert imported(office) == [
        "-        text: {zh: 已开工6座。, en: Work has begun on five.}",
        "+        text: {zh: 已开工6座。, en: Work has begun on six.}",
    ]
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == [
        "zhiyuan-1 Zhiyuan District: note on Updates 1: Text (English): Which six?",
        "zhiyuan-1 Zhiyuan District: Updates 1: Text (English) "
        "from “Work has begun on five.” to “Work has begun on six.”",
    ]
    assert listed(office) == ["No translation is older than its source."]
    edit(office, "已开工6座。", "已开工7座。", "zhiyuan.yaml")
    assert "zhiyuan: 1" in listed(office)  # the pair that came back is known as right


@pytest.mark.parametrize("cells", [{"right": "yes"}, {"right": "是"}, {"new": "Work has begun on five."}])
def test_a_translation_that_still_fits_is_marked_and_no_file_changes(
    cells: dict[str, str], office: Clerk, capsys: Said
) -> None:
    fill(table(office), STALE, **cells)
    capsys.readouterr()
    assert imported(office) == []
    said = capsys.readouterr().out
    assert "Updates 1: Text (English) is right as it is" in said and "1 changes, in the files of 1 units." in said
    assert listed(office) == ["No translation is older than its source."]


def test_what_a_draft_lacks_is_listed_and_filled_in(office: Clerk) -> None:
    file = office.content / "districts" / "yunzhou.yaml"
    file.write_text(DRAFT, "utf-8")
    lines = listed(office)
    assert f"{file}:3:8: yunzhou.short (en): not translated yet." in lines and "yunzhou: 6" in lines
    rows = table(office, "--unit", "yunzhou").sheets()[SHEET]
    assert [row[-1] for row in rows[2:]] == [f"yunzhou {name}" for name in MISSING]
    for name, words in MISSING.items():
        fill(office, f"yunzhou {name}", new=words.replace("\n\n", "\n"))
    assert imported(office) == [
        "-short: {zh: 云州}",
        "+short: {zh: 云州, en: Yunzhou}",
        "-  en:",
        "+  en: |",
        "+    One.",
        "+",
        "+    See the [lantern](term:denglong).",
        '+      en: "Build: a bridge"',
        "-      en: # to come",
        '+      en: "The district builds a bridge." # to come',
        "-      - {date: 2031-05-01, text: {zh: 已开工。, en: }}",
        "-      - {date: 2031-05-01, text: {zh: 已停工。}}",
        "+      - {date: 2031-05-01, text: {zh: 已开工。, en: Begun.}}",
        "+      - {date: 2031-05-01, text: {zh: 已停工。, en: Stopped.}}",
    ]
    assert not any("yunzhou" in line for line in listed(office))


@needs_libreoffice
@pytest.mark.parametrize("kind", ["ods", "xls", "csv"])
def test_a_table_that_libreoffice_saved(kind: str, office: Clerk, tmp_path: Path) -> None:
    """Written in with another program: as a flat document first, then as this kind of file."""
    flat = converted(table(office).book, "fods", tmp_path)
    text = flat.read_text("utf-8")
    empty = text.index("<table:table-cell/>", text.index(">Work has begun on five.<"))
    words = '<table:table-cell office:value-type="string"><text:p>Begun: six, “all”.</text:p></table:table-cell>'
    flat.write_text(text[:empty] + words + text[empty + len("<table:table-cell/>") :], "utf-8")
    if kind == "csv":
        book = converted(flat, "xlsx", tmp_path)
        kind_of = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
        office.book = converted(book, kind_of, tmp_path)
    else:
        office.book = converted(flat, kind, tmp_path)
    assert imported(office) == [
        "-        text: {zh: 已开工6座。, en: Work has begun on five.}",
        '+        text: {zh: 已开工6座。, en: "Begun: six, “all”."}',
    ]
    assert listed(office) == ["No translation is older than its source."]


# ── who else writes ──────────────────────────────────────────────────────────


def test_a_source_that_changed_meanwhile_is_told(office: Clerk, capsys: Said) -> None:
    for cells in ({"new": "Work has begun on six."}, {"right": "yes"}):
        fill(table(office), STALE, **cells)
        edit(office, "已开工6座。", "已开工9座。", "zhiyuan.yaml")
        (line,) = told(office, capsys)
        place = "G3" if "new" in cells else "H3"
        assert line.startswith(f"[{SHEET}] {place}: the source has changed") and "now: “已开工9座。”" in line
        edit(office, "已开工9座。", "已开工6座。", "zhiyuan.yaml")


def test_a_translation_that_somebody_else_changed_is_told(office: Clerk, capsys: Said) -> None:
    fill(table(office), STALE, new="Work has begun on six.")
    edit(office, "en: Work has begun on five.", "en: Six are begun.", "zhiyuan.yaml")
    (line,) = told(office, capsys)
    assert line.startswith(f"[{SHEET}] G3: somebody else has changed") and "“Six are begun.”" in line


def test_a_table_that_was_read_does_not_settle_what_changed_later(office: Clerk) -> None:
    fill(table(office), STALE, new="Work has begun on six.")
    imported(office)
    edit(office, "已开工6座。", "已开工9座。", "zhiyuan.yaml")
    before = kept(office)
    assert office.run("import", str(office.book), "--yes") == 0
    assert kept(office) == before and "zhiyuan: 1" in listed(office)


def test_where_entries_moved_a_translation_finds_its_text(office: Clerk) -> None:
    fill(table(office), STALE, new="Work has begun on six.")
    edit(office, "    updates:\n      - date: 2031-03-01\n", EARLIER, "zhiyuan.yaml")
    assert [line for line in imported(office) if line[0] == "+"] == [
        "+        text: {zh: 已开工6座。, en: Work has begun on six.}"
    ]


EARLIER = """\
    updates:
      - date: 2031-02-01
        state: under-way
        text: {zh: 选了址。, en: The sites are chosen.}
      - date: 2031-03-01
"""


# ── what is refused ──────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"new": "字\u200b"}, "G3: this cell holds a character that cannot be seen (U+200B)"),
        ({"new": "See [it](term:deng)."}, "G3: "),
        ({"new": "**Begun**"}, "G3: "),
        ({"new": "…"}, "G3: "),
        ({"new": "x" * 2001}, "G3: "),
        ({"right": "perhaps"}, "H3: “perhaps” is neither yes nor no"),
        ({"right": "yes", "new": "Six."}, "H3: this row has a new translation, and also says"),
        ({"key": "", "new": "Six."}, "J3: this row does not say which text it translates"),
        (
            {"key": f"{STALE}x", "new": "Six."},
            "G3: the text of this row (zhiyuan-1.updates.2031-03-01-under-way.textx)",
        ),
    ],
)
def test_a_wrong_cell_is_told_at_its_place(cells: dict[str, str], expected: str, office: Clerk, capsys: Said) -> None:
    fill(table(office), STALE, **cells)
    lines = told(office, capsys)
    assert lines and all(line.startswith(f"[{SHEET}] {expected}") for line in lines), lines


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_written(office: Clerk, capsys: Said) -> None:
    (office.content / "districts" / "yunzhou.yaml").write_text(DRAFT, "utf-8")
    table(office)
    fill(office, STALE, new="Work has begun on six.")
    fill(office, "yunzhou yunzhou-1.title", new="A bridge, [built](term:denglong)")
    fill(office, "yunzhou yunzhou-1.text", right="yes")
    fill(office, "yunzhou yunzhou.summary", new="See the [lamp](term:lamp).")
    places = [line.partition(": ")[0] for line in told(office, capsys)]
    assert places == [f"[{SHEET}] {cell}" for cell in ("G6", "H7")]
    fill(office, "yunzhou yunzhou-1.text", right="")
    assert [line.partition(": ")[0] for line in told(office, capsys)] == [f"[{SHEET}] G6"]


def test_a_row_that_is_there_twice(office: Clerk, capsys: Said) -> None:
    def copy(rows: Rows) -> None:
        rows += [[*rows[2]], [*rows[2]]]

    fill(table(office), STALE, new="Work has begun on six.")
    office.fill_in(SHEET, copy)
    lines = told(office, capsys)
    assert [line.partition("” ")[2][:20] for line in lines] == ["is in row 3 already."] * 2


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        ({6: "translation.en/neu"}, ["G1: the key “translation.en/neu” is not known"]),
        ({6: "translation.en/note"}, ["I1: the key “translation.en/note” is there twice"]),
        ({6: ""}, ["E1: the hidden row of keys lacks translation.en/new, so this table cannot be read"]),
        ({6: "translation.zh/new"}, ["G1: the key “translation.zh/new” is not known"]),
    ],
)
def test_wrong_keys(spoil: dict[int, str], expected: list[str], office: Clerk, capsys: Said) -> None:
    def change(rows: Rows) -> None:
        for place, key in spoil.items():
            rows[0][place] = key

    table(office).fill_in(SHEET, change)
    assert [line.partition(". ")[0].removeprefix(f"[{SHEET}] ") for line in told(office, capsys)] == expected


def test_two_kinds_of_sheets_in_one_file(office: Clerk, capsys: Said) -> None:
    sheets = table(office).sheets()
    office.book.unlink()
    office.write()
    office.book.write_bytes(saved(sheets | {"Pledges": office.sheets()["Pledges"]}))
    (line,) = told(office, capsys)
    assert line.startswith("[Pledges] A1: this file holds sheets of two kinds")


# ── languages ────────────────────────────────────────────────────────────────


def test_each_language_has_a_sheet_of_its_own(clerk: Clerk) -> None:
    """A third one, whose name no sheet can have."""
    shutil.rmtree(clerk.content)
    rewritten(clerk.content, lambda text: {**text, "fr": text["en"]})
    settings = clerk.content / "site.yaml"
    content = loaded(settings)
    third = {"code": "fr", "tag": "fr", "locale": "fr_FR", "script": "Latn", "name": "Français: France/Belgique"}
    content["languages"].append(third)
    dumped(settings, content)
    for path in clerk.content.rglob("*.en.md"):
        shutil.copy(path, path.with_name(path.name.replace(".en.", ".fr.")))
    assert clerk.run("register", "--at", "2031-10-01") == 0
    edit(clerk, "zh: 清了一半。", "zh: 清了三分之一。", "zhiyuan.yaml")
    edit(clerk, "zh: 没有写种多少。\n    en: It", "zh: 没有写明种多少。\n    en: The pledge", "zhiyuan.yaml")
    sheets = table(clerk).sheets()
    assert [(name, len(rows) - 2) for name, rows in sheets.items()][1:] == [(SHEET, 1), ("zh → fr", 2)]
    half = sheets[SHEET][2][-1]
    fill(clerk, half, new="A third is cleared.")
    fill(clerk, half, "zh → fr", new="Un tiers est nettoyé.")
    fill(clerk, next(row[-1] for row in sheets["zh → fr"] if row[-1].endswith(".why")), "zh → fr", right="yes")
    assert [line.strip("+ ") for line in imported(clerk) if line[0] == "+"] == [
        "en: A third is cleared.",
        "fr: Un tiers est nettoyé.",
    ]
    assert listed(clerk) == ["No translation is older than its source."]
