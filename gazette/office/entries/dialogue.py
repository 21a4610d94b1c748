"""Asks questions of an editor at a terminal, or of a script that answers line by line."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable

import msgspec

from gazette.messages.catalogue import catalogue
from gazette.messages.problems import Problem


def _typed() -> str:
    """Return the next answer. Raises EOFError if there is none. At a terminal the line can be edited."""
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # not every system has readline
            import readline  # noqa: F401 - it is enough that it is there
    return input("> " if sys.stdin.isatty() else "")


class Dialogue(msgspec.Struct, frozen=True):
    """Asks in the language `spoken`. `read` returns the next answer, or raises EOFError."""

    spoken: str
    read: Callable[[], str] = _typed

    def ask(self, question: str) -> str:
        """Print a question and return the answer, stripped. Raises EOFError."""
        print(question, flush=True)
        return self.read().strip()

    def announce(self, words: str) -> None:
        """Print something that is not a question."""
        print(words, flush=True)

    def tell(self, problem: Problem) -> None:
        """Print why an answer is refused."""
        print("  " + problem.message(self.spoken), flush=True)

    def ask_id(self, name: str, plain: str, fault: Callable[[str], Problem | None]) -> str:
        """Ask for the id of a unit by its name, until `fault` finds no problem. An empty answer means `plain`."""
        question = catalogue(self.spoken).statement["ask_id"].format(name=name, plain=plain)
        while problem := fault(id := self.ask(question) or plain):
            self.tell(problem)
        return id
