"""Counts the steps of a regular expression on a text: `re` does not tell them, and a clock tells of the machine."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from re import _constants as kind
from re import _parser as parser
from typing import Any

_CATEGORIES = {
    kind.CATEGORY_DIGIT: str.isdecimal,
    kind.CATEGORY_SPACE: str.isspace,
    kind.CATEGORY_WORD: lambda character: character.isalnum() or character == "_",
}
_OPPOSITES = {
    kind.CATEGORY_NOT_DIGIT: kind.CATEGORY_DIGIT,
    kind.CATEGORY_NOT_SPACE: kind.CATEGORY_SPACE,
    kind.CATEGORY_NOT_WORD: kind.CATEGORY_WORD,
}
_SINGLE = (kind.LITERAL, kind.NOT_LITERAL, kind.ANY, kind.IN)

Operations = list[tuple[Any, Any]]


class Matcher:
    """A pattern that goes back as `re` does, and counts each look at a character."""

    def __init__(self, pattern: str) -> None:
        tree = parser.parse(pattern)
        self.operations: Operations = list(tree)
        self.is_of_lines = bool(tree.state.flags & re.M)
        self.steps = 0

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where it is found: as `finditer` says, but for matches of nothing."""
        found, start = [], 0
        while start <= len(text):
            self.steps += 1
            end = next(self._ends(self.operations, text, start, {}), start)
            if end > start:
                found.append((start, end))
            start = max(end, start + 1)
        return found

    def _ends(self, operations: Operations, text: str, at: int, groups: dict[int, str]) -> Iterator[int]:
        """Where a match that begins at a place may end, the likeliest first."""
        if not operations:
            yield at
            return
        (operation, what), rest = operations[0], operations[1:]
        for end in self._ends_of(operation, what, text, at, groups):
            yield from self._ends(rest, text, end, groups)

    def _ends_of(self, operation: Any, what: Any, text: str, at: int, groups: dict[int, str]) -> Iterator[int]:
        match operation:
            case kind.MAX_REPEAT | kind.MIN_REPEAT:
                yield from self._repeated(operation, what, text, at, groups)
            case kind.SUBPATTERN:
                for end in self._ends(list(what[3]), text, at, groups):
                    groups[what[0]] = text[at:end]
                    yield end
            case kind.BRANCH:
                for each in what[1]:
                    yield from self._ends(list(each), text, at, groups)
            case kind.ASSERT | kind.ASSERT_NOT:
                if self._looks(what, text, at, groups) == (operation is kind.ASSERT):
                    yield at
            case kind.GROUPREF:
                self.steps += 1
                if text.startswith(groups[what], at):
                    yield at + len(groups[what])
            case kind.AT:
                self.steps += 1
                if self._is_edge(what, text, at):
                    yield at
            case _:
                if self._fits(operation, what, text, at):
                    yield at + 1

    def _looks(self, what: Any, text: str, at: int, groups: dict[int, str]) -> bool:
        """Whether what is asserted before or behind a place is there."""
        direction, inner = what
        start = at if direction > 0 else at - inner.getwidth()[0]
        return start >= 0 and any(True for _ in self._ends(list(inner), text, start, groups))

    def _is_edge(self, what: Any, text: str, at: int) -> bool:
        if what is kind.AT_BEGINNING:
            return at == 0 or (self.is_of_lines and text[at - 1] == "\n")
        assert what is kind.AT_END
        return at == len(text) or text[at:] == "\n" or (self.is_of_lines and text[at] == "\n")

    def _fits(self, operation: Any, what: Any, text: str, at: int) -> bool:
        self.steps += 1
        if at >= len(text):
            return False
        match operation:
            case kind.LITERAL:
                return ord(text[at]) == what
            case kind.NOT_LITERAL:
                return ord(text[at]) != what
            case kind.ANY:
                return text[at] != "\n"
        assert operation is kind.IN
        is_other = what[0][0] is kind.NEGATE
        return any(_holds(each, text[at]) for each in what[is_other:]) != is_other

    def _repeated(self, operation: Any, what: Any, text: str, at: int, groups: dict[int, str]) -> Iterator[int]:
        """As often as it fits and then less, or as seldom as it may and then more."""
        least, most, inner = what
        if len(inner) == 1 and inner[0][0] in _SINGLE:
            fits = itertools.takewhile(lambda n: self._fits(*inner[0], text, at + n - 1), range(1, int(most) + 1))
            counts = itertools.chain([0], fits)
            for count in counts if operation is kind.MIN_REPEAT else reversed([*counts]):
                self.steps += 1
                if count >= least:
                    yield at + count
        else:
            assert (least, operation) == (0, kind.MAX_REPEAT), "no pattern of ours repeats so"
            for end in self._ends(list(inner), text, at, groups) if most else ():
                yield from self._repeated(operation, (least, int(most) - 1, inner), text, end, groups)
            yield at


def _holds(part: Any, character: str) -> bool:
    """Whether a part of a set holds a character."""
    name, what = part
    match name:
        case kind.LITERAL:
            return ord(character) == what
        case kind.RANGE:
            return bool(what[0] <= ord(character) <= what[1])
    assert name is kind.CATEGORY
    if what in _OPPOSITES:
        return not _CATEGORIES[_OPPOSITES[what]](character)
    return bool(_CATEGORIES[what](character))
