"""What is given to whom: the units in batches, the documents one by one, the rest to this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import NamedTuple

from gazette.building.unit_job import BuildContext, UnitJob, UnitResult, build_unit
from gazette.messages.problems import ContentError, FileProblems
from gazette.rendering.render import Rendered, render
from gazette.site.target import Target
from gazette.workers.executor import BATCH_SIZE, Executor, SerialExecutor, WorkerPool
from gazette.workers.processes import ProcessExecutor


@contextmanager
def open_scheduler(executor: str, jobs: int) -> Iterator[Scheduler]:
    """A scheduler for those that are asked for: `serial` is this process, `processes` are up to `jobs` of this machine,
    `dask://HOST:PORT` are the workers of that cluster. Raises ContentError where they cannot be had."""
    if executor.startswith("dask://"):
        from gazette.workers.dask import cluster

        with cluster(executor) as workers:
            yield Scheduler(workers)
    else:
        yield Scheduler(SerialExecutor() if executor == "serial" else ProcessExecutor(jobs))


UNITS_PER_FONT = 2
"""To pack a part of the heading font takes about as long as to make so many units."""


class PictureJob(NamedTuple):
    """A picture of the content: its name, its path as an editor types it, its bytes, and how wide those are at most
    that are made of it."""

    name: str
    shown: str
    data: bytes
    widths: tuple[int, ...]


PicturesOf = Callable[[Target, Mapping[str, str]], Mapping[str, bytes]]
"""What says which pictures a target shows with the fragments of its slots: their bytes, by their paths on the site."""


def no_pictures(target: Target, fragments: Mapping[str, str]) -> Mapping[str, bytes]:  # noqa: ARG001 - as all of them
    """Those of targets that show none."""
    return {}


class ByPlace(NamedTuple):
    """Targets by where they are made, in the order in which they are."""

    here: list[Target]
    fonts: list[Target]
    documents: list[Target]


def by_place(targets: Iterable[Target]) -> ByPlace:
    """Targets sorted by where they are made: documents, the longest first, and fonts by workers, others here."""
    found = ByPlace([], [], [])
    for target in targets:
        group = found.documents if target.cost > 1 else found.fonts if target.maker == "font" else found.here
        group.append(target)
    found.documents.sort(key=lambda target: -target.cost)
    return found


def in_turn(targets: Iterable[Target]) -> list[tuple[str, str]]:
    """The order in which `make_targets` yields targets, as (heading of the progress, path)."""
    here, fonts, documents = by_place(targets)
    return [*(("shared", each.path) for each in (*here, *fonts)), *(("documents", each.path) for each in documents)]


class Scheduler:
    """Makes units and targets, with the help of an executor."""

    def __init__(self, executor: Executor) -> None:
        self.executor = executor

    def make_units(self, jobs: Sequence[UnitJob], context: BuildContext) -> Iterator[UnitResult]:
        """The units of some jobs, made; in the order of the jobs. This process makes the first: workers that it starts
        then have the templates compiled already."""
        if not jobs:
            return
        yield from build_units(jobs[:1], context)
        with self.executor.unit_pool(context, len(jobs) - 1) as pool:
            for made in _in_turn(pool, jobs[1:]):
                yield from made

    def make_targets(
        self,
        targets: Sequence[Target],
        fragments_of: Callable[[Target], Mapping[str, str]],
        context: BuildContext,
        pictures_of: PicturesOf = no_pictures,
    ) -> Iterator[tuple[Target, bytes, str]]:
        """Yield each target with its bytes and its own text, in the order of `in_turn`. Workers make fonts and
        documents, this process all the rest. `fragments_of` is asked for the fragments of a target's slots when its
        turn comes: those of all would be the whole site. `pictures_of` is asked which pictures it shows with them.
        Raises ContentError with all problems of all targets."""
        here, fonts, documents = by_place(targets)
        error = ProblemCollector()
        # The first pool forks, and has to be open before this process has a second thread.
        with (
            self.executor.unit_pool(context, len(fonts) * UNITS_PER_FONT) as pool,
            self.executor.document_pool(context, len(documents)) as long_pool,
        ):
            waiting = [(target, pool.submit(render_alone, target)) for target in fonts]
            for target in documents:
                fragments = fragments_of(target)
                piece = target, fragments, pictures_of(target, fragments)
                waiting.append((target, long_pool.submit(render_document, piece)))
            for target in here:
                with error:
                    yield (target, *render(target, context.template_set, fragments_of(target)))
            for target, result in waiting:
                with error:
                    yield (target, *result())
        error.raise_all()

    def make_pictures(
        self, jobs: Iterable[PictureJob], context: BuildContext, weight: int
    ) -> Iterator[tuple[PictureJob, tuple[bytes, ...]]]:
        """The pictures of some jobs, in their order. `weight` says for how many workers there is something to do. Few
        are read ahead: the bytes of all might not find room. Raises ContentError with all problems of all of them."""
        error = ProblemCollector()
        waiting: deque[tuple[PictureJob, Callable[[], tuple[bytes, ...]]]] = deque()
        with self.executor.document_pool(context, weight) as pool:
            for job in chain(jobs, [None] * pool.max_pending):
                if job is not None:
                    waiting.append((job, pool.submit(make_pictures, job)))
                while waiting and (job is None or len(waiting) >= pool.max_pending):
                    done, result = waiting.popleft()
                    with error:
                        yield done, result()
        error.raise_all()


def make_pictures(job: PictureJob, context: BuildContext) -> tuple[bytes, ...]:  # noqa: ARG001 - as all work
    """What a worker does with a picture."""
    from gazette.pictures.photographs import photographs

    try:
        return photographs(job.data, job.widths)
    except FileProblems as found:
        raise ContentError(each._replace(path=job.shown) for each in found.problems) from None


def build_units(jobs: Sequence[UnitJob], context: BuildContext) -> list[UnitResult]:
    """What a worker does with a batch of units."""
    return [build_unit(job, context) for job in jobs]


def render_alone(target: Target, context: BuildContext) -> Rendered:
    """What a worker does with a target without slots."""
    return render(target, context.template_set, {})


def render_document(document: tuple[Target, Mapping[str, str], Mapping[str, bytes]], context: BuildContext) -> Rendered:
    """What a worker does with a document, the fragments of its slots, and the pictures that it shows."""
    target, fragments, pictures = document
    return render(target, context.template_set, fragments, pictures)


class ProblemCollector:
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


def _in_turn(pool: WorkerPool, jobs: Sequence[UnitJob]) -> Iterator[list[UnitResult]]:
    """Batches in order, with so many ahead that workers never wait and results never pile up."""
    waiting: deque[Callable[[], list[UnitResult]]] = deque()
    for start in range(0, len(jobs), BATCH_SIZE):
        waiting.append(pool.submit(build_units, jobs[start : start + BATCH_SIZE]))
        while len(waiting) >= pool.max_pending:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()
