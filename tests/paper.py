"""Finds what leaves its place on the pages of a PDF: text in a margin, and lines that stand on one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import glyphs
from glyphs import Glyph, inked, text_of

from gazette.model.text.markup import plain
from gazette.pdf.composition.rules import HANGING, hangs

Area = tuple[float, float, float, float]
"""Left, lower, right and upper edge in points."""

ROOM = 0.6
"""Points, for what rounding does."""


@dataclass(frozen=True)
class Box:
    """The letters of a line, without what they leave blank above and below."""

    text: str
    left: float
    right: float
    low: float
    high: float

    @classmethod
    def of(cls, line: list[Glyph]) -> Box:
        first, last = line[0], line[-1]
        blank = HANGING * last.size if hangs(last.text) else 0.0
        size = max(glyph.size for glyph in line)
        return cls(text_of(line), first.x, last.right - blank, first.y - 0.1 * size, first.y + 0.6 * size)

    def meets(self, other: Box) -> bool:
        across = self.left < other.right - ROOM and other.left < self.right - ROOM
        return across and self.low < other.high - ROOM and other.low < self.high - ROOM


@lru_cache(maxsize=6)
def _pages(file: Path) -> list[list[Glyph]]:
    return list(glyphs.pages(file))


def lines_of(page: list[Glyph]) -> list[Box]:
    return [Box.of(ink) for line in glyphs.lines(page) if (ink := inked(line)) and text_of(ink).strip()]


def misplaced(file: Path, area: Area) -> Iterator[str]:
    """What of a document stands out of an `area` of its pages (left, lower, right and upper edge in points), or on
    another line."""
    for number, page in enumerate(_pages(file), 1):
        found = lines_of(page)
        for box in found:
            if box.left < area[0] - ROOM or box.right > area[2] + ROOM:
                yield f"{file.name}, page {number}: “{box.text[-30:]}” from {box.left:.1f} to {box.right:.1f} pt"
            if box.low < area[1] - ROOM or box.high > area[3] + ROOM:
                yield f"{file.name}, page {number}: “{box.text[-30:]}” at {box.low:.1f} pt"
        yield from (f"{file.name}, page {number}: {pair}" for pair in _overlaps(found))


def _overlaps(found: list[Box]) -> Iterator[str]:
    found = sorted(found, key=lambda box: box.low)
    for place, box in enumerate(found):
        for other in found[place + 1 :]:
            if other.low >= box.high:
                break
            if box.meets(other):
                yield f"“{box.text[-30:]}” and “{other.text[-30:]}” stand on one another"


def body_of(file: Path, area: Area) -> str:
    """The words between the lower and the upper edge of an area: without running heads and numbers of pages."""
    low, high = area[1], area[3]
    return "".join(glyph.text for page in _pages(file) for glyph in page if low - ROOM < glyph.y < high + ROOM)


def shown(text: str) -> str:
    """A text without what setting it in lines changes (spaces, hyphens), and without what is written about links."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", plain(text))
