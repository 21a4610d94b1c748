"""Finds the numbered items of a text, in any of the usual styles: 一是, 一、, （一）, 1., （1）, ①, 第一."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem

_N = "[一二三四五六七八九十]{1,3}"

_DAY = r"(?:[1１][9９]|[2２][0０])\d\d(?!\d)|\d{1,2}[月日]"
"""A year, month or day directly after the number of an item: in 1.2041年 the number is 1."""

STYLES: dict[str, re.Pattern[str]] = {
    "heading": pattern(rf"({_N})[、.．](?!{_N}[、.．])"),
    "bracket": pattern(rf"[（(]({_N})[）)][、.．]?"),
    "ordinal": pattern(rf"第({_N})[，,、：:]"),
    "point": pattern(rf"(\d{{1,2}})(?:[.．](?!\d)|[.．](?={_DAY})|、)"),
    "bracketed": pattern(r"[（(](\d{1,2})[）)]"),
    "half": pattern(r"(\d{1,2})[)）]"),
    "circled": pattern("([①-⑳])"),
    "clause": pattern(rf"({_N})(?:是(?!否)|要)"),
}
"""The styles of numbers, from the widest to the narrowest; each has the number in its first group."""

_INSIDE = "clause"
"""The only style whose numbers may also stand in the middle of a sentence."""

_NO_NUMBER = "之唯统第单专同惟万逐合归划不于进这那另某每任哪"
"""Characters that form another word with a following 一是."""

_STRONG = pattern(r"(?:^|[。；;：:！？!?\r][”」』）)]?) *$")
_COMMA = pattern(r"[，,、] *$")

_DIGITS = "一二三四五六七八九十"

MOST_LEFT_OUT = 2
"""How many numbers may be missing before the next one begins another list; fewer are a misprint."""


class Candidate(msgspec.Struct, frozen=True):
    """What looks like the number of an item: its position (paragraph from 0, offset), style and value. `strong` is true
    if it begins a sentence or a paragraph."""

    paragraph: int
    begin: int
    style: str
    printed: str
    value: int
    strong: bool

    @property
    def place(self) -> tuple[int, int]:
        """The paragraph and the offset in it."""
        return self.paragraph, self.begin


class Mark(msgspec.Struct, frozen=True):
    """The number of an item: its position, and the numbers of the items that contain it, its own last. `fresh` is true
    if it begins a list that lies in no item."""

    paragraph: int
    begin: int
    path: tuple[tuple[str, str], ...]
    fresh: bool = False


class Odd(msgspec.Struct, frozen=True):
    """A number that does not follow the one before it: the code of the message, and its values."""

    paragraph: int
    code: str
    found: str
    expected: str


def value_of(printed: str) -> int:
    """Return the value of a number: 十二, 12 and ⑫ are 12. Returns 0 for anything else."""
    if len(printed) == 1 and "①" <= printed <= "⑳":
        return ord(printed) - ord("①") + 1
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    if any(part and (len(part) > 1 or part not in _DIGITS[:9]) for part in (tens, ones)):
        return 0
    worth = {digit: value for value, digit in enumerate(_DIGITS[:9], 1)}
    return (worth.get(tens, 1) * 10 if ten else 0) + worth.get(ones, 0)


def _candidates(paragraphs: Sequence[str]) -> list[Candidate]:
    """Return everything that looks like the number of an item, in order."""
    candidates = []
    for number, text in enumerate(paragraphs):
        for style, look in STYLES.items():
            for match in look.finditer(text):
                before = text[: match.start()]
                strong = bool(_STRONG.search(before))
                inside = style in (_INSIDE, "circled") and before[-1:] not in _NO_NUMBER
                value = value_of(match[1])
                if value and (strong or (before and inside)):
                    weak = not strong and not _COMMA.search(before)
                    if weak and style == _INSIDE and match[0].endswith("要"):
                        continue  # 二要 inside a sentence is not a number
                    candidates.append(
                        Candidate(
                            paragraph=number,
                            begin=match.start(),
                            style=style,
                            printed=match[1],
                            value=value,
                            strong=strong,
                        )
                    )
    return sorted(candidates, key=lambda each: each.place)


class _List(msgspec.Struct):
    """An open list: its style, and its last item."""

    style: str
    last: Candidate


class _Reader:
    """Decides for each candidate whether it is the number of an item."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self.candidates = _candidates(paragraphs)
        self.open: list[_List] = []
        self.marks: list[Mark] = []
        self.odd: list[Odd] = []

    def run(self) -> None:
        """Go through the candidates, and collect `marks` and `odd`."""
        for position, each in enumerate(self.candidates):
            level = next((n for n, each_open in enumerate(self.open) if each_open.style == each.style), None)
            later = self.candidates[position + 1 :]
            if level is not None and self._goes_on(level, each):
                del self.open[level + 1 :]
                self.open[level].last = each
                self._accept(each, False)
            elif each.value == 1 and _is_followed(each, later):
                self._begin(each, level, later)
            elif each.strong and each.begin == 0:
                last = self.open[level].last.value if level is not None else 0
                self.odd.append(Odd(each.paragraph, "statement_number", each.printed, str(last + 1)))

    def _goes_on(self, level: int, each: Candidate) -> bool:
        """Return whether a number continues an open list. A number that begins a sentence may also be a misprint:
        skipped or repeated."""
        last = self.open[level].last.value
        if each.value == last + 1:
            return True
        slip = each.strong and (each.value == last or last + 1 < each.value <= last + 1 + MOST_LEFT_OUT)
        if slip and each.value != 1:
            self.odd.append(Odd(each.paragraph, "statement_number_slip", each.printed, str(last + 1)))
            return True
        return False

    def _begin(self, each: Candidate, level: int | None, later: Sequence[Candidate]) -> None:
        """Begin a list: inside the open item, or in place of lists that are complete."""
        if level is not None:
            del self.open[level:]
        while self.open and not _goes_on_later(self.open[-1], later) and self._is_wider(each, self.open[-1]):
            self.open.pop()
        self.open.append(_List(each.style, each))
        self._accept(each, len(self.open) == 1)

    def _is_wider(self, each: Candidate, open_list: _List) -> bool:
        """Return whether a list that begins a paragraph has a wider style than the one above it."""
        order = list(STYLES)
        above = open_list.last
        new = each.begin == 0 and each.paragraph > above.paragraph
        return new and order.index(each.style) < order.index(above.style)

    def _accept(self, each: Candidate, fresh: bool) -> None:
        path = tuple((each_list.style, each_list.last.printed) for each_list in self.open)
        self.marks.append(Mark(each.paragraph, each.begin, path, fresh))


def _is_followed(each: Candidate, later: Sequence[Candidate]) -> bool:
    """Return whether the next number of the same style continues a list that begins here. One item alone is not a
    list."""
    following = next((other for other in later if other.style == each.style), None)
    return following is not None and 1 < following.value <= 1 + MOST_LEFT_OUT


def _goes_on_later(open_list: _List, later: Sequence[Candidate]) -> bool:
    following = next((other for other in later if other.style == open_list.style), None)
    return following is not None and following.value == open_list.last.value + 1


def find_items(paragraphs: Sequence[str]) -> tuple[list[Mark], list[Odd]]:
    """Return the numbers of all items of some paragraphs, in order, and those that do not fit."""
    reader = _Reader(paragraphs)
    reader.run()
    return reader.marks, reader.odd


def label(path: Sequence[tuple[str, str]]) -> str:
    """Return the name of an item: its printed number, after those of the items that contain it."""
    called = path[0][1]
    for style, printed in path[1:]:
        called += f"（{printed}）" if style.startswith("bracket") else f"-{printed}"
    return called


def problems_of(path: str, odd: Sequence[Odd], lines: Sequence[int]) -> Iterator[Problem]:
    """Yield a problem for each number that does not fit. `lines` are the lines of the paragraphs."""
    for each in odd:
        values = {"found": each.found, "expected": each.expected}
        yield Problem.at(path, lines[each.paragraph], 1, each.code, **values)
