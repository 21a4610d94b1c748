"""The workers of a Dask cluster: other machines that have this program, and none of its content.

Dask's own executor is not used: work here waits for machines that die and others that come, and says so when none do.
"""

from __future__ import annotations

import logging
import pickle
import socket
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from gazette.environment import isolate
from gazette.installed import version
from gazette.messages.problems import COMMAND, ContentError, Problem
from gazette.versions import package_digest, tools

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from distributed import Client, Future

    from gazette.workers.executor import Context, WorkerPool

P = TypeVar("P")
T = TypeVar("T")

CONNECT_TIMEOUT = 5.0
"""Seconds within which a scheduler answers."""

NO_WORKER_TIMEOUT = 60.0
"""Seconds for which a build waits for a worker while there is none."""

POLL_INTERVAL = 1.0
"""Seconds between two looks whether there is a worker."""

Program = Mapping[str, str]


@contextmanager
def cluster(address: str) -> Iterator[DaskExecutor]:
    """The workers of the cluster whose scheduler is at `dask://HOST:PORT`, of which none would make other bytes. Raises
    ContentError where it does not answer, has no worker, or has one with another program."""
    try:
        import distributed  # noqa: F401 - it makes the loggers that are silenced
    except ImportError:
        raise _wrong("cluster_package", address, python=sys.executable) from None
    with _silenced():
        client = _connect(address)
        try:
            found = DaskExecutor(client, address)
            found.check()
            yield found
        finally:
            with suppress(Exception):  # whatever ends a connection, it is at its end
                client.close(timeout=CONNECT_TIMEOUT)


class DaskExecutor:
    """A cluster at work on one build."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self._deserted: float | None = None
        """Since when there is no worker."""
        self._sent: tuple[Context, Future[bytes]] | None = None

    # ── as an executor, and as its pool ──

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:  # noqa: ARG002
        """All workers, however few units there are: who names a cluster wants it to work."""
        return nullcontext(DaskPool(self, context))

    document_pool = unit_pool

    def submit(self, work: Callable[[P, Any], T], piece: P, context: Context) -> Callable[[], T]:
        """Have a piece worked on by any worker; if that dies, by another."""
        names = {"program": dict(program()), "piece": pickle.dumps((work, piece)), "context": self._send(context)}
        with self._told():
            return partial(self._result, self.client.submit(eval, _CALL, names, pure=False))

    def workers(self) -> list[str]:
        """The workers that are there now. Raises ContentError where there has been none for long."""
        scheduler: Any = self.client.scheduler
        with self._told():
            there = list(self.client.sync(scheduler.ncores, callback_timeout=NO_WORKER_TIMEOUT))
        if there:
            self._deserted = None
        elif self._deserted is None:
            self._deserted = time.monotonic()
        elif time.monotonic() - self._deserted > NO_WORKER_TIMEOUT:
            raise self._problem("cluster_deserted", seconds=round(NO_WORKER_TIMEOUT))
        return there

    def check(self) -> None:
        """Raises ContentError with every worker that would make other bytes than this machine. Waits for a worker."""
        while not self.workers():
            time.sleep(POLL_INTERVAL)
        with self._told():
            found = self.client.run(program, on_error="return")
        # Who has left in the meantime could not answer: that is no reason to stop.
        problems = [self._version_mismatch(worker, found[worker]) for worker in self.workers() if worker in found]
        if any(problems):
            raise ContentError(problem for problem in problems if problem)

    # ── underneath ──

    def _send(self, context: Context) -> Future[bytes]:
        """What all pieces have in common, as the result of a task: Dask brings it to each worker once; should all die
        that have it, the scheduler has the task done again. (Data that is scattered would be lost.)"""
        if self._sent is None or self._sent[0] is not context:
            packed = pickle.dumps(context.to_travel())
            with self._told():
                self._sent = context, self.client.submit(bytes, packed, pure=False)
        return self._sent[1]

    def _result(self, future: Future[Any]) -> Any:
        """What came of a piece of work."""
        from distributed import KilledWorker

        try:
            what, told = self._wait(future)
        except KilledWorker:
            raise self._problem("cluster_killed") from None
        except ContentError:
            raise
        except Exception:
            self.check()  # a worker without this program cannot even say so
            raise
        if what == "other":
            raise ContentError([problem for problem in [self._version_mismatch(*told)] if problem])
        result = pickle.loads(told)
        if what == "wrong":
            raise ContentError(result)
        return result

    def _wait(self, future: Future[Any]) -> Any:
        """The result of a task, as soon as it is here. Raises what the task raised."""
        from distributed import wait

        while True:
            with self._told(), suppress(TimeoutError):
                wait([future], POLL_INTERVAL)
                # What a worker made is lost if it dies before it is fetched: then this waits for another to make it.
                if future.status == "finished":
                    return future.result(timeout=NO_WORKER_TIMEOUT)
            if future.status == "error":
                future.result()
            self.workers()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """A scheduler that went away is told."""
        from distributed import CancelledError

        try:
            yield
        except (CancelledError, OSError):
            raise self._problem("cluster_lost") from None

    def _version_mismatch(self, worker: str, found: Program | Exception) -> Problem | None:
        """What is wrong with a worker's program, if anything."""
        if isinstance(found, Exception):
            said = str(found) or type(found).__name__
            return Problem.at(COMMAND, 0, 0, "cluster_without", worker=worker, found=said)
        own = program()
        other = [name for name in {**own, **found} if own.get(name) != found.get(name)]
        if not other:
            return None
        shown = [", ".join(f"{name} {versions.get(name, '–')}" for name in other) for versions in (found, own)]
        return Problem.at(COMMAND, 0, 0, "cluster_other", worker=worker, found=shown[0], expected=shown[1])

    def _problem(self, code: str, **values: object) -> ContentError:
        return _wrong(code, self.address, **values)


class DaskPool:
    """The workers of a cluster, who know what all pieces have in common."""

    def __init__(self, cluster: DaskExecutor, context: Context) -> None:
        self.cluster, self.context = cluster, context

    @property
    def max_pending(self) -> int:
        """Workers come and go."""
        return 3 * max(1, len(self.cluster.workers()))

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        return self.cluster.submit(work, piece, self.context)


# ── the connection ───────────────────────────────────────────────────────────


def _connect(address: str) -> Client:
    from distributed import Client

    place = address.removeprefix("dask://")
    try:
        _probe(place)
        return Client(f"tcp://{place}", timeout=CONNECT_TIMEOUT)
    except Exception:  # whoever answers may be anything, and say anything
        raise _wrong("cluster_silent", address) from None


def _probe(place: str) -> None:
    """Raises OSError where no scheduler is. Dask itself would knock again and again at a closed door, and wait for ever
    for one who is silent. A scheduler speaks first: it says the length (64 bits) of a short greeting."""
    host, _, port = place.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_TIMEOUT) as line:
        said = line.makefile("rb").read(8)
    if len(said) < 8 or int.from_bytes(said, "little") > _GREETING:
        raise OSError


_GREETING = 1_000_000
"""Bytes that no greeting has."""


@contextmanager
def _silenced() -> Iterator[None]:
    """While a cluster is in use, what Dask tells its own users is kept off the screen; what matters here is told as a
    problem. Loggers and warnings are then as they were."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] in _TALKATIVE]
    before = [(logger, logger.handlers, logger.propagate) for logger in map(logging.getLogger, names)]
    for logger, _, _ in before:
        logger.handlers, logger.propagate = [logging.NullHandler()], False
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed")
            yield
    finally:
        for logger, handlers, propagate in before:
            logger.handlers, logger.propagate = handlers, propagate


_TALKATIVE = ("distributed", "dask", "tornado", "asyncio")
"""The packages whose loggers are silenced."""


def _wrong(code: str, address: str, **values: object) -> ContentError:
    return ContentError([Problem.at(COMMAND, 0, 0, code, address=address, **values)])


# ── at a worker ──────────────────────────────────────────────────────────────

_CALL = "__import__('gazette.workers.dask', fromlist=['work']).work(program, piece, context)"
"""How a task calls `work`. The scheduler unpacks every task to sort it; a text it can unpack without this package."""

_one_at_a_time = threading.Lock()
"""Dask works in threads, but making has one state a process: what pages asked for, fonts, WeasyPrint's warnings."""


def work(expected: Program, piece: bytes, context: bytes) -> tuple[str, Any]:
    """A piece of work with what came of it, packed: `made` with its result, `wrong` with problems; or `other` with this
    worker and its program, if that is not the `expected` one.

    Problems are a result: Dask cuts exceptions that are long."""
    from distributed import get_worker

    with _one_at_a_time:
        isolate()
        if program() != expected:
            return "other", (get_worker().address, dict(program()))
        task, given = pickle.loads(piece)
        try:
            return "made", pickle.dumps(task(given, _unpacked(context)))
        except ContentError as error:
            return "wrong", pickle.dumps(error.problems)


@lru_cache(maxsize=2)
def _unpacked(context: bytes) -> Any:
    """Templates are compiled once for a build, not once for a task."""
    return pickle.loads(context)


@lru_cache(maxsize=1)
def program() -> dict[str, str]:
    """What makes the bytes in this process: names with versions."""
    found = dict(line.split(" ", 1) for line in tools().splitlines())
    found["distributed"] = version("distributed")
    return {"source": package_digest()[:12], **found, "fonts": found["fonts"][:12]}
