"""Reads where each character stands on the pages of a PDF: what a ruler on the paper would measure."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

import pikepdf

from gazette.pdf.composition.rules import HANGING, hangs

_LINES = [pikepdf.Operator(name) for name in "Ss"]

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character at its place: points from the page's left edge, its advance without any spacing, its baseline."""

    text: str
    x: float
    advance: float
    y: float
    size: float
    font: str

    @property
    def right(self) -> float:
        return self.x + self.advance


@dataclass(frozen=True, slots=True)
class Mark:
    """What is drawn and is no letter: the corners of its path, in points from the page's lower left; of a line also the
    width of the pen, as the drawing has it, and whether it is dashed."""

    left: float
    low: float
    right: float
    high: float
    pen: float = 0
    dashed: bool = False


def pages(path: Path) -> list[list[Glyph]]:
    """The glyphs of each page in the order of the content stream: the reading order."""
    return [[each for each in page if isinstance(each, Glyph)] for page in _pages(path.read_bytes())]


def texts(path: Path) -> list[str]:
    """The text of each page, in reading order and as it is drawn, without the ends of lines."""
    return ["".join(glyph.text for glyph in page) for page in pages(path)]


def marks(path: Path) -> list[list[Mark]]:
    """The rules, frames and drawings of each page."""
    return [[each for each in page if isinstance(each, Mark)] for page in _pages(path.read_bytes())]


def lines_of(path: Path) -> list[list[list[Glyph]]]:
    """The lines of each page, without the spaces that hang over their ends."""
    return [[ink for line in lines(page) if (ink := inked(line))] for page in pages(path)]


@functools.lru_cache(maxsize=12)
def _pages(data: bytes) -> list[list[Glyph | Mark]]:
    """What is drawn on each page. Many tests look at one document, so it is read once for all that come together."""
    fonts: dict[Any, _Font] = {}
    with pikepdf.open(io.BytesIO(data)) as document:
        found = [[*_drawn(page.obj, page.obj["/Resources"], fonts, UNIT)] for page in document.pages]
    assert any(isinstance(each, Glyph) for page in found for each in page), "a document without a letter"
    return found


def lines(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Glyphs that follow one another on one baseline."""
    found: list[list[Glyph]] = []
    for glyph in glyphs:
        last = found[-1][-1] if found else None
        if last and abs(last.y - glyph.y) < 0.5 and -glyph.size < glyph.x - last.right < 2 * glyph.size:
            found[-1].append(glyph)
        else:
            found.append([glyph])
    return found


def text_of(line: list[Glyph]) -> str:
    return "".join(glyph.text for glyph in line)


def off(line: list[Glyph], edge: float) -> float:
    """How far a line ends from an edge. A closing mark's second half is blank: the line is flush with it, or with the
    half hanging over the edge (GB/T 15834 5.1.10)."""
    last = line[-1]
    hanging = edge - last.right + HANGING * last.size
    return min(edge - last.right, hanging if hangs(last.text) else edge - last.right, key=abs)


def inked(line: list[Glyph]) -> list[Glyph]:
    """A line without the spaces that hang over its end."""
    return line[: len(text_of(line).rstrip())]


@dataclass(frozen=True, slots=True)
class _Font:
    name: str
    texts: dict[int, str]
    widths: dict[int, float]


def _font(entry: Any) -> _Font:
    cmap = entry["/ToUnicode"].read_bytes().decode()
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", cmap)
    texts = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
    widths: dict[int, float] = {}
    items = list(entry["/DescendantFonts"][0]["/W"])
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, pikepdf.Array):
            widths |= {first + i: float(width) for i, width in enumerate(second)}  # type: ignore[arg-type]
        else:
            widths |= dict.fromkeys(range(first, int(second) + 1), float(items.pop(0)))
    return _Font(str(entry["/BaseFont"]).partition("+")[2], texts, widths)


def _times(a: Matrix, b: Matrix) -> Matrix:
    """`a` seen through `b`."""
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _drawn(stream: Any, resources: Any, fonts: dict[Any, _Font], around: Matrix) -> Iterator[Glyph | Mark]:
    """What a page or a form draws, with the forms that it places; `around` is what it is seen through."""
    pen = _Pen(around)
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "Do":
                form = resources["/XObject"][operands[0]]
                if form["/Subtype"] == "/Form":
                    own = _times(tuple(map(float, form.get("/Matrix", UNIT))), pen.around)  # type: ignore[arg-type]
                    yield from _drawn(form, form.get("/Resources", resources), fonts, own)
            case "S" | "s" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*":
                yield from pen.stroked(operator in _LINES)
            case "Tf":
                entry = resources["/Font"][operands[0]]
                pen.font = fonts.get(entry.objgen) or fonts.setdefault(entry.objgen, _font(entry))
                pen.size = float(operands[1])
            case "TJ":
                for item in operands[0]:
                    yield from pen.written(item)
            case other:
                pen.follow(other, operands)


class _Pen:
    """Where and how the next letter and the next line are drawn, as the operators of a page set it."""

    def __init__(self, around: Matrix) -> None:
        self.around, self.width, self.dashed = around, 1.0, False
        self.stack = list[tuple[Matrix, float, bool]]()
        self.font: _Font | None = None
        self.size = self.spacing = self.along = 0.0
        self.matrix = UNIT
        self.points: list[tuple[float, float]] = []

    def follow(self, operator: str, operands: Any) -> None:
        """An operator that draws nothing by itself."""
        match operator:
            case "q":
                self.stack.append((self.around, self.width, self.dashed))
            case "Q":
                self.around, self.width, self.dashed = self.stack.pop()
            case "cm":
                self.around = _times(tuple(map(float, operands)), self.around)  # type: ignore[arg-type]
            case "w":
                self.width = float(operands[0])
            case "d":
                self.dashed = bool(operands[0])
            case "re":
                x, y, width, height = map(float, operands)
                self.points += [_at(self.around, x + dx, y + dy) for dx in (0, width) for dy in (0, height)]
            case "m" | "l" | "c":
                numbers = [float(number) for number in operands]
                self.points += [_at(self.around, *pair) for pair in zip(numbers[::2], numbers[1::2], strict=True)]
            case "n":  # no more than an edge to what follows
                self.points.clear()
            case "Tc":
                self.spacing = float(operands[0])
            case "Tm":
                self.matrix, self.along = tuple(map(float, operands)), 0.0  # type: ignore[assignment]

    def stroked(self, is_line: bool) -> Iterator[Mark]:
        """The path so far, as it is drawn."""
        if self.points:
            across, up = zip(*self.points, strict=True)
            line = (self.width, self.dashed) if is_line else (0, False)
            yield Mark(min(across), min(up), max(across), max(up), *line)
        self.points.clear()

    def written(self, item: Any) -> Iterator[Glyph]:
        """The letters of a piece of text; or what stands there is a step back. What follows in another font goes on
        where this ends."""
        if not isinstance(item, pikepdf.String):
            self.along -= float(item) / 1000 * self.size
            return
        assert self.font is not None
        data, through = bytes(item), _times(self.matrix, self.around)
        for code in (high << 8 | low for high, low in zip(data[::2], data[1::2], strict=True)):
            advance = self.font.widths[code] / 1000 * self.size
            x, y = _at(through, self.along, 0)
            text, across = self.font.texts.get(code, "?"), hypot(through[0], through[1])
            yield Glyph(text, x, advance * through[0], y, self.size * across, self.font.name)
            self.along += advance + self.spacing


def _at(through: Matrix, x: float, y: float) -> tuple[float, float]:
    return through[0] * x + through[2] * y + through[4], through[1] * x + through[3] * y + through[5]
