"""Last lines of paragraphs hold no lonely word, where the line before can give up another or take it in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from weasyprint.formatting_structure import boxes

from gazette.pdf.composition.justification import gaps_between, gaps_inside, spread, texts
from gazette.pdf.composition.room import Room, present_room
from gazette.pdf.composition.rules import CLOSED, HANGING, closes, hangs, has_han, is_lonely

_STEPS = (0.25, 1.0, 2.0, 3.0, 4.5)
"""How much shorter a line is made, in em and one after the other, to send another word to the last line."""


_SHORT = 40
_ANY = "too much to be lonely"


def in_company(next_line: Callable[..., Any]) -> Callable[..., Any]:
    """`layout.inline.get_next_linebox`, which makes the next line of a paragraph. Where the last line would hold a
    lonely word, the line before it gives up another word. If that left it short, it takes the lonely word in."""

    def get_next_linebox(context: Any, box: Any, position_y: float, bottom: float, skip: Any, *others: Any) -> Any:
        def make() -> Any:
            return next_line(context, box, position_y, bottom, skip, *others)

        line, resume_at = make()
        if line is None or resume_at is None or not _leaves_lonely(line, box, resume_at) or not _is_plain(box):
            return line, resume_at
        block = others[0]  # that holds the paragraph
        return _shorter(make, line, box, block, present_room()) or make()

    return get_next_linebox


def _shorter(make: Callable[[], Any], line: Any, box: Any, block: Any, room: Room) -> Any:
    """A line that ends earlier than `line`, so that the next one holds more, or one that takes the lonely word in; with
    the place where the next line begins. None where neither can be made."""
    slack = max(0.0, block.width - line.width)
    for step in _STEPS:
        room.shortage = slack + step * box.style["font_size"]
        try:
            shorter, after = make()
        finally:
            room.shortage = 0.0
        if shorter is None or after is None or shorter.width == 0:
            return None
        if not _leaves_lonely(shorter, box, after):
            whole = None if _is_flush(shorter, block) else _closed_up(make, box, block, room)
            return (shorter, after) if whole is None else (whole, None)
    return None


def _leaves_lonely(line: Any, box: Any, resume_at: Any) -> bool:
    """Whether too little of a paragraph is left after a line for a line of its own."""
    rest = _rest(box, resume_at)
    torn = any(text and text.text.endswith(text.style["hyphenate_character"]) for text in [*texts(line)][-1:])
    return is_lonely(rest, torn and rest[:1].isalpha())


def _is_flush(line: Any, block: Any) -> bool:
    """Whether a line reaches the edge of its block, or does not have to."""
    ours = line.style["text_align_all"] == "justify" and any(box and has_han(box.text) for box in texts(line))
    return not ours or _over(line, block) > -1


def _over(line: Any, block: Any) -> float:
    """How far the text of a line reaches over the edge of its block, in CSS pixels."""
    *_, last = (box for box in texts(line) if box)
    return float(last.position_x + last.width - block.content_box_x() - block.width)


_EXTRA = 1.5
"""How much wider than its block a line is made at most, in em, before its marks are closed up."""


def _closed_up(make: Callable[[], Any], box: Any, block: Any, room: Room) -> Any:
    """The rest of a paragraph as one line with its marks closed up; None where that does not make it fit."""
    room.allowance = _EXTRA * box.style["font_size"]
    try:
        line, resume_at = make()
    finally:
        room.allowance = 0.0
    if line is None or resume_at is not None:
        return None
    found = [each for each in texts(line) if each and each.text]
    em = min(each.style["font_size"] for each in found)  # small letters have small marks
    over = _over(line, block) - HANGING * em * hangs(found[-1].text)
    gaps = sum(gaps_inside(each, closes) for each in found) + sum(gaps_between(line, closes).values())
    if over > gaps * CLOSED * em:
        return None
    if over > 0:
        spread(line, -over / gaps, 0.0, gaps_between(line, closes), closes)
    return line


def widened(split_line: Callable[..., Any]) -> Callable[..., Any]:
    """`layout.inline.split_inline_box`: notes how wide a line may be, and lets it be wider where `Room.allowance` says
    so."""

    def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, *others: Any) -> Any:
        if isinstance(box, boxes.LineBox):
            room = present_room()
            room.across = max_x - position_x
            max_x += room.allowance
        return split_line(context, box, position_x, max_x, *others)

    return split_inline_box


def _is_plain(box: Any) -> bool:
    """Whether a line can be made twice without a trace of the first time: it has no floats and no forced breaks."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            if "\n" in child.text:
                return False
        elif not child.is_in_normal_flow() or (isinstance(child, boxes.InlineBox) and not _is_plain(child)):
            return False
    return True


def _rest(box: Any, resume_at: Any) -> str:
    """The text of a box from `resume_at` on, WeasyPrint's name for a place: `{child: {its child: ... {byte:
    None}}}`."""
    ((index, deeper),) = resume_at.items() if resume_at else ((0, None),)
    if isinstance(box, boxes.TextBox):
        rest = box.text.encode()[index:]
        return str(rest.decode()) if len(rest) < _SHORT else _ANY
    if not isinstance(box, boxes.InlineBox | boxes.LineBox):
        return _ANY  # a drawing
    first, *later = box.children[index:] or [None]
    parts = [] if first is None else [_rest(first, deeper)]
    return "".join([*parts, *(_rest(child, None) for child in later)])
