"""Reads the lines of a statement, without the characters that no content file may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.reading.files.encoding import UNFIT, kind_of, number_of, read_text

LOST = "〓"
"""What compositors set in place of a missing character."""

_BREAKS = pattern("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""Line breaks that YAML does not know: page breaks, and those of word processors."""

_BREAK = "\r"
"""Replaces such a break, so that line numbers stay those of the file."""

_UNSEEN = ("control_character", "invisible_character")

_CURABLE = (*_UNSEEN, "private_character", "lost_character", "more_problems")


class TextLine(msgspec.Struct, frozen=True):
    """A line with text: its number in the file (from 1), whether the line directly before it has text too, and whether
    it is indented like the first of a paragraph."""

    number: int
    text: str
    follows: bool = False
    indented: bool = False


class SourceText(msgspec.Struct, frozen=True):
    """The lines of a statement, and the problems found while reading them."""

    lines: tuple[TextLine, ...]
    told: tuple[Problem, ...] = ()

    @property
    def size(self) -> int:
        """The number of characters, without spaces."""
        return sum(size(line.text) for line in self.lines)


def size(text: str) -> int:
    """Return the number of characters of a text, without spaces and line ends."""
    return sum(not character.isspace() for character in text)


def read_plain(path: str, data: bytes) -> SourceText:
    """Return the text of a file in UTF-8 or GB18030, whose path is `path` as an editor types it. Characters that no
    content file may hold are removed or marked, with a problem each. Raises FileProblems for another encoding."""
    text = _decoded(path, data)
    fitting, notes = fit(path, text)
    read_text(path, fitting.encode())
    return SourceText(tuple(_lines_of(fitting)), notes)


def _decoded(path: str, data: bytes) -> str:
    """Return the text with all its characters. Raises FileProblems for everything else that is wrong with the file."""
    encoding = "utf-8-sig"
    try:
        return read_text(path, data)
    except FileProblems as found:
        first = found.problems[0]
        if first.code == "file_encoding_guess" and dict(first.values)["guess"] == "GBK":
            encoding = "gb18030"
        elif any(problem.code not in _CURABLE for problem in found.problems):
            raise
    return unicodedata.normalize("NFC", data.decode(encoding)).replace("\r\n", "\n").replace("\r", "\n")


def fit(path: str, text: str) -> tuple[str, tuple[Problem, ...]]:
    """Return a text as a content file may hold it, and the problems: invisible characters are removed; those that are
    lost, or that only some computers have, are marked."""
    lines_of: dict[str, list[int]] = {}

    def fitting(match: re.Match[str]) -> str:
        character = match.group()
        lines_of.setdefault(character, []).append(text.count("\n", 0, match.start()) + 1)
        return "" if kind_of(character) in _UNSEEN else LOST

    text = _BREAKS.sub(_BREAK, text)
    fit = UNFIT.sub(fitting, text)
    return fit, tuple(_told(path, character, lines) for character, lines in lines_of.items())


def _told(path: str, character: str, lines: list[int]) -> Problem:
    """Return the problem of a character that was removed or marked, with the first line that had it."""
    values: dict[str, object] = {"found": number_of(character), "n": len(lines)}
    if kind_of(character) in _UNSEEN:
        return Problem.at(path, lines[0], 1, "statement_unseen", **values)
    return Problem.at(path, lines[0], 1, "statement_lost", likely=LOST, **values)


def _lines_of(text: str) -> Iterator[TextLine]:
    before = False
    for number, line in enumerate(text.split("\n"), 1):
        for part in line.split(_BREAK):
            words = part.replace("\t", " ").strip()
            if words:
                yield TextLine(number, words, before, part[:1].isspace())
            before = bool(words)
