"""Reads where each character stands on the pages of a PDF: what a ruler on the paper would measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

from gazette.pdf.composition.rules import HANGING, hangs

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
    """What is drawn and is no letter: the corners of its path, in points from the page's lower left."""

    left: float
    low: float
    right: float
    high: float


def pages(path: Path) -> Iterator[list[Glyph]]:
    """The glyphs of each page in the order of the content stream: the reading order."""
    reader = PdfReader(path)
    fonts: dict[Any, _Font] = {}
    for page in reader.pages:
        found = _drawn(page["/Resources"], page.get_contents(), reader, fonts, UNIT)
        yield [each for each in found if isinstance(each, Glyph)]


def marks(path: Path) -> Iterator[list[Mark]]:
    """The rules, frames and drawings of each page."""
    reader = PdfReader(path)
    for page in reader.pages:
        found = _drawn(page["/Resources"], page.get_contents(), reader, {}, UNIT)
        yield [each for each in found if isinstance(each, Mark)]


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
    cmap = entry["/ToUnicode"].get_object().get_data().decode()
    pairs = re.findall(r"<([0-9a-f]{4})> <([0-9a-f]+)>", cmap)
    texts = {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
    widths: dict[int, float] = {}
    items = list(entry["/DescendantFonts"][0].get_object()["/W"])
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, list):
            widths |= {first + i: float(width) for i, width in enumerate(second)}
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


def _drawn(
    resources: Any, content: Any, reader: PdfReader, fonts: dict[Any, _Font], around: Matrix
) -> Iterator[Glyph | Mark]:
    """What a stream draws, and the forms that it places; `around` is what it is seen through."""
    matrix, stack = UNIT, list[Matrix]()
    font, size, spacing, pen = None, 0.0, 0.0, 0.0
    points: list[tuple[float, float]] = []
    for operands, operator in ContentStream(content, reader).operations:
        match operator:
            case b"q":
                stack.append(around)
            case b"Q":
                around = stack.pop()
            case b"cm":
                around = _times(tuple(map(float, operands)), around)  # type: ignore[arg-type]
            case b"Do":
                form = resources["/XObject"][operands[0]]
                if form["/Subtype"] == "/Form":
                    own = _times(tuple(map(float, form.get("/Matrix", UNIT))), around)  # type: ignore[arg-type]
                    yield from _drawn(form.get("/Resources", resources), form, reader, fonts, own)
            case b"re":
                x, y, width, height = map(float, operands)
                points += [_at(around, x + dx, y + dy) for dx in (0, width) for dy in (0, height)]
            case b"m" | b"l" | b"c":
                points += [_at(around, *map(float, pair)) for pair in batched(operands, 2)]
            case b"n":  # no more than an edge to what follows
                points.clear()
            case b"S" | b"s" | b"f" | b"F" | b"f*" | b"B" | b"B*" | b"b" | b"b*":
                if points:
                    across, up = zip(*points, strict=True)
                    yield Mark(min(across), min(up), max(across), max(up))
                points.clear()
            case b"Tf":
                key = resources["/Font"].raw_get(operands[0]).idnum
                if key not in fonts:
                    fonts[key] = _font(resources["/Font"][operands[0]])
                font, size = fonts[key], float(operands[1])
            case b"Tc":
                spacing = float(operands[0])
            case b"Tm":
                matrix, pen = tuple(map(float, operands)), 0.0  # type: ignore[assignment]
            case b"TJ":
                assert font is not None  # what follows in another font goes on where this ends
                for item in operands[0]:
                    if isinstance(item, (int, float)):
                        pen -= float(item) / 1000 * size
                        continue
                    data = item.original_bytes
                    for code in (int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2)):
                        advance = font.widths[code] / 1000 * size
                        a, b = _times((1, 0, 0, 1, pen, 0), _times(matrix, around)), _times(matrix, around)
                        yield Glyph(
                            font.texts.get(code, "?"), a[4], advance * b[0], a[5], size * hypot(b[0], b[1]), font.name
                        )
                        pen += advance + spacing
            case _:
                pass


def _at(through: Matrix, x: float, y: float) -> tuple[float, float]:
    return through[0] * x + through[2] * y + through[4], through[1] * x + through[3] * y + through[5]


def batched(items: Any, size: int) -> Iterator[Any]:
    return (items[start : start + size] for start in range(0, len(items), size))
