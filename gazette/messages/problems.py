"""Describes a problem for an editor: its place and its message."""

from __future__ import annotations

import errno
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gazette.messages.catalogue import catalogue

MOST_OF_ONE_FILE = 100
"""The most problems of one file that are reported: nobody corrects more before the next check."""

COMMAND = "build.py"
"""The path of a problem that concerns the command as a whole."""

LONGEST = 4096
"""The most characters of a path; Linux and macOS allow fewer."""

Loc = tuple[str | int, ...]
"""The path to a value inside a content file: keys and 0-based positions."""


OF_CHOICES = ("not_choice", "update_out_of_order", "update_after_accepted")
"""Codes of messages whose `expected` lists words that a field may hold."""


AFTER_A_STATE = ("update_out_of_order", "updates_order")
"""Codes of messages whose `before` is the state of the previous step."""


class Problem(NamedTuple):
    """One thing that is wrong. `line` and `column` count from 1; 0 means the file as a whole. The path of a folder ends
    with a slash."""

    path: str
    line: int
    column: int
    code: str
    values: tuple[tuple[str, str], ...] = ()

    @classmethod
    def at(cls, path: str, line: int, column: int, code: str, /, **values: object) -> Problem:
        """Return a problem whose message takes `values`, all of which become text."""
        return cls(path, line, column, code, tuple(sorted((k, str(v)) for k, v in values.items())))

    @classmethod
    def of_folder(cls, path: str, code: str, /, **values: object) -> Problem:
        """Return a problem of a folder, which has no lines."""
        return cls.at(f"{path.rstrip('/')}/", 0, 0, code, **values)

    def message(self, language: str) -> str:
        """Return the message on one line: what was expected, what was found, what to write."""
        words = {name: clip(value, LIMITS.get(name, FOUND)) for name, value in self.values}
        if "found" in words:
            words["found"] = _inner_quotes(words["found"])
        messages = catalogue(language)
        if self.code in OF_CHOICES:
            words["expected"] = messages.listed_choices(words["expected"].split(", "))
        if self.code in AFTER_A_STATE:
            words["before"] = messages.states[words["before"]]
        if "reason" in words:
            words["reason"] = messages.reason(words["reason"])
        if words.get("near"):
            words["near"] = messages.phrases["near"].format(near=words["near"])
        return " ".join(messages.problems[self.code].format_map(words).split())

    def show(self, language: str) -> str:
        """Return `path:line:column: message`, the form of compilers, so that editors can jump there; a problem of a
        whole file leads to its first line. A folder, the command and an option have no lines: their form is `path:
        message`. Without a path there is only the message."""
        message = self.message(language)
        if not self.path:
            return message
        path = clip(self.path, LONGEST)
        if path.startswith("--") or path.endswith("/") or path == COMMAND:
            return f"{path}: {message}"
        return f"{path}:{max(self.line, 1)}:{max(self.column, 1)}: {message}"


class FileProblems(Exception):
    """Raised when a file cannot be read further. Holds its first hundred problems in order of place, and one that
    counts the rest. `more` counts those that are not among `problems`."""

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems = _first_hundred(problems, more)
        super().__init__(self.problems)


def _first_hundred(problems: Iterable[Problem], more: int = 0) -> list[Problem]:
    """Return the first hundred problems of one file in order of place, and one that counts the rest: those cut here,
    those cut before, and `more`."""
    every = sorted(problems)
    ordered = [problem for problem in every if problem.code != "more_problems"]
    left_out = [problem for problem in every if problem.code == "more_problems"]
    kept, rest = ordered[:MOST_OF_ONE_FILE], ordered[MOST_OF_ONE_FILE:]
    if rest or left_out:
        count = len(rest) + more + sum(int(dict(problem.values)["found"]) for problem in left_out)
        first = (rest or left_out)[0]
        kept.append(Problem.at(first.path, first.line, first.column, "more_problems", found=count))
    return kept


class ContentError(Exception):
    """Raised if the content or a template is wrong. Holds the problems in order of place; repeated ones, and those
    after the first hundred of a file, are counted instead."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(_few_of_a_file(sorted(_few_of_a_kind(_once_each(problems)))))
        super().__init__(self.problems)


class UsageError(Exception):
    """Raised if a command cannot be carried out as it was given. Holds the problems to report."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)


class Interrupted(KeyboardInterrupt):
    """Raised for Ctrl-C. Holds the code of the message that says what has changed by then."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def _few_of_a_file(problems: list[Problem]) -> Iterator[Problem]:
    """Yield the first hundred problems of each file, whatever found them."""
    for _, in_file in itertools.groupby(problems, lambda problem: problem.path):
        yield from _first_hundred(in_file)


def _once_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield each problem once. A problem of a template comes with the first of the pages that show it."""
    seen = set()
    for problem in sorted(problems):
        where = (problem.path, problem.line, problem.column, problem.code)
        what = where, tuple(pair for pair in problem.values if pair[0] != "page")
        if what not in seen:
            seen.add(what)
            yield problem


OF_A_KIND = ("language_missing", "language_unknown")
"""Codes of problems that every text of a file can have: the settings lack a language, or list one too many."""

FEW = 3


def _few_of_a_kind(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield the first few of such problems in a file, and one that counts the rest."""
    seen: dict[object, list[Problem]] = {}
    for problem in problems:
        if problem.code in OF_A_KIND:
            seen.setdefault((problem.path, problem.code, problem.values), []).append(problem)
        else:
            yield problem
    for same in seen.values():
        yield from same[:FEW]
        for first in same[FEW : FEW + 1]:
            yield Problem.at(first.path, first.line, first.column, "more_of_the_same", found=len(same) - FEW)


def _inner_quotes(value: str) -> str:
    """Return a value for use inside quotation marks: its own become inner ones (GB/T 15834, 4.8.3.3)."""
    return value.translate({0x201C: 0x2018, 0x201D: 0x2019})


FOUND = 120
"""The most characters of a found value that a message shows."""

LIMITS = {"expected": 300, "was": 12_000}
"""The most characters of other values: a list of what is expected may name all fields of a pledge; lines to be copied
(`was`) are as long as what was published, and must be whole."""


def clip(value: str, limit: int = FOUND) -> str:
    """Return a value cut to `limit` characters, with unprintable ones escaped: it may be a whole page, or disturb a
    terminal."""
    printable = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value[: limit + 1])
    return printable if len(value) <= limit else printable[:limit] + "…"


def reason_of(error: OSError) -> str:
    """Return why the system refused, as a `reason` that is put into words when the problem is shown."""
    return errno.errorcode.get(error.errno or 0) or error.strerror or type(error).__name__
