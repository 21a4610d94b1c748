"""The manners of a Chinese line: where it may end, which gaps in it may widen, which last line is too short.

The rules are those of W3C clreq (3.1.2 number and Latin spacing, 3.1.3 line starts and ends, 3.2 justification) and of
GB/T 15834-2011 (5.1, places of the marks). A *gap* is named by the index of the character after it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

HAN_LATIN = 0.09
"""Between Han and Latin letters or digits, in em, the same everywhere: at most a quarter (clreq 3.1.2). It stays below
the tenth of an em from which readers of PDF see a space that is none (poppler's minWordBreakSpace, pdf.js's
TRACKING_SPACE_FACTOR), so that who searches for 16个单位 finds it."""

MOST = 0.095
"""A gap between characters is widened by at most this, in em, for the same reason: a line that would need more stays
short. Lines of 40 characters and more, as in the bulletins, never do."""

HANGING = 0.5
"""The half, in em, that a full-width mark leaves blank: at the end of a line it may do without (GB/T 15834 5.1.10)."""

CLOSED = 0.25
"""A full-width mark gives up at most this, in em, of the half that it leaves blank (GB/T 15834 5.1.11): only where a
line would stay short otherwise."""

SEARCH = 5.0
"""A line stays short by at most this, in em, so that it tears no date and no number from its unit."""

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
    """Whether it is a full-width mark, which a mark beside it closes up."""
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
    """Whether a line that ends before `text[gap]` would part a number from its unit, or a date (clreq 3.1.3)."""
    before, after = text[gap - 1], text[gap]
    if before.isdecimal():
        return after in _UNITS
    return after.isdecimal() and (before == "第" or (before in "年月" and text[gap - 2 : gap - 1].isdecimal()))


def widens(text: str, gap: int) -> bool:
    """Whether justification may put space before `text[gap]`: beside a full-width character or after a space, never
    inside a Latin word, a number, a number and its unit, —— or ……, nor where Han meets Latin (that gap is set)."""
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
    """Whether `text[gap]` may move nearer to a full-width mark before it, or is one that may. Neighbouring marks are
    closed up already."""
    before, after = text[gap - 1], text[gap]
    if {before, after} <= _BLANK_AFTER | _BLANK_BEFORE or after in " \u00a0" or after in _NOTHING:
        return False
    return before in _BLANK_AFTER or after in _BLANK_BEFORE


def hangs(text: str) -> bool:
    """Whether a line ends with a mark whose second half is blank: there it counts as half a character wide (GB/T 15834
    5.1.10)."""
    return text[-1:] in _BLANK_AFTER


def meets(text: str, gap: int) -> bool:
    """Whether Han meets Latin letters or digits before `text[gap]`, without a mark or a space between them."""
    return bool(_MEETING.match(text, gap))


def meetings(text: str) -> list[int]:
    """The gaps of `text` where Han meets Latin letters or digits."""
    return [match.start() for match in _MEETING.finditer(text)]


def ends_of_line(text: str, ends: Sequence[float], limit: float, em: float, taken: float = 0.0) -> Iterator[int]:
    """Where the first line of `text` may end, the best place first. `ends[i]` is the width of the first i characters,
    `limit` the room in the line, `taken` what is taken of it by other texts and `em` the width of a character, in one
    unit. Nothing where no place fits."""
    last = min(bisect_right(ends, limit) + 1, len(text) - 1)  # a space at the end of a line hangs over it
    places = (gap for gap in range(last, 0, -1) if may_end(text, gap) and _width(text, ends, gap, em) <= limit)
    for place in places:
        if tears(text, place):
            yield from islice(_whole(text, ends, place, limit - _spare(text, place, em, taken)), 1)
        yield place


def _spare(text: str, end: int, em: float, taken: float) -> float:
    """How much a line that ends before `text[end]` may leave over: no more than its gaps can take. Of the texts before
    this one it is assumed that half of their characters give a gap."""
    gaps = taken / em / 2 + sum(widens(text, gap) for gap in range(1, end))
    return min(SEARCH * em, MOST * em * gaps)


def _whole(text: str, ends: Sequence[float], torn: int, least: float) -> Iterator[int]:
    """The ends before `torn` that tear nothing and fill at least so much of the line."""
    near = takewhile(lambda gap: ends[gap] >= least, range(torn - 1, 0, -1))
    return (gap for gap in near if may_end(text, gap) and not tears(text, gap))


def _width(text: str, ends: Sequence[float], gap: int, em: float) -> float:
    """What a line that ends before `text[gap]` needs at least."""
    while gap > 1 and text[gap - 1] == " ":
        gap -= 1
    return ends[gap] - HANGING * em * (text[gap - 1] in _BLANK_AFTER)


def is_lonely(rest: str, torn: bool = False) -> bool:
    """Whether `rest` is too short for a paragraph's last line: one Chinese character with its marks (clreq 3.1.3), the
    only word of a line when it is hardly longer than an indent, or the second part of a word that is `torn`."""
    letters = "".join(c for c in rest if c.isalnum())
    if has_han(rest):
        return len(letters) < 2
    return " " not in rest.strip() and (0 < len(rest.strip()) <= 8 or torn)
