"""Justification of lines with Chinese text: gaps widen until the line is flush (clreq 3.2), or close up until it
fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from weasyprint.formatting_structure import boxes

from gazette.pdf.composition.record import part
from gazette.pdf.composition.rules import MOST, has_han, widens


def justifying(justify: Callable[..., None]) -> Callable[..., None]:
    """`layout.inline.justify_line`: spreads what a line with Chinese text lacks over its gaps. WeasyPrint justifies all
    other lines."""

    def justify_line(context: Any, line: Any, extra: float) -> None:
        found = [box for box in texts(line) if box and box.text]
        if not any(has_han(box.text) for box in found):
            justify(context, line, extra)
            return
        gaps = sum(gaps_inside(box, widens) for box in found) + sum(gaps_between(line, widens).values())
        if gaps and extra / gaps <= MOST * line.style["font_size"]:
            spread(line, extra / gaps, 0.0, gaps_between(line, widens), widens)

    return justify_line


def texts(box: Any) -> Iterator[Any]:
    """The text boxes of a line in order, with None for anything else between them, such as a drawing."""
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from texts(child)
    else:
        yield None


Gives = Callable[[str, int], bool]
"""`rules.widens` or `rules.closes`: whether the gap of a text before a character changes."""


def gaps_inside(box: Any, gives: Gives) -> int:
    """The number of gaps in a text box that change."""
    return _gaps(box.text, gives)


@lru_cache(maxsize=256)
def _gaps(text: str, gives: Gives) -> int:
    return sum(gives(text, gap) for gap in range(1, len(text)))


def gaps_between(line: Any, gives: Gives) -> dict[int, bool]:
    """For each text box of a line (by identity) whether the gap between it and the text before it changes."""
    found, before = dict[int, bool](), ""
    for box in texts(line):
        if box is None:
            before = ""
        elif box.text:
            found[id(box)] = bool(before) and gives(before + box.text[0], 1)
            before = box.text[-1]
    return found


def spread(box: Any, space: float, moved: float, seams: dict[int, bool], gives: Gives) -> float:
    """Widen the gaps in `box` by `space` CSS pixels, or close them up where it is negative, and move its parts to the
    right by what gaps before them gained, which begins with `moved`. `seams` comes from `gaps_between`. Returns how far
    the box that follows has to move."""
    if isinstance(box, boxes.TextBox):
        moved += space * seams.get(id(box), False)
        box.position_x += moved
        gaps = gaps_inside(box, gives)
        part(_Spreads)[box.pango_layout] = space if gaps else 0.0
        box.width += space * gaps
        return moved + space * gaps
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.translate(moved, 0)
        return moved
    start = moved
    box.position_x += moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = spread(child, space, moved, seams, gives)
    box.width += moved - start
    return moved


class _Spreads(WeakKeyDictionary[Any, float]):
    """The layouts of texts whose gaps were changed → by how much, in CSS pixels."""


def spread_of(layout: Any) -> float:
    """By how many CSS pixels each gap of a text was widened, given its layout; negative where gaps were closed up."""
    return part(_Spreads).get(layout, 0.0)
