"""The rules of Chinese lines: where they may end, which gaps may widen, which last line is too short.

The rules are those of W3C clreq (3.1.2 number and Latin spacing, 3.1.3 line starts and ends, 3.2 justification) and of
GB/T 15834-2011 (5.1, places of the marks). A *gap* is named by the index of the character after it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

HAN_LATIN = 0.09
"""The gap between Han and Latin letters or digits, in em. clreq 3.1.2 allows a quarter at most. PDF readers take a gap
of a tenth for a space (minWordBreakSpace of poppler, TRACKING_SPACE_FACTOR of pdf.js). This gap is below that, so that
a search for 16个单位 finds it."""

MOST = 0.095
"""Justification widens a gap between characters by at most this, in em, for the same reason. A line that would need
more stays short. Lines of 40 and more characters, as in the bulletins, never need it."""

HANGING = 0.5
"""The blank half of a full-width mark, in em. At the end of a line it may be left out (GB/T 15834 5.1.10)."""

CLOSED = 0.25
"""A full-width mark gives up at most this of its blank half, in em (GB/T 15834 5.1.11), and only where a line would
stay short otherwise."""

SEARCH = 5.0
"""A line stays short by at most this, in em, to keep a date together, or a number and its unit."""

_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WIDE = re.compile(f"[{_HAN}\u2e80-\u303f\u3040-\u30ff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6“”‘’—…‰℃]")
_IS_HAN = re.compile(f"[{_HAN}]")
_LATIN = re.compile("[0-9A-Za-z\u00c0-\u024f]")
_MEETING = re.compile(f"(?<=[{_HAN}])(?=[0-9A-Za-z\u00c0-\u024f])|(?<=[0-9A-Za-z\u00c0-\u024f%])(?=[{_HAN}])")

NO_START = frozenset("，。、：；！？）》」』”’〉】〕］｝〗·・～‐–-/／%％‰℃°,.:;!?)]}")
"""Never first in a line: stops, closing halves, connectors, separators (GB/T 15834 5.1), signs that follow a number."""

NO_END = frozenset("（《「『“‘〈【〔［｛〖([{/／￥¥＄$№")
"""Never last in a line: opening halves and separators (GB/T 15834 5.1), signs that precede a number."""

_BLANK_AFTER = frozenset("，。、：；！？）》」』”’〉】〕］｝〗")
_BLANK_BEFORE = frozenset("（《「『“‘〈【〔［｛〖")
"""Full-width marks whose second or first half is blank."""

_GLUE = frozenset("\u00a0\u202f\u2060\ufeff")
_NOTHING = frozenset("\u200b\u200c\u200d\u2060\ufeff")
_UNITS = frozenset("年月日号时分秒个项条件家座处人户名位亩吨米里次批期章节段页级类元万亿天周倍成公千")
_PAIRS = frozenset("—…─")


def has_han(text: str) -> bool:
    return bool(_IS_HAN.search(text))


def is_mark(character: str) -> bool:
    """Whether a character is a full-width mark. Two of them side by side are closed up."""
    return character in _BLANK_AFTER or character in _BLANK_BEFORE


def may_end(text: str, gap: int) -> bool:
    """Whether a line may end before `text[gap]`."""
    before, after = text[gap - 1], text[gap]
    if after in NO_START or before in NO_END or after == " " or before in _GLUE or after in _GLUE:
        return False
    if before in " \u200b":
        return True
    if before == after and before in _PAIRS:
        return False  # —— and …… are one mark (GB/T 15834 5.1.7, 5.1.8)
    if before == "’" and gap > 1 and _LATIN.match(text[gap - 2]) and _LATIN.match(after):
        return False  # the apostrophe of a name: Jiang’an
    return bool(_WIDE.match(before) or _WIDE.match(after))


def tears(text: str, gap: int) -> bool:
    """Whether a line that ends before `text[gap]` would part a number from its unit, or break a date (clreq 3.1.3)."""
    before, after = text[gap - 1], text[gap]
    if before.isdecimal():
        return after in _UNITS
    return after.isdecimal() and (before == "第" or (before in "年月" and text[gap - 2 : gap - 1].isdecimal()))


def widens(text: str, gap: int) -> bool:
    """Whether justification may widen the gap before `text[gap]`: beside a full-width character or after a space, but
    never inside a Latin word, a number, a number with its unit, —— or ……, nor where Han meets Latin (that gap is
    fixed)."""
    before, after = text[gap - 1], text[gap]
    if after in " \u00a0" or before in _NOTHING or after in _NOTHING:
        return False
    if before in " \u00a0":
        return True
    if before == after and before in _PAIRS:
        return False
    if before.isdecimal() and (after in "‰℃" or after in _UNITS):
        return False
    if before == "’" or after == "’":
        return not (_LATIN.match(before) or _LATIN.match(after))
    if meets(text, gap):
        return False
    return bool(_WIDE.match(before) or _WIDE.match(after))


def closes(text: str, gap: int) -> bool:
    """Whether the gap before `text[gap]` may be narrowed: on one side of it is a full-width mark with its blank half.
    Between two marks the font has narrowed it already."""
    before, after = text[gap - 1], text[gap]
    if {before, after} <= _BLANK_AFTER | _BLANK_BEFORE or after in " \u00a0" or after in _NOTHING:
        return False
    return before in _BLANK_AFTER or after in _BLANK_BEFORE


def hangs(text: str) -> bool:
    """Whether a line ends with a mark whose second half is blank. There such a mark counts as half a character (GB/T
    15834 5.1.10)."""
    return text[-1:] in _BLANK_AFTER


def meets(text: str, gap: int) -> bool:
    """Whether Han meets Latin letters or digits before `text[gap]`, without a mark or a space between them."""
    return bool(_MEETING.match(text, gap))


def meetings(text: str) -> list[int]:
    """The gaps of `text` where Han meets Latin letters or digits."""
    return [match.start() for match in _MEETING.finditer(text)]


def ends_of_line(text: str, ends: Sequence[float], limit: float, em: float, taken: float = 0.0) -> Iterator[int]:
    """Where the first line of `text` may end, the best place first; nothing where no place fits.

    `ends[i]` is the width of the first i characters, `limit` the room that is left in the line, `taken` the part of the
    line that other texts have taken, and `em` the width of a full-width character: all in the same unit.
    """
    last = min(bisect_right(ends, limit) + 1, len(text) - 1)  # a space at the end of a line hangs over it
    places = (gap for gap in range(last, 0, -1) if may_end(text, gap) and _width(text, ends, gap, em) <= limit)
    for place in places:
        if tears(text, place):
            yield from islice(_whole(text, ends, place, limit - _spare(text, place, em, taken)), 1)
        yield place


def _spare(text: str, end: int, em: float, taken: float) -> float:
    """How much room a line that ends before `text[end]` may leave: no more than justification can spread over its gaps.
    Half of the characters of other texts in the line are taken to have a gap that widens."""
    gaps = taken / em / 2 + sum(widens(text, gap) for gap in range(1, end))
    return min(SEARCH * em, MOST * em * gaps)


def _whole(text: str, ends: Sequence[float], torn: int, least: float) -> Iterator[int]:
    """The places before `torn` where a line may end, tears nothing and is at least as wide as `least`; the last one
    first."""
    near = takewhile(lambda gap: ends[gap] >= least, range(torn - 1, 0, -1))
    return (gap for gap in near if may_end(text, gap) and not tears(text, gap))


def _width(text: str, ends: Sequence[float], gap: int, em: float) -> float:
    """The least width of a line that ends before `text[gap]`."""
    while gap > 1 and text[gap - 1] == " ":
        gap -= 1
    return ends[gap] - HANGING * em * (text[gap - 1] in _BLANK_AFTER)


def is_lonely(rest: str, torn: bool = False) -> bool:
    """Whether `rest` is too short for the last line of a paragraph: a single Chinese character with its marks (clreq
    3.1.3), a single word hardly longer than an indent, or the second part of a word that is `torn`."""
    letters = "".join(c for c in rest if c.isalnum())
    if has_han(rest):
        return len(letters) < 2
    return " " not in rest.strip() and (0 < len(rest.strip()) <= 8 or torn)
