"""Schedules work: units in batches, documents and pictures one by one, everything else in this process."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
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
    """Open a scheduler for the `with` block. `executor` is `serial` for this process, `processes` for up to `jobs`
    processes of this machine, `dask://HOST:PORT` for the workers of that cluster. Raises ContentError if the cluster
    cannot be used."""
    if executor.startswith("dask://"):
        from gazette.workers.dask import cluster

        with cluster(executor) as workers:
            yield Scheduler(workers)
    else:
        yield Scheduler(SerialExecutor() if executor == "serial" else ProcessExecutor(jobs))


UNITS_PER_FONT = 2
"""Packing a part of the heading font takes about as long as making this many units."""


class PictureJob(NamedTuple):
    """A picture of the content: its name, its path as an editor types it, its bytes, and the largest width (px) of each
    picture made from it."""

    name: str
    shown: str
    data: bytes
    widths: tuple[int, ...]


PicturesOf = Callable[[Target, Mapping[str, str]], Mapping[str, bytes]]
"""Returns the pictures that a target shows with the fragments of its slots: `{path on the site: bytes}`."""


def no_pictures(target: Target, fragments: Mapping[str, str]) -> Mapping[str, bytes]:  # noqa: ARG001 - as all of them
    """Return no pictures."""
    return {}


class ByPlace(NamedTuple):
    """Targets by where they are made, in the order in which they are made."""

    here: list[Target]
    fonts: list[Target]
    documents: list[Target]


def by_place(targets: Iterable[Target]) -> ByPlace:
    """Sort targets by where they are made: documents (the longest first) and fonts by workers, others in this
    process."""
    groups = ByPlace([], [], [])
    for target in targets:
        group = groups.documents if target.cost > 1 else groups.fonts if target.maker == "font" else groups.here
        group.append(target)
    groups.documents.sort(key=lambda target: -target.cost)
    return groups


def in_turn(targets: Iterable[Target]) -> list[tuple[str, str]]:
    """Return the order in which `make_targets` yields targets, as (heading of the progress, path)."""
    here, fonts, documents = by_place(targets)
    return [*(("shared", each.path) for each in (*here, *fonts)), *(("documents", each.path) for each in documents)]


class Scheduler:
    """Makes units, targets and pictures with the workers of an executor."""

    def __init__(self, executor: Executor) -> None:
        self.executor = executor

    def make_units(self, jobs: Sequence[UnitJob], context: BuildContext) -> Iterator[UnitResult]:
        """Yield the result of each job, in the order of `jobs`. This process makes the first: workers that it forks
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
        """Yield (target, bytes, own text), in the order of `in_turn`. Workers make fonts and documents, this process
        the rest. `fragments_of` is called when a target's turn comes: the fragments of all targets together are as
        large as the site. `pictures_of` is called for documents. Raises ContentError with the problems of all
        targets."""
        here, fonts, documents = by_place(targets)
        error = ProblemCollector()
        with ExitStack() as forked:
            # This pool forks, and has to be open before the other one gives this process a second thread.
            pool = forked.enter_context(self.executor.unit_pool(context, len(fonts) * UNITS_PER_FONT))
            with self.executor.document_pool(context, len(documents)) as long_pool:
                made_fonts = [(target, pool.submit(render_alone, target)) for target in fonts]
                made_documents = []
                for target in documents:
                    fragments = fragments_of(target)
                    piece = target, fragments, pictures_of(target, fragments)
                    made_documents.append((target, long_pool.submit(render_document, piece)))
                for target in here:
                    with error:
                        yield (target, *render(target, context.template_set, fragments_of(target)))
                yield from _results(made_fonts, error)
                forked.close()  # documents take long: nobody waits beside them for nothing
                yield from _results(made_documents, error)
        error.raise_all()

    def make_pictures(
        self, jobs: Iterable[PictureJob], context: BuildContext, weight: int
    ) -> Iterator[tuple[PictureJob, tuple[bytes, ...]]]:
        """Yield each job with its pictures, in the order of `jobs`. `weight`: how many workers have enough to do. Few
        jobs are read ahead: memory may not hold the bytes of all. Raises ContentError with the problems of all jobs."""
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
    """Make the pictures of a job, in a worker. Raises ContentError."""
    from gazette.pictures.photographs import photographs

    try:
        return photographs(job.data, job.widths)
    except FileProblems as error:
        raise ContentError(each._replace(path=job.shown) for each in error.problems) from None


def build_units(jobs: Sequence[UnitJob], context: BuildContext) -> list[UnitResult]:
    """Make a batch of units, in a worker."""
    return [build_unit(job, context) for job in jobs]


def render_alone(target: Target, context: BuildContext) -> Rendered:
    """Render a target without slots, in a worker."""
    return render(target, context.template_set, {})


def render_document(document: tuple[Target, Mapping[str, str], Mapping[str, bytes]], context: BuildContext) -> Rendered:
    """Render a document, given as (target, fragments of its slots, pictures), in a worker."""
    target, fragments, pictures = document
    return render(target, context.template_set, fragments, pictures)


class ProblemCollector:
    """Collects the problems of several `with` blocks, so that all are reported."""

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
        """Raise ContentError with the problems of all blocks, if there are any."""
        if self.problems:
            raise ContentError(self.problems)  # type: ignore[arg-type]


def _results(
    waiting: Iterable[tuple[Target, Callable[[], Rendered]]], error: ProblemCollector
) -> Iterator[tuple[Target, bytes, str]]:
    """Yield what workers made, as (target, bytes, own text); their problems go to `error`."""
    for target, result in waiting:
        with error:
            yield (target, *result())


def _in_turn(pool: WorkerPool, jobs: Sequence[UnitJob]) -> Iterator[list[UnitResult]]:
    """Yield the results of batches in order. Enough batches are submitted ahead to keep workers busy, but few enough
    that results do not pile up."""
    waiting: deque[Callable[[], list[UnitResult]]] = deque()
    for start in range(0, len(jobs), BATCH_SIZE):
        waiting.append(pool.submit(build_units, jobs[start : start + BATCH_SIZE]))
        while len(waiting) >= pool.max_pending:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()
