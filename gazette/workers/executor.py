"""Defines what pools of workers have in common, and the pool of one worker: this process."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any, Protocol, TypeVar

P = TypeVar("P")
T = TypeVar("T")


class Context(Protocol):
    """What all pieces of work have in common. It is sent to each worker once."""

    def to_travel(self) -> Any:
        """Return the copy that is sent to another machine."""


BATCH_SIZE = 8
"""Units in a batch: the work a worker takes at once."""


class WorkerPool(Protocol):
    """Workers that have received the context."""

    @property
    def max_pending(self) -> int:
        """Pending pieces needed to keep all workers busy."""

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        """Submit `piece`, on which a worker calls `work(piece, context)`. Return a function that waits for the result,
        or raises what `work` raised."""


class Executor(Protocol):
    """Opens pools of workers, each for the length of a `with` block."""

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:
        """Open a pool for batches of units; `units` is the number of units."""

    def document_pool(self, context: Context, documents: int) -> AbstractContextManager[WorkerPool]:
        """Open a pool for long pieces of work; `documents` is their number."""


class InProcessPool:
    """This process as a pool. It works when a result is asked for."""

    max_pending = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        """Return a function that does the work when it is called."""
        return partial(work, piece, self.context)


class SerialExecutor:
    """Works in this process only: for debugging, and for machines with a single core."""

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:  # noqa: ARG002
        """Open this process as a pool."""
        return nullcontext(InProcessPool(context))

    document_pool = unit_pool
