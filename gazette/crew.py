"""Owns who does the work: this process, or as many others as there is work for."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from gazette.problems import ContentError
from gazette.render import make
from gazette.target import Target
from gazette.templates import Kit
from gazette.workshop import Job, UnitMade, Workshop, make_unit

T = TypeVar("T")

ALONE = 12
"""Fewer units than these are made sooner than other processes are started."""

HANDFUL = 8
"""How many units a worker takes at once."""


class Crew:
    """Up to `workers` processes."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def make_units(self, jobs: Sequence[Job], workshop: Workshop) -> Iterator[UnitMade]:
        """The units of some jobs, made; in the order of the jobs."""
        if self.workers < 2 or len(jobs) < ALONE:
            yield from (make_unit(job, workshop) for job in jobs)
            return
        # Forked workers have everything imported already. They are started before this process has a second thread.
        handfuls = [jobs[start : start + HANDFUL] for start in range(0, len(jobs), HANDFUL)]
        with _pool(min(self.workers, len(handfuls)), "fork", workshop) as pool:
            for made in _in_turn(pool, _make_handful, handfuls, 3 * self.workers):
                yield from made

    def make_targets(
        self, targets: Sequence[tuple[Target, Mapping[str, str]]], kit: Kit
    ) -> Iterator[tuple[Target, bytes, str]]:
        """Targets with their bytes and their own text. Documents, the long work, go to processes of their own, the
        longest first. Raises ContentError with all problems of all of them."""
        light = [(target, lines) for target, lines in targets if target.weight == 1]
        heavy = sorted(((t, lines) for t, lines in targets if t.weight > 1), key=lambda pair: -pair[0].weight)
        error = _Gathered()
        if self.workers < 2 or len(heavy) < 2:
            for target, lines in light + heavy:
                with error:
                    yield (target, *make(target, kit, lines))
        else:
            with _pool(min(self.workers, len(heavy)), "spawn") as pool:
                waiting = [(target, pool.submit(make, target, kit, lines)) for target, lines in heavy]
                for target, lines in light:
                    with error:
                        yield (target, *make(target, kit, lines))
                for target, future in waiting:
                    with error:
                        yield (target, *future.result())
        error.raise_all()


class _Gathered:
    """Keeps the problems of several makings, so that all are told."""

    def __init__(self) -> None:
        self.problems: list[object] = []

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        if isinstance(error, ContentError):
            self.problems += error.problems
            return True
        return False

    def raise_all(self) -> None:
        if self.problems:
            raise ContentError(self.problems)  # type: ignore[arg-type]


def _in_turn(
    pool: concurrent.futures.Executor, work: Callable[[Sequence[Job]], T], handfuls: Iterable[Sequence[Job]], ahead: int
) -> Iterator[T]:
    """Results in order, with so many handfuls `ahead` that workers never wait and results never pile up."""
    waiting: deque[concurrent.futures.Future[T]] = deque()
    for handful in handfuls:
        waiting.append(pool.submit(work, handful))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _pool(workers: int, start: str, workshop: Workshop | None = None) -> concurrent.futures.ProcessPoolExecutor:
    context = multiprocessing.get_context(start)
    return concurrent.futures.ProcessPoolExecutor(workers, context, _enter, (workshop,))


_at_work: list[Workshop] = []


def _enter(workshop: Workshop | None) -> None:
    """A worker begins: it knows its workshop, and it ends with the process that sent for it, however that ends."""
    _at_work[:] = [workshop] if workshop else []
    parent = multiprocessing.parent_process()

    def follow() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


def _make_handful(jobs: Sequence[Job]) -> list[UnitMade]:
    return [make_unit(job, _at_work[0]) for job in jobs]
