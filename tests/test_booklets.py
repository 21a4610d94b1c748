"""Booklets: the bulletin set for its own paper, in the order in which folded sheets are read."""

from __future__ import annotations

import re
from collections import Counter

import glyphs
import pytest
from cities import CITIES
from handouts import MM, Build, squeezed, texts
from pypdf import PdfReader
from reached import at_least_one
from test_bulletins import each

from gazette.pdf.booklet import booklet, order


@pytest.mark.parametrize("pages", [1, 2, 3, 4, 5, 8, 49, 60])
def test_folded_sheets_are_read_in_order(pages: int) -> None:
    """Sheets are put into each other and folded: leafed through, the pages come one after the other."""
    sides = list(order(pages))
    assert len(sides) % 2 == 0 and len(sides) == 2 * -(-pages // 4)
    fronts, backs = sides[::2], sides[1::2]
    read = [page for front, back in zip(fronts, backs, strict=True) for page in (front[1], back[0])]
    read += [page for front, back in reversed(list(zip(fronts, backs, strict=True))) for page in (back[1], front[0])]
    assert read == list(range(2 * len(sides)))


FOLD = 842 / 2
"""Where a sheet is folded, in points from its left edge."""


@each
def test_a_booklet_is_set_for_its_own_paper(printed: Build, city: str, code: str) -> None:
    """Its letters are as large as they are on paper that nobody reduced, and stay clear of the fold."""
    sizes: Counter[float] = Counter()
    file = printed(city) / code / "booklet.pdf"
    for page in glyphs.pages(file):
        sizes.update(round(glyph.size, 1) for glyph in page)
        for glyph in page:
            assert 25 < glyph.x < FOLD - 25 or FOLD + 25 < glyph.x < 842 - 25, glyph
            assert 6 * MM < glyph.y < 595 - 6 * MM, glyph
    assert min(sizes) >= 8.5
    whole = [glyph for page in glyphs.pages(file) for glyph in page if not glyph.text.isspace()]
    letters = "".join(glyph.text[0] for glyph in whole)
    for unit in at_least_one(texts(CITIES[city]).values()):
        words = squeezed(unit["pledges"][0]["text"][code])[:12]
        places = [match.start() for match in re.finditer(re.escape(words), letters)]
        found = [{round(glyph.size, 1) for glyph in whole[place : place + len(words)]} for place in places]
        assert {10.0} in found, words


@each
def test_a_booklet_is_the_bulletin(printed: Build, city: str, code: str) -> None:
    """Every statement and every pledge stands in it, and its numbers of pages are those of folded sheets."""
    folder = printed(city) / code
    made, bulletin = PdfReader(folder / "booklet.pdf"), PdfReader(folder / "bulletin.pdf")
    sides = [*glyphs.pages(folder / "booklet.pdf")]
    numbers = [*order(2 * len(sides))]
    halves: dict[int, str] = {}
    for page, (left, right) in zip(sides, numbers, strict=True):
        halves[left] = squeezed("".join(glyph.text for glyph in page if glyph.x < FOLD))
        halves[right] = squeezed("".join(glyph.text for glyph in page if glyph.x > FOLD))
    for number, text in halves.items():
        assert number == 0 or not text or text.startswith(str(number + 1)) or text.endswith(str(number + 1)), number
    blank = [number for number, text in halves.items() if not text]
    assert sorted(blank) == [*range(len(halves) - len(blank), len(halves))] and len(blank) < 4, (
        "blank pages are the last"
    )
    whole = "".join(halves[number] for number in sorted(halves))
    for unit in at_least_one(texts(CITIES[city]).values()):
        for words in (unit["name"], *(pledge["title"] for pledge in unit["pledges"])):
            assert squeezed(words[code]) in whole
    assert made.metadata and bulletin.metadata and made.metadata.title == bulletin.metadata.title
    assert "/StructTreeRoot" not in made.trailer["/Root"]
    about = str(made.metadata.subject)
    assert {"zh": "只供打印", "en": "Only for printing"}[code] in about, "it says that it is no document to be read"
    assert made.trailer["/Root"]["/ViewerPreferences"]["/Duplex"] == "/DuplexFlipShortEdge"
    for sheet in made.pages:
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (842, 595)


def test_the_same_pages_are_imposed_to_the_same_bytes(printed: Build) -> None:
    data = (printed("nowhere") / "zh" / "brief.pdf").read_bytes()
    assert booklet(data) == booklet(data)


def test_names_beside_many_columns_stay_whole(printed: Build) -> None:
    """In the table of states a short name stands on one line, with its figures."""
    lines: dict[tuple[int, bool, float], list[glyphs.Glyph]] = {}
    for number, side in enumerate(glyphs.pages(printed("nowhere") / "zh" / "booklet.pdf")):
        for glyph in side:
            lines.setdefault((number, glyph.x > FOLD, round(glyph.y, 1)), []).append(glyph)
    whole = "\n".join(
        squeezed("".join(glyph.text for glyph in sorted(line, key=lambda glyph: glyph.x))) for line in lines.values()
    )
    for unit in at_least_one(texts(CITIES["nowhere"]).values()):
        assert re.search(rf"(?m)^{unit['name']['zh']}[\d·]{{7,}}$", whole), unit["name"]["zh"]
