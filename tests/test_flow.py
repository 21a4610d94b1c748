"""How lines flow together: the same in YAML, however a text is written there, and in articles."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from compiled import compiled
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from reached import at_least_one

from gazette.model.text.flow import PART, flat, joined, run_on
from gazette.model.text.markdown import article
from gazette.model.text.markup import entry, in_paragraphs
from gazette.reading.yaml.parser import compose

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("该区承诺公示\n清单。", "该区承诺公示清单。"),
        ("该区承诺，\n“双查”照常", "该区承诺，“双查”照常"),
        ("他说“好”\n然后走了", "他说“好”然后走了"),
        ("共计①\n二", "共计①二"),
        ("The district\nwill build", "The district will build"),
        ("PM2.5\n浓度", "PM2.5 浓度"),
        ("浓度\nPM2.5", "浓度 PM2.5"),
        ("the word “one”\n“two”", "the word “one” “two”"),
        ("see 正\n“tally”", "see 正“tally”"),
        ("한국\n사람", "한국 사람"),
        ("公示 清单", "公示 清单"),
    ],
)
def test_a_line_end_leaves_a_space_only_where_the_script_has_spaces(lines: str, text: str) -> None:
    assert joined(lines) == text
    shown = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", article(lines, str, escape, ""))).strip()
    assert shown == str(escape(text))
    for written in at_least_one(styles([lines.split("\n")])):
        assert compose("x", written).data() == {"a": text}, written


def styles(parts: list[list[str]]) -> list[str]:
    """A text of some paragraphs, each on some lines, in every way in which YAML writes one."""
    block = textwrap.indent("\n\n".join("\n".join(lines) for lines in parts), "  ", lambda line: line.strip() != "")
    quoted = block.strip()
    return [f"a: |\n{block}\n", f"a: >-\n{block}\n", f"a:\n{block}\n", f'a: "{quoted}"\n', f"a: '{quoted}'\n"]


WORDS = st.lists(st.sampled_from(["承诺", "清单。", "“双查”", "word", "PM2.5", "，", "建成"]), min_size=1, max_size=3)
LINES = st.lists(WORDS.map("".join).filter(lambda line: line[0] != "“"), min_size=1, max_size=3)


@given(st.lists(LINES, min_size=1, max_size=3))
def test_every_way_to_write_a_text_reads_the_same(parts: list[list[str]]) -> None:
    expected = PART.join(joined("\n".join(lines)) for lines in parts)
    assert [compose("x", written).data() for written in styles(parts)] == [{"a": expected}] * 5


@given(st.text(alphabet="承诺。“ab \n", max_size=40))
def test_joining_loses_no_character_but_line_ends_and_spaces(text: str) -> None:
    assert re.sub(r"\s", "", joined(text)) == re.sub(r"\s", "", text)
    assert "\n" not in joined(text)


def test_places_and_columns_are_those_of_the_file() -> None:
    node = compose("x", "a: 一二\n  三四\nb: {c: 五, d: 六}\n")
    assert (node.find(("b", "d")).line, node.find(("b", "d")).column) == (3, 14)
    assert node.find(("a",)).last == 2


def test_text_in_json_form_keeps_its_line_ends_as_paragraphs() -> None:
    assert compose("x", json.dumps({"a": "第一段\n\n第二段"})).data() == {"a": "第一段\n\n第二段"}


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["一", "　　二"], [(1, 1, "line_indented")]),
        (["一", "", "　　二"], []),
        (["（一）选址", "（二）建站"], [(1, 1, "item_run_on")]),
        (["  1. 甲", "  2. 乙"], [(1, 3, "item_run_on")]),
        (["- 甲", "", "- 乙"], []),
        (["共有", "12. 3 times", "more"], []),
        (["2.5公里", "3.5公里"], []),
        (["**甲**", "**乙**"], []),
        (["-5℃", "-6℃"], []),
    ],
)
def test_what_was_meant_to_stand_alone(lines: list[str], told: list[object]) -> None:
    assert list(run_on(lines)) == told


def test_paragraphs_on_a_page() -> None:
    assert in_paragraphs(escape("a<\n\nb"), "x") == '<p class="x">a&lt;</p><p class="x next">b</p>'
    assert in_paragraphs("a<") == "<p>a&lt;</p>"
    assert entry(escape("one")) == "one" and entry(escape("a\n\nb")) == '<p>a</p><p class="next">b</p>'
    assert flat("第一段。\n\n第二段。") == "第一段。第二段。" and flat("One.\n\nTwo.") == "One. Two."


# ── on every page ────────────────────────────────────────────────────────────

TWO = "{0}  zh: |\n{0}    {1}写到一半\n{0}    换行。\n\n{0}    {1}第二段。\n"
TWO += "{0}  en: |\n{0}    {1} goes\n{0}    on.\n\n{0}    {1} second.\n"
_FIELD = re.compile(r"^( +|)((?:- )?)(summary|text|done_when|why|intro):(?: \{.*\}|(?:\n+\1 +.*)+)\n", re.M)

DRAFTS = 3
"""Texts of the small city that are not published."""


def test_every_text_that_may_have_paragraphs_shows_them(tmp_path: Path) -> None:
    """On the pages and in the data; `_FIELD` finds each text of the small city."""
    content, marks = tmp_path / "content", []
    shutil.copytree(ROOT / "tests/site", content)

    def two(match: re.Match[str]) -> str:
        marks.append(f"M{len(marks)}M")
        return f"{match[1]}{match[2]}{match[3]}:\n" + TWO.format(match[1] + " " * len(match[2]), marks[-1])

    for path in (
        *content.glob("districts/*.yaml"),
        *content.glob("notices/*.yaml"),
        *(content / f"{n}.yaml" for n in ("themes", "programmes", "glossary")),
    ):
        path.write_text(_FIELD.sub(two, path.read_text("utf-8")), "utf-8")
    command = [sys.executable, "build.py", "--content", str(content), "--output", str(tmp_path / "out")]
    command += ["--cache", str(compiled(tmp_path / "cache")), "--only", "pages,data", "--messages", "en"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0 and len(marks) > 40, done.stderr
    for code, first, second in (("zh", "写到一半换行。", "第二段。"), ("en", " goes on.", " second.")):
        pages = {path: path.read_text("utf-8") for path in (tmp_path / "out" / code).rglob("*.html")}
        shown = {mark for mark in marks for page in pages.values() if f"{mark}{first}" in page}
        assert len(shown) == len(marks) - DRAFTS, sorted(set(marks) - shown)
        for path, page in pages.items():
            body = page[page.index("<main") :]
            for mark in shown:
                whole = len(re.findall(f"{mark}{first}(?:</span>|</del>)*</p>", body))
                if path.name == "changes.html":  # of a text that was corrected it quotes the sentences that differ
                    whole += body.count(f"“{mark}{first} {mark}{second}”")
                assert whole == body.count(f"{mark}{first}"), path
                assert body.count(f"{mark}{second}") == body.count(f"{mark}{first}"), path
            head = page[: page.index("<main")]
            assert PART not in "".join(re.findall(r'content="([^"]*)"', head)), path
    rows = (tmp_path / "out/data/pledges.csv").read_text("utf-8-sig")
    assert rows.count("写到一半换行。\n\n") > 10 and "goes on.\n\nM" in rows
