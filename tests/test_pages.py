"""What a typographer looks for on each page of the documents: nothing torn, nothing alone, nothing touching."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cache
from pathlib import Path

import cities
import glyphs
import pytest
from glyphs import Glyph, Mark, inked, text_of
from pypdf import PdfReader
from pypdf.generic import Destination

from gazette.pdf.composition.rules import has_han

BULLETINS = ["zh/bulletin.pdf", "en/bulletin.pdf"]
BOOKLETS = ["zh/booklet.pdf", "en/booklet.pdf"]
PARALLEL = "bulletin-parallel.pdf"
FOLD = 841.89 / 2
"""Where a sheet of a booklet is folded, in points from its left edge."""

ENGLISH = {"en/bulletin.pdf": 0.0, "en/booklet.pdf": 0.0, PARALLEL: 400.0}
"""From where on, in points, the lines of a document are English."""

each_city = pytest.mark.parametrize("city", cities.CITIES)


@pytest.fixture
def folder(city: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cities.built(tmp_path_factory, city)


@cache
def lines_of(file: Path) -> list[list[list[Glyph]]]:
    """The lines of each page of a document, each half of a folded sheet being one."""
    sides = [side for page in glyphs.pages(file) for side in _sides(file, page)]
    return [[inked(line) for line in glyphs.lines(side) if inked(line)] for side in sides]


def _sides(file: Path, page: list[Glyph]) -> list[list[Glyph]]:
    halves = [[glyph for glyph in page if (glyph.x < FOLD) == left] for left in (True, False)]
    return halves if file.name == "booklet.pdf" else [page]


# ── nothing alone ────────────────────────────────────────────────────────────


@each_city
@pytest.mark.parametrize("name", [*BULLETINS, PARALLEL])
def test_no_pledge_is_alone_on_a_page(folder: Path, name: str) -> None:
    reader = PdfReader(folder / name)
    parts, pledges = set[int](), Counter[int]()
    for mark in reader.outline:
        inner = [each for each in mark if isinstance(each, Destination)] if isinstance(mark, list) else []
        pledges.update(_page(reader, each) for each in inner)
        if isinstance(mark, Destination):
            parts.add(_page(reader, mark))
    assert pledges.total() >= 15
    alone = [page for page, n in pledges.items() if n == 1 and page not in parts]
    # the last two of a unit stay together: where they need a page, one may be left before them
    assert [page + 1 for page in alone if pledges[page + 1] != 2] == []


def _page(reader: PdfReader, mark: Destination) -> int:
    number = reader.get_destination_page_number(mark)
    assert number is not None
    return number


@each_city
@pytest.mark.parametrize("name", BULLETINS)
def test_a_statement_is_whole_on_the_page_of_its_head(folder: Path, name: str) -> None:
    """Its letters have a size of their own: on the next page there are none but in heads of pledges, which are bold."""
    pages = lines_of(folder / name)
    mine = [{number for number, page in enumerate(pages) for line in page if _is_statement(line)}]
    heads = {number for number, page in enumerate(pages) for line in page if line[0].size > 20 and number > 2}
    assert mine[0] and mine[0] <= heads


def _is_statement(line: list[Glyph]) -> bool:
    return abs(line[0].size - 11.55) < 0.01 and "Bold" not in line[0].font


# ── nothing torn ─────────────────────────────────────────────────────────────


@each_city
@pytest.mark.parametrize("name", [*BULLETINS, *BOOKLETS, PARALLEL])
def test_no_line_of_facts_ends_or_begins_with_a_dot(folder: Path, name: str) -> None:
    """A dot before the first fact of a line is there to be read aloud only: it is cut off, and the fact flush."""
    cut = 0
    for page in lines_of(folder / name):
        starts = [line[0].x for line in page]
        for line in page:
            text = text_of(line)
            if re.search(r"\w", text):
                assert not text.endswith("·"), text
            if re.match("·[ \u00a0].", text):
                assert any(abs(line[2].x - start) < 0.2 for start in starts), text
                cut += 1
    assert cut or name != "en/booklet.pdf"


@each_city
@pytest.mark.parametrize("name", ENGLISH)
def test_no_short_chinese_word_is_torn_in_an_english_line(folder: Path, name: str) -> None:
    seen, torn = 0, []
    for page in lines_of(folder / name):
        english = [line for line in page if line[0].x > ENGLISH[name]]
        for line, after in itertools.pairwise(english):
            if 4 < line[0].y - after[0].y < 20:
                seen += bool(re.search("[一-鿿]", text_of(line) + text_of(after)))
                parts = re.search("([一-鿿]+)\n([一-鿿]+)", f"{text_of(line)}\n{text_of(after)}")
                torn += [parts[0]] if parts and len(parts[0]) <= 7 else []
    assert torn == [] and seen


# ── nothing touching ─────────────────────────────────────────────────────────


def matrix(file: Path) -> tuple[list[Glyph], list[Mark]]:
    """The figures and the strokes in the cells of the matrix, from the line of its foot up."""
    for page, drawn in zip(glyphs.pages(file), glyphs.marks(file), strict=True):
        for line in glyphs.lines(page):
            if re.match("五笔成|Five strokes make", text_of(line)):
                key = line[0]
                left = key.x < FOLD or file.name != "booklet.pdf"
                low = key.y + 2 * key.size
                strokes = [
                    mark
                    for mark in drawn
                    if mark.low > low and mark.right - mark.left < 9 and mark.high - mark.low < 9
                    if file.name != "booklet.pdf" or (mark.left < FOLD) == left
                ]
                figures = [glyph for glyph in page if glyph.text.isdigit() and glyph.y > low]
                return [g for g in figures if file.name != "booklet.pdf" or (g.x < FOLD) == left], strokes
    raise AssertionError(file)


@each_city
@pytest.mark.parametrize("name", [*BULLETINS, *BOOKLETS, PARALLEL])
def test_no_cell_of_the_matrix_wraps_or_touches_its_neighbour(folder: Path, name: str) -> None:
    figures, strokes = matrix(folder / name)
    checked = 0
    for mark in strokes:
        beside = [glyph for glyph in figures if abs(glyph.y + 0.35 * glyph.size - (mark.low + mark.high) / 2) < 4.5]
        assert any(0 < mark.left - glyph.right < 45 for glyph in beside), (name, mark)
        for glyph in beside:
            assert not -2 * glyph.size < glyph.x - mark.right < 2 or glyph.right < mark.left, (name, glyph, mark)
        checked += 1
    assert checked >= (7 if "nowhere" in str(folder) else 100)


@pytest.mark.long
def test_chinese_is_seen_in_english_lines(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is looked for above is there."""
    for name, left in ENGLISH.items():
        found = lines_of(cities.built(tmp_path_factory, "wuhan") / name)
        assert sum(has_han(text_of(line)) for page in found for line in page if line[0].x > left) > 20
