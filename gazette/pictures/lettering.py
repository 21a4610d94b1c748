"""Words as pixels: which of the bundled fonts has a character, where a line may break, how large it can be."""

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
"""From one line to the next, in sizes of the letters."""

_MEASURED = 128
"""The size in which letters are measured, in pixels."""


class Fitted(NamedTuple):
    """Lines of words, and the size of their letters in pixels."""

    lines: tuple[str, ...]
    size: int

    @property
    def height(self) -> int:
        """How many pixels high the lines are together."""
        return round(self.size * LEADING) * len(self.lines)


def fit(words: str, room: tuple[int, int], sizes: range) -> Fitted:
    """Words in the largest of the `sizes` (the largest first) in which their lines find `room`, so many pixels wide and
    high. What finds none in the smallest ends with an ellipsis."""
    width, high = room
    for size in sizes:
        found = Fitted(_lines(words, width, size), size)
        if found.height <= high and all(length(line, size) <= width for line in found.lines):
            return found
    size = sizes[-1]
    most = max(1, high // round(size * LEADING))
    *whole, last = _broken(words, width, size)[:most]
    while last and length(f"{last}…", size) > width:
        last = last[:-1]
    return Fitted((*whole, f"{last}…"), size)


def length(words: str, size: int) -> float:
    """How many pixels wide words are."""
    return sum(_advance(name, character) for name, run in _runs(words) for character in run) * size / _MEASURED


def write(canvas: Image, at: tuple[float, int], words: str, size: int, shade: int) -> None:
    """Words on one line that begins on the base line `at` x and y, as dark as a `shade` (255 is black)."""
    ink = _written(words, size)
    left = 0.45 * size if words[:1] >= _HAN_BEGINS and words[0] in _OPENING else 0  # the empty half of the mark
    canvas.paste(shade, (round(at[0] - left) - _EDGE, at[1] - 2 * size), ink)


_EDGE = 8
"""So many pixels a letter may reach beyond its place."""


@lru_cache(maxsize=64)
def _written(words: str, size: int) -> Image:
    """Words as they cover paper, the base line two sizes below the top. Those that stand on many pictures are drawn
    once."""
    from PIL import Image, ImageDraw

    ink = Image.new("L", (int(length(words, size)) + 3 * _EDGE, 3 * size), 0)
    draw, x = ImageDraw.Draw(ink), float(_EDGE)
    for name, run in _runs(words):
        draw.text((x, 2 * size), run, 255, _font(name, size), anchor="ls")
        x += length(run, size)
    return ink


def _lines(words: str, width: int, size: int) -> tuple[str, ...]:
    """Words in as few lines as `width` allows, as equally long as they can be; what stands in brackets at the end has a
    line of its own, where that costs none."""
    full = _broken(words, width, size)
    head, bracket, tail = words.partition("（")
    parts = bracket and head and head[-1] not in _OPENING
    if parts and len(full) == 2 and max(length(head, size), length(bracket + tail, size)) <= width:
        return head, bracket + tail
    narrow, wide = width // (len(full) + 1), width
    while wide - narrow > 4:
        middle = (narrow + wide) // 2
        found = _broken(words, middle, size)
        fits = len(found) <= len(full) and all(length(line, size) <= middle for line in found)
        narrow, wide = (narrow, middle) if fits else (middle, wide)
    return _broken(words, wide, size)


def _broken(words: str, width: int, size: int) -> tuple[str, ...]:
    """Words in lines, each as full as it can be."""
    lines = [""]
    for piece in _pieces(words):
        if lines[-1] and length((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)


def _pieces(words: str) -> Iterator[str]:
    """What stays together: a word with its space, or one Han character with the marks that belong to it (clreq 3.1.2:
    a line begins with no closing mark and ends with no opening one)."""
    piece = ""
    for character in words:
        ends = piece.endswith(" ") or (piece[-1:] >= _HAN_BEGINS) or character >= _HAN_BEGINS
        if piece and ends and character not in _CLOSING and piece[-1] not in _OPENING:
            yield piece
            piece = ""
        piece += character
    yield piece


@lru_cache(maxsize=1024)
def _runs(words: str) -> tuple[tuple[str, str], ...]:
    """Words by the fonts that they are set in. Marks of both scripts are those of the Han font where it stands before
    them."""
    names = ""
    for place, character in enumerate(words):
        before = names[-1:] or ("h" if any(each >= _HAN_BEGINS for each in words[place:]) else "l")
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
    """A font in a size. Pillow alone lays out lines: with a library of the machine they would be others there."""
    from PIL import ImageFont

    return ImageFont.truetype(str(FOLDER / name), size, layout_engine=ImageFont.Layout.BASIC)
