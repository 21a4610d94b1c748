"""Draws words as pixels: selects a bundled font for each character, breaks lines, and finds the largest size that
fits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from gazette.fonts.typeface import FOLDER, characters_of

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFont import FreeTypeFont

HAN, LATIN = "NotoSerifSC-Bold.ttf", "NotoSerif-Bold.ttf"

_HAN_BEGINS = "\u2e80"
_CLOSING = "，。、；：？！）》〉」』】〕”’…—·％"
_OPENING = "（《〈「『【〔“‘"


LEADING = 1.22
"""The distance from line to line, in font sizes."""

_MEASURED = 128
"""The font size in which letters are measured, in pixels."""


class Fitted(NamedTuple):
    """Lines of words, and their font size in pixels."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        """The height of all lines, in pixels."""
        return round(self.size * LEADING) * len(self.lines)


def fit(words: str, room: tuple[int, int], sizes: range) -> Fitted:
    """Break words into lines in the first of `sizes` (the largest first) that fits `room` (width and height, in
    pixels). Words that do not fit in the smallest size are cut, and end with an ellipsis."""
    width, high = room
    for size in sizes:
        fitted = Fitted(_lines(words, width, size), size)
        if fitted.height <= high and all(length(line, size) <= width for line in fitted.lines):
            return fitted
    size = sizes[-1]
    most = max(1, high // round(size * LEADING))
    *whole, last = _broken(words, width, size)[:most]
    while last and length(f"{last}…", size) > width:
        last = last[:-1]
    return Fitted((*whole, f"{last}…"), size)


def length(words: str, size: int) -> float:
    """Return the width of words, in pixels."""
    return sum(_advance(name, character) for name, run in _runs(words) for character in run) * size / _MEASURED


def write(canvas: Image, at: tuple[float, int], words: str, size: int, shade: int) -> None:
    """Draw words on one line. `at` is the start of the base line (x and y); `shade` is how dark they are, from 0 to 255
    (black)."""
    ink = _written(words, size)
    left = 0.45 * size if words[:1] >= _HAN_BEGINS and words[0] in _OPENING else 0  # the empty half of the opening mark
    canvas.paste(shade, (round(at[0] - left) - _EDGE, at[1] - 2 * size), ink)


_EDGE = 8
"""How many pixels a letter may extend beyond its advance."""


@lru_cache(maxsize=64)
def _written(words: str, size: int) -> Image:
    """Return words as a mask, with the base line two font sizes below the top. Cached, because many pictures show the
    same words."""
    from PIL import Image, ImageDraw

    ink = Image.new("L", (int(length(words, size)) + 3 * _EDGE, 3 * size), 0)
    draw, x = ImageDraw.Draw(ink), float(_EDGE)
    for name, run in _runs(words):
        draw.text((x, 2 * size), run, 255, _font(name, size), anchor="ls")
        x += length(run, size)
    return ink


def _lines(words: str, width: int, size: int) -> tuple[str, ...]:
    """Break words into as few lines as `width` allows, of similar lengths. Brackets at the end get a line of their own
    if that adds none."""
    full = _broken(words, width, size)
    head, bracket, tail = words.partition("（")
    parts = bracket and head and head[-1] not in _OPENING
    if parts and len(full) == 2 and max(length(head, size), length(bracket + tail, size)) <= width:
        return head, bracket + tail
    narrow, wide = width // (len(full) + 1), width
    while wide - narrow > 4:
        middle = (narrow + wide) // 2
        broken = _broken(words, middle, size)
        fits = len(broken) <= len(full) and all(length(line, size) <= middle for line in broken)
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return _broken(words, wide, size)


def _broken(words: str, width: int, size: int) -> tuple[str, ...]:
    """Break words into lines, each as full as possible."""
    lines = [""]
    for piece in _pieces(words):
        if lines[-1] and length((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)


def _pieces(words: str) -> Iterator[str]:
    """Yield what must not be broken: a word, or one Han character with its punctuation, and the space behind (clreq
    3.1.2: a line begins with no closing mark and ends with no opening one)."""
    piece = ""
    for character in words:
        ends = piece.endswith(" ") or (piece[-1:] >= _HAN_BEGINS) or character >= _HAN_BEGINS
        if piece and ends and character not in f" {_CLOSING}" and piece[-1] not in _OPENING:
            yield piece
            piece = ""
        piece += character
    yield piece


@lru_cache(maxsize=1024)
def _runs(words: str) -> tuple[tuple[str, str], ...]:
    """Split words into runs of one font. Punctuation that both fonts have takes the font of the character before it."""
    names = ""
    for index, character in enumerate(words):
        before = names[-1:] or ("h" if any(each >= _HAN_BEGINS for each in words[index:]) else "l")
        is_letter = character.isalnum() and character < _HAN_BEGINS
        has = ord(character) in _repertoire(LATIN), ord(character) in _repertoire(HAN)
        names += ("l" if has[0] else "h") if is_letter or not has[1] else "h" if not has[0] else before
    grouped = groupby(zip(names, words, strict=True), key=lambda pair: pair[0])
    return tuple((HAN if name == "h" else LATIN, "".join(c for _, c in run)) for name, run in grouped)


@lru_cache(maxsize=4096)
def _advance(name: str, character: str) -> float:
    return float(_font(name, _MEASURED).getlength(character))


@lru_cache(maxsize=2)
def _repertoire(name: str) -> frozenset[int]:
    return characters_of(FOLDER / name)


@lru_cache(maxsize=64)
def _font(name: str, size: int) -> FreeTypeFont:
    """Return a font in a size. Pillow itself lays out the text: a library of the machine would lay it out
    differently."""
    from PIL import ImageFont

    return ImageFont.truetype(str(FOLDER / name), size, layout_engine=ImageFont.Layout.BASIC)
