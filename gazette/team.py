"""Owns what a team of workers is asked for, whoever they are; and the team of one, this process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Protocol, TypeVar

from gazette.workshop import Workshop

P = TypeVar("P")
T = TypeVar("T")

HANDFUL = 8
"""How many units a worker takes at once."""


class Team(Protocol):
    """Workers who know the workshop."""

    @property
    def ahead(self) -> int:
        """So many pieces of work keep all of them busy."""

    def begin(self, work: Callable[[P, Workshop], T], piece: P) -> Callable[[], T]:
        """Have a piece worked on. What is returned waits for the result, or raises what the work raises."""


class Executor(Protocol):
    """Whoever may be asked to work; a team of them is together for as long as its context lasts."""

    def for_units(self, workshop: Workshop, units: int) -> AbstractContextManager[Team]:
        """A team for handfuls of units, of which there are so many."""

    def for_documents(self, workshop: Workshop, documents: int) -> AbstractContextManager[Team]:
        """A team for long pieces of work, of which there are so many."""


class Alone:
    """This process. It works when a result is waited for."""

    ahead = 1

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop

    def begin(self, work: Callable[[P, Workshop], T], piece: P) -> Callable[[], T]:
        """A piece of work, for later."""
        return partial(work, piece, self.workshop)


class Serial:
    """Nobody but this process: for those who look for a mistake, and for machines with a single core."""

    def for_units(self, workshop: Workshop, units: int) -> AbstractContextManager[Team]:  # noqa: ARG002
        """This process."""
        return nullcontext(Alone(workshop))

    for_documents = for_units
