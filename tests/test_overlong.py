"""What is too long for its place in a document: where words are broken, and how wide the columns of tables are."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import glyphs
import pytest
from glyphs import inked, text_of
from overfull import address, code, han
from reached import at_least_one

from gazette.pdf import write_pdf

WIDTH = 300
STYLE = """@page { size: 340pt 400pt; margin: 20pt } body { margin: 0 } p { margin: 0; font-size: 10pt; hyphens: auto }
:lang(zh) { font-family: "Noto Serif SC"; text-align: justify } :lang(en) { font-family: "Noto Serif", "Noto Serif SC" }
table { width: 100%; border-collapse: collapse } td { padding: 0 4pt 0 0; font-size: 10pt }
.whole { white-space: nowrap }"""


def lines(body: str, tmp_path: Path, language: str = "zh-Hans") -> list[str]:
    """The lines that a page is set in, none of which is wider than the page."""
    page = f'<!doctype html><html lang="{language}"><head><title>x</title></head><body>{body}</body></html>'
    (tmp_path / "x.pdf").write_bytes(write_pdf(page, stylesheets=[STYLE]))
    found = [ink for page in glyphs.pages(tmp_path / "x.pdf") for line in glyphs.lines(page) if (ink := inked(line))]
    for line in found:
        assert line[0].x >= 19.9 and line[-1].right <= 20 + WIDTH + 5.1, text_of(line)  # a stop's blank half may hang
    return [text_of(line) for line in found]


@pytest.mark.parametrize("run", [address(200), code(200), han(200), "a\u0301" * 120, "，" * 120, "A\u00a0" * 80])
@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("body", ["{}", "<b>看</b>{}<i>又</i>", "x<b>{}</b>y", '<span class="whole">a b {} c</span>'])
def test_every_run_is_broken_inside_its_line_and_whole(run: str, language: str, body: str, tmp_path: Path) -> None:
    found = lines(f"<p>{body.format(run)}</p>", tmp_path, language)
    words = re.sub("<[^>]*>", "", body.format(run))
    assert re.sub(r"\s", "", "".join(found)) == re.sub(r"\s", "", words)
    assert len(found) > 2 and not any(line.startswith("\u0301") for line in found), (
        "an accent is parted from its letter"
    )


def test_an_address_ends_a_line_behind_its_marks_and_has_no_hyphen(tmp_path: Path) -> None:
    run = "https://www.example.org/environmental-rectification/neighbourhood_information.aspx?responsibility=1" * 3
    found = lines(f"<p>See the list at {run} and nothing else but the environmental rectification.</p>", tmp_path, "en")
    assert found[0].startswith("See the list at") and len(found) >= 6
    inside = found[1 : found.index(next(line for line in found if "nothing" in line))]
    assert all(line[-1] in "/.-_?=" for line in inside if not run.endswith(line)), inside
    assert "".join(found).replace(" ", "").startswith(f"Seethelistat{run}")


def test_words_of_a_language_still_have_hyphens(tmp_path: Path) -> None:
    found = lines(f"<p>{'environmental rectification responsibility ' * 10}</p>", tmp_path, "en")
    assert any(line[-1] in "-‐" for line in found), found


def test_what_fits_is_not_touched(tmp_path: Path) -> None:
    """A word that has room in a line of its own goes there whole."""
    assert lines(f"<p>这是一个编号，编号是：{code(30)}号</p>", tmp_path)[1].startswith(code(30))


def test_words_without_chinese_keep_their_width_in_a_line_that_is_spread(tmp_path: Path) -> None:
    lines(f"<p>字字字<b>{code(9)}</b>字字字字字字字字字字字<b>{code(9)}</b>字字字字</p>", tmp_path)
    found = [line for page in glyphs.pages(tmp_path / "x.pdf") for line in glyphs.lines(page)]
    letters = [glyph for line in found for glyph in line if glyph.text.isascii() and glyph.text.strip()]
    beside = [(a, b) for a, b in itertools.pairwise(letters) if abs(a.y - b.y) < 0.1 and b.x - a.right < 5]
    for a, b in at_least_one(beside):
        assert b.x - a.right == pytest.approx(0, abs=0.35), (a, b)  # kerning


def test_a_table_is_as_wide_as_its_place(tmp_path: Path) -> None:
    """No column claims more than an even share; where all words have room, the table is as it always was."""
    cells = f"<td>{code(60)}</td><td>rectification</td><td>{address(80)}</td>"
    found = lines(f"<table><tr>{cells}</tr></table>", tmp_path, "en")
    assert "rectification" in found and "".join(found).count("WDMGWQ") > 1
    found = lines("<table><tr><td>one two three</td><td>rectification</td><td>1</td></tr></table>", tmp_path, "en")
    assert len(found) == 3
