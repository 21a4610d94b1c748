"""What a pool of workers is asked for, whoever they are; and the pool of one, this process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Protocol, TypeVar

P = TypeVar("P")
T = TypeVar("T")


class Context(Protocol):
    """What all pieces of work have in common. It goes to each worker once."""

    def to_travel(self) -> Any:
        """As it goes to another machine."""


BATCH_SIZE = 8
"""How many units a worker takes at once."""


class WorkerPool(Protocol):
    """Workers who know what all pieces have in common."""

    @property
    def max_pending(self) -> int:
        """So many pieces of work keep all of them busy."""

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        """Have a piece worked on. What is returned waits for the result, or raises what the work raises."""


class Executor(Protocol):
    """Opens pools of workers, each for the length of a `with` block."""

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:
        """A pool for batches of units, of which there are so many."""

    def document_pool(self, context: Context, documents: int) -> AbstractContextManager[WorkerPool]:
        """A pool for long pieces of work, of which there are so many."""


class InProcessPool:
    """This process. It works when a result is waited for."""

    max_pending = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        """A piece of work, for later."""
        return partial(work, piece, self.context)


class SerialExecutor:
    """Nobody but this process: for those who look for a mistake, and for machines with a single core."""

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:  # noqa: ARG002
        """This process."""
        return nullcontext(InProcessPool(context))

    document_pool = unit_pool
