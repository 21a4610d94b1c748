"""Owns the other processes of this machine that work, as many as there is work for."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, TypeVar

from gazette.problems import ContentError, Problem
from gazette.team import HANDFUL, Serial, Team
from gazette.workshop import Workshop

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

P = TypeVar("P")
T = TypeVar("T")

ALONE = 12
"""Fewer units than these are made sooner than other processes are started."""


class Processes(Serial):
    """Up to `workers` processes; none where this one alone is sooner done."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def for_units(self, workshop: Workshop, units: int) -> AbstractContextManager[Team]:
        """Forked workers, which have everything imported already; to be started before this process has a second
        thread."""
        if units < ALONE or self.workers < 2:
            return super().for_units(workshop, units)
        return _pool(min(self.workers, -(-units // HANDFUL)), "fork", workshop)

    def for_documents(self, workshop: Workshop, documents: int) -> AbstractContextManager[Team]:
        """Workers that begin from nothing."""
        if documents < 2 or self.workers < 2:
            return super().for_documents(workshop, documents)
        return _pool(min(self.workers, documents), "spawn", workshop)


class _Pool:
    """Processes at work."""

    def __init__(self, pool: ProcessPoolExecutor, workers: int) -> None:
        self.pool, self.ahead = pool, 3 * workers

    def begin(self, work: Callable[[P, Workshop], T], piece: P) -> Callable[[], T]:
        from concurrent.futures.process import BrokenProcessPool

        try:
            result = self.pool.submit(_work, work, piece).result
        except BrokenProcessPool:
            raise _lost() from None

        def wait() -> T:
            try:
                return result()
            except BrokenProcessPool:
                raise _lost() from None

        return wait


def _lost() -> ContentError:
    """Nothing that Python runs ends a worker: the system did."""
    return ContentError([Problem.at("build.py", 0, 0, "worker_lost")])


@contextmanager
def _pool(workers: int, start: str, workshop: Workshop) -> Iterator[Team]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context(start)
    with ProcessPoolExecutor(workers, context, _enter, (workshop,)) as pool:
        yield _Pool(pool, workers)


_at_work: list[Workshop] = []


def _enter(workshop: Workshop) -> None:
    """A worker begins: it knows its workshop, and it ends with the process that sent for it, however that ends."""
    import multiprocessing

    _at_work[:] = [workshop]
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _work(work: Callable[[P, Workshop], T], piece: P) -> T:
    return work(piece, _at_work[0])
