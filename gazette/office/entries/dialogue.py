"""The talk with an editor at a terminal, or with a script that answers line by line."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable

import msgspec

from gazette.messages.catalogue import catalogue
from gazette.messages.problems import Problem


def _typed() -> str:
    """The next answer; raises EOFError where there is none. At a terminal it can be corrected as it is typed."""
    if sys.stdin.isatty():
        with contextlib.suppress(ImportError):  # not every system has it
            import readline  # noqa: F401 - it is enough that it is there
    return input("> " if sys.stdin.isatty() else "")


class Dialogue(msgspec.Struct, frozen=True):
    """Asks in the language `spoken`; `read` gives the next answer, or raises EOFError."""

    spoken: str
    read: Callable[[], str] = _typed

    def ask(self, question: str) -> str:
        """An answer, without spaces around it."""
        print(question, flush=True)
        return self.read().strip()

    def announce(self, words: str) -> None:
        """Something that is no question."""
        print(words, flush=True)

    def tell(self, problem: Problem) -> None:
        """Why an answer cannot be taken."""
        print("  " + problem.message(self.spoken), flush=True)

    def ask_id(self, name: str, plain: str, fault: Callable[[str], Problem | None]) -> str:
        """The id of a unit, by its name; without an answer a plain one."""
        question = catalogue(self.spoken).statement["ask_id"].format(name=name, plain=plain)
        while problem := fault(id := self.ask(question) or plain):
            self.tell(problem)
        return id
