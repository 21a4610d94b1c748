"""The text of a statement: its lines, with what cannot stand in a content file taken out and told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.reading.files.encoding import UNFIT, kind_of, number_of, read_text

LOST = "〓"
"""What compositors set where a character is missing."""

_BREAKS = pattern("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
"""What breaks a line and is no line end to YAML: page breaks, and those that word processors write."""

_BREAK = "\r"
"""Stands for such a break, so that the numbers of lines stay those of the file."""

_UNSEEN = ("control_character", "invisible_character")

_CURABLE = (*_UNSEEN, "private_character", "lost_character", "more_problems")


class TextLine(msgspec.Struct, frozen=True):
    """A line that says something: its number in the file (from 1), whether the line right before it says something too,
    and whether it was indented as the first of a paragraph is."""

    number: int
    text: str
    follows: bool = False
    indented: bool = False


class SourceText(msgspec.Struct, frozen=True):
    """The lines of a statement, and what is to be told of how they were read: problems of the file."""

    lines: tuple[TextLine, ...]
    told: tuple[Problem, ...] = ()

    @property
    def size(self) -> int:
        """How many characters there are, spaces not counted."""
        return sum(size(line.text) for line in self.lines)


def size(text: str) -> int:
    """The number of characters of a text, spaces and line ends not counted."""
    return sum(not character.isspace() for character in text)


def read_plain(path: str, data: bytes) -> SourceText:
    """The text of a file in UTF-8 or GB18030, at `path` as an editor types it. Raises FileProblems where it is neither.
    Characters that no content file may hold are left out or marked, and told."""
    text = _decoded(path, data)
    fitting, told = fit(path, text)
    read_text(path, fitting.encode())
    return SourceText(tuple(_lines_of(fitting)), told)


def _decoded(path: str, data: bytes) -> str:
    """The text with all its characters; whatever else is wrong with the file is raised."""
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
    """A text as a content file may hold it, and what was done to it: characters that cannot be seen are left out, and
    those that are lost, or that only some computers know, are marked."""
    found: dict[str, list[int]] = {}

    def fitting(match: re.Match[str]) -> str:
        character = match.group()
        found.setdefault(character, []).append(text.count("\n", 0, match.start()) + 1)
        return "" if kind_of(character) in _UNSEEN else LOST

    text = _BREAKS.sub(_BREAK, text)
    fit = UNFIT.sub(fitting, text)
    return fit, tuple(_told(path, character, lines) for character, lines in found.items())


def _told(path: str, character: str, lines: list[int]) -> Problem:
    """What became of a character, with the first of the lines where it stood."""
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
