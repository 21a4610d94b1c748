"""What an editor is told: one problem, its place and its words."""

from __future__ import annotations

import errno
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gazette.messages.catalogue import catalogue

MOST_OF_ONE_FILE = 100
"""Nobody mends more than so many problems of one file before looking again."""

COMMAND = "build.py"
"""What a problem of the command as a whole names as its place."""

LONGEST = 4096
"""A path of more characters is none (Linux and macOS allow fewer)."""

Loc = tuple[str | int, ...]
"""The way to a value inside a content file: keys and 0-based positions."""


OF_CHOICES = ("not_choice", "update_out_of_order", "update_after_accepted")
"""Messages whose `expected` lists words that a field may hold."""


AFTER_A_STATE = ("update_out_of_order", "updates_order")
"""Messages whose `before` is the state of the step before."""


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
        """A problem whose message takes `values`; every one is shown as text."""
        return cls(path, line, column, code, tuple(sorted((k, str(v)) for k, v in values.items())))

    @classmethod
    def of_folder(cls, path: str, code: str, /, **values: object) -> Problem:
        """A problem of a folder, which has no lines."""
        return cls.at(f"{path.rstrip('/')}/", 0, 0, code, **values)

    def message(self, language: str) -> str:
        """What was expected, what was found, what to write; on one line."""
        words = {name: clip(value, LIMITS.get(name, FOUND)) for name, value in self.values}
        if "found" in words:
            words["found"] = _inner_quotes(words["found"])
        told = catalogue(language)
        if self.code in OF_CHOICES:
            words["expected"] = told.listed_choices(words["expected"].split(", "))
        if self.code in AFTER_A_STATE:
            words["before"] = told.states[words["before"]]
        if "reason" in words:
            words["reason"] = told.reason(words["reason"])
        if words.get("near"):
            words["near"] = told.phrases["near"].format(near=words["near"])
        return " ".join(told.problems[self.code].format_map(words).split())

    def show(self, language: str) -> str:
        """`path:line:column: message`, as compilers print it, so that editors' programs can jump there, to the first
        line where the file as a whole is meant. What has no lines stands before the message alone: a folder, the
        command, an option of it; of nothing at all (no path) there is only the message."""
        message = self.message(language)
        if not self.path:
            return message
        path = clip(self.path, LONGEST)
        if path.startswith("--") or path.endswith("/") or path == COMMAND:
            return f"{path}: {message}"
        return f"{path}:{max(self.line, 1)}:{max(self.column, 1)}: {message}"


class FileProblems(Exception):
    """One file could not be read further. Carries its problems to the one who gathers them: the first hundred in order
    of place, then how many there are beside them; `more` are known that are not among `problems`."""

    def __init__(self, problems: Iterable[Problem], more: int = 0) -> None:
        self.problems = _first_hundred(problems, more)
        super().__init__(self.problems)


def _first_hundred(problems: Iterable[Problem], more: int = 0) -> list[Problem]:
    """The first hundred problems of one file in order of place, then how many there are beside them: the rest, those
    that were left out before, and `more`."""
    every = sorted(problems)
    ordered = [problem for problem in every if problem.code != "more_problems"]
    left_out = [problem for problem in every if problem.code == "more_problems"]
    shown, rest = ordered[:MOST_OF_ONE_FILE], ordered[MOST_OF_ONE_FILE:]
    if rest or left_out:
        count = len(rest) + more + sum(int(dict(problem.values)["found"]) for problem in left_out)
        first = (rest or left_out)[0]
        shown.append(Problem.at(first.path, first.line, first.column, "more_problems", found=count))
    return shown


class ContentError(Exception):
    """The content or a template is wrong. Carries every problem that was found, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(_few_of_a_file(sorted(_few_of_a_kind(_once_each(problems)))))
        super().__init__(self.problems)


class UsageError(Exception):
    """The command cannot be followed. Carries what to tell."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)


class Interrupted(KeyboardInterrupt):
    """Ctrl-C. Carries the code of the message that says what has changed by then."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def _few_of_a_file(problems: list[Problem]) -> Iterator[Problem]:
    """Of each file the first hundred, whoever found them."""
    for _, found in itertools.groupby(problems, lambda problem: problem.path):
        yield from _first_hundred(found)


def _once_each(problems: Iterable[Problem]) -> Iterator[Problem]:
    """A template's mistake is told once, with the first of the pages that it spoils."""
    seen = set()
    for problem in sorted(problems):
        place = (problem.path, problem.line, problem.column, problem.code)
        what = place, tuple(pair for pair in problem.values if pair[0] != "page")
        if what not in seen:
            seen.add(what)
            yield problem


OF_A_KIND = ("language_missing", "language_unknown")
"""A language that the settings do not list, or list too much, spoils each text of a file in the same way."""

FEW = 3


def _few_of_a_kind(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Of what is told again and again of one file only the first, then how often it is there beside them."""
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
    """What was found stands in quotes; its own become the inner ones (GB/T 15834, 4.8.3.3)."""
    return value.translate({0x201C: 0x2018, 0x201D: 0x2019})


FOUND = 120
"""So many characters of a value that was found are shown."""

LIMITS = {"expected": 300, "was": 12_000}
"""So many of a list of what may stand there, which may be all the fields of a pledge; of lines to be copied, all: they
are as long as what was published."""


def clip(value: str, limit: int = FOUND) -> str:
    """A found value may be a whole page, or hold characters that would disturb a terminal."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in value[: limit + 1])
    return shown if len(value) <= limit else shown[:limit] + "…"


def reason_of(error: OSError) -> str:
    """Why the system refused, as a `reason` that is put into words when the problem is shown."""
    return errno.errorcode.get(error.errno or 0) or error.strerror or type(error).__name__
