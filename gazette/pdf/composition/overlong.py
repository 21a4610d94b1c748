"""Words that no line can hold, and tables whose words no columns can hold, are broken.

WeasyPrint lets both run off the page. Here a line that came out too wide is made once more, and then may end anywhere
in a word, best after one of the marks that structure addresses and codes. No hyphen is added, since readers would take
it for a part of them (CSS Text 3, 5.2: `overflow-wrap: anywhere`).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from copy import copy
from math import inf
from typing import Any

import weasyprint.layout.table as tables
from weasyprint.formatting_structure import boxes
from weasyprint.text import line_break

from gazette.pdf.composition.breaking import measured, widths_to
from gazette.pdf.composition.record import once_a_style
from gazette.pdf.composition.room import present_room

# ── lines ────────────────────────────────────────────────────────────────────


def fitting(next_line: Callable[..., Any]) -> Callable[..., Any]:
    """`layout.inline.get_next_linebox`: makes a line once more where it is wider than its place."""

    def get_next_linebox(context: Any, box: Any, *others: Any) -> Any:
        room = present_room()
        around, room.edge = room.edge, inf  # a line may hold a block with lines of its own
        try:
            line, resume_at = next_line(context, box, *others)
            edge = room.edge
        finally:
            room.edge = around
        if line is None or room.is_last_try or not _is_too_wide(line, edge) or not _may_be_made_again(box):
            return line, resume_at
        room.is_last_try = True
        try:
            return next_line(context, box, *others)
        finally:
            room.is_last_try, room.edge = False, around

    return get_next_linebox


def edged(split_line: Callable[..., Any]) -> Callable[..., Any]:
    """`layout.inline.split_inline_box`: notes where the place of a line ends."""

    def split_inline_box(context: Any, box: Any, position_x: float, max_x: float, *others: Any) -> Any:
        if isinstance(box, boxes.LineBox):
            present_room().edge = max_x
        return split_line(context, box, position_x, max_x, *others)

    return split_inline_box


_TOLERANCE = 0.01


def _is_too_wide(line: Any, edge: float) -> bool:
    return bool(line.position_x + line.width > edge + _TOLERANCE)


def _may_be_made_again(box: Any) -> bool:
    """Whether a line can be made twice without a trace of the first time: it has no floats."""
    return all(
        child.is_in_normal_flow() and (not isinstance(child, boxes.InlineBox) or _may_be_made_again(child))
        for child in box.children
    )


def parting_anywhere(can_break: Callable[[str, str], bool]) -> Callable[[str, str], bool]:
    """`text.line_break.can_break_text`: lets a line that is made once more end between any two characters."""
    return lambda text, language: present_room().is_last_try or can_break(text, language)


def leading(leader_index: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`layout.leader.leader_index`, which finds the first leader (a row of dots) in a line: does not look into blocks
    in the line, whose own lines have placed theirs."""
    return lambda box: (None, None) if isinstance(box, boxes.AtomicInlineLevelBox) else leader_index(box)


# ── words ────────────────────────────────────────────────────────────────────


def breaking_words(split: Callable[..., Any]) -> Callable[..., Any]:
    """`text.line_break.split_first_line`: adds no hyphens to addresses and codes. In a line that is made once more it
    ends a text where there is no room for more."""
    whole = _without_hyphens_in_codes(split)

    def split_first_line(
        text: str, style: Any, context: Any, limit: float | None, *spacing: float, **more: bool
    ) -> Any:
        made = whole(text, style, context, limit, *spacing, **more)
        if not present_room().is_last_try or limit is None or made[3] <= limit:
            return made
        if style["white_space"] == "nowrap":
            made = whole(text, _loose(style), context, limit, *spacing, **more)
        if made[3] <= limit:
            return made
        return _broken(text, style, limit - present_room().shortage, more.get("is_line_start", True)) or made

    return split_first_line


def _without_hyphens_in_codes(split: Callable[..., Any]) -> Callable[..., Any]:
    def first_line(text: str, style: Any, *others: Any, **more: Any) -> Any:
        made = split(text, style, *others, **more)
        if made[2] is None or style["hyphens"] != "auto":
            return made
        place = len(text.encode()[: made[2]].decode())
        if made[0].text == text[:place] + style["hyphenate_character"] and _is_code(text, place):
            return split(text, _loose(style), *others, **more)
        return made

    return first_line


@once_a_style
def _loose(style: Any) -> Any:
    """A copy of a style in which a text may end a line between words, and nowhere by a hyphen."""
    loose = style.copy()
    loose["white_space"], loose["hyphens"] = "normal", "none"
    return loose


_CODE = re.compile(r"://|^www\.|[_@=&?\\]|\d.*[A-Za-z]|[A-Za-z].*\d|^.{31}")
"""Addresses and codes match this. Words of a language do not."""


def _is_code(text: str, place: int) -> bool:
    """Whether the word around a place in a text is an address or a code."""
    start, end = text.rfind(" ", 0, place) + 1, text.find(" ", place)
    return bool(_CODE.search(text[start : end if end >= 0 else len(text)]))


_NARROW = 0.2
"""The width of the narrowest characters, in em. It says how many characters a line can hold at most."""

_BEST_AFTER = frozenset("/.-_?&=+,;:#%~")
"""The marks in addresses and codes (RFC 3986, 2.2 and 2.3) after which a line ends best."""


def _broken(text: str, style: Any, limit: float, is_line_start: bool) -> Any:
    """As much of a text as fits, as a line; None where nothing fits and the text can begin on the next line."""
    layout = line_break.Layout(style)
    part = text[: int(max(0.0, limit) / style["font_size"] / _NARROW) + 8].split("\n")[0]
    widths = widths_to(layout, part, style)
    place = _place(part, max(0, bisect_right(widths, limit) - 1))
    if not part or (place == 0 and not is_line_start):
        return None
    while place > 1 and widths_to(layout, part[:place], style)[-1] > limit:
        place = _whole(part, place - 1)
    line = part[: place or _first(part)]
    width, end = widths_to(layout, line, style)[-1], len(line.encode())
    return measured(layout, line, end if end < len(text.encode()) else None, width, style)


def _place(text: str, most: int) -> int:
    """Where to end a line of at most `most` characters: after a mark in its second half, or where it is full."""
    best = next((place for place in range(most, most // 2, -1) if text[place - 1] in _BEST_AFTER), 0)
    return best or _whole(text, most)


def _whole(text: str, place: int) -> int:
    """The nearest place at or before `place` that does not part a combining mark from its letter."""
    while 0 < place < len(text) and unicodedata.category(text[place])[0] == "M":
        place -= 1
    return place


def _first(text: str) -> int:
    """The place after the first letter with its combining marks."""
    return next((place for place in range(1, len(text)) if _whole(text, place) == place), len(text))


# ── tables ───────────────────────────────────────────────────────────────────


def sharing_columns(lay_out: Callable[..., None]) -> Callable[..., None]:
    """`layout.table.auto_table_layout`: where the longest words of all columns need more room than the table has, no
    column gets more than an even share for its longest word, and what is longer is broken."""

    def auto_table_layout(context: Any, box: Any, containing_block: Any) -> None:
        least, most, narrowest, *rest = tables.table_and_columns_preferred_widths(context, box, outer=False)
        table = box.get_wrapped_table()
        around = sum(side for side in (box.margin_left, box.margin_right) if side != "auto")
        around += table.padding_left + table.padding_right + table.border_left_width + table.border_right_width
        available = containing_block[0] - around
        if narrowest and least > available:
            share = (available - least + sum(narrowest)) / len(narrowest)
            capped = [min(width, share) for width in narrowest]
            less = least - sum(narrowest) + sum(capped)
            context = copy(context)  # WeasyPrint's own keeps what it has found
            context.tables = {**context.tables, table: {False: (less, most, capped, *rest)}}
        lay_out(context, box, containing_block)

    return auto_table_layout
