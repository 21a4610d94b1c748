"""Runs work on the workers of a Dask cluster: other machines with this program, but without its content.

Dask's own executor is not used: this one carries on when machines die or join, and reports when none are left.
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
"""Seconds within which a scheduler must answer."""

NO_WORKER_TIMEOUT = 60.0
"""Seconds that a build waits while there is no worker."""

POLL_INTERVAL = 1.0
"""Seconds between two checks for results and workers."""

Program = Mapping[str, str]


@contextmanager
def cluster(address: str) -> Iterator[DaskExecutor]:
    """Open the cluster whose scheduler is at `dask://HOST:PORT`. Every worker makes the same bytes as this machine.
    Raises ContentError if the scheduler does not answer, there is no worker, or one has another program."""
    try:
        import distributed  # noqa: F401 - importing it creates the loggers that are silenced
    except ImportError:
        raise _wrong("cluster_package", address, python=sys.executable) from None
    with _silenced():
        client = _connect(address)
        try:
            executor = DaskExecutor(client, address)
            executor.check()
            yield executor
        finally:
            with suppress(Exception):  # the connection ends in any case
                client.close(timeout=CONNECT_TIMEOUT)


class DaskExecutor:
    """A cluster that works on one build."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self._deserted: float | None = None
        """Since when there has been no worker (`time.monotonic`), or None."""
        self._sent: tuple[Context, Future[bytes]] | None = None
        """The context that was sent last, and the task that holds it."""

    # ── as an executor, and as its pool ──

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:  # noqa: ARG002
        """Open a pool of all workers, however few units there are: a user who names a cluster wants it to work."""
        return nullcontext(DaskPool(self, context))

    document_pool = unit_pool

    def submit(self, work: Callable[[P, Any], T], piece: P, context: Context) -> Callable[[], T]:
        """Submit a piece to any worker, and to another if that dies. Return a function that waits for the result."""
        names = {"program": dict(program()), "piece": pickle.dumps((work, piece)), "context": self._send(context)}
        with self._told():
            return partial(self._result, self.client.submit(eval, _CALL, names, pure=False))

    def workers(self) -> list[str]:
        """Return the current workers' addresses. Raises ContentError after `NO_WORKER_TIMEOUT` without any."""
        scheduler: Any = self.client.scheduler
        with self._told():
            current = list(self.client.sync(scheduler.ncores, callback_timeout=NO_WORKER_TIMEOUT))
        if current:
            self._deserted = None
        elif self._deserted is None:
            self._deserted = time.monotonic()
        elif time.monotonic() - self._deserted > NO_WORKER_TIMEOUT:
            raise self._problem("cluster_deserted", seconds=round(NO_WORKER_TIMEOUT))
        return current

    def check(self) -> None:
        """Wait for a worker. Raise ContentError with a problem for each worker that would make other bytes than this
        machine."""
        while not self.workers():
            time.sleep(POLL_INTERVAL)
        with self._told():
            programs = self.client.run(program, on_error="return")
        # A worker that has left meanwhile could not answer: that is no reason to stop.
        problems = [self._version_mismatch(worker, programs[worker]) for worker in self.workers() if worker in programs]
        if any(problems):
            raise ContentError(problem for problem in problems if problem)

    # ── underneath ──

    def _send(self, context: Context) -> Future[bytes]:
        """Return the context as the result of a task: Dask brings it to each worker once. If all workers that have it
        die, the scheduler runs the task again; scattered data would be lost."""
        if self._sent is None or self._sent[0] is not context:
            packed = pickle.dumps(context.to_travel())
            with self._told():
                self._sent = context, self.client.submit(bytes, packed, pure=False)
        return self._sent[1]

    def _result(self, future: Future[Any]) -> Any:
        """Return the result of a piece of work. Raises ContentError with its problems, or if a worker cannot do it."""
        from distributed import KilledWorker

        try:
            what, answer = self._wait(future)
        except KilledWorker:
            raise self._problem("cluster_killed") from None
        except ContentError:
            raise
        except Exception:
            self.check()  # a worker without this program cannot report that
            raise
        if what == "other":
            raise ContentError([problem for problem in [self._version_mismatch(*answer)] if problem])
        result = pickle.loads(answer)
        if what == "wrong":
            raise ContentError(result)
        return result

    def _wait(self, future: Future[Any]) -> Any:
        """Wait for a task and return its result. Raises what the task raised."""
        from distributed import wait

        while True:
            with self._told(), suppress(TimeoutError):
                wait([future], POLL_INTERVAL)
                # If a worker dies before its result is fetched, the result is lost: wait for another one to make it.
                if future.status == "finished":
                    return future.result(timeout=NO_WORKER_TIMEOUT)
            if future.status == "error":
                future.result()
            self.workers()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn errors about a lost scheduler into ContentError."""
        from distributed import CancelledError

        try:
            yield
        except (CancelledError, OSError):
            raise self._problem("cluster_lost") from None

    def _version_mismatch(self, worker: str, found: Program | Exception) -> Problem | None:
        """Return the problem of a worker whose program differs, or could not answer; None if it is the same."""
        if isinstance(found, Exception):
            reason = str(found) or type(found).__name__
            return Problem.at(COMMAND, 0, 0, "cluster_without", worker=worker, found=reason)
        expected = program()
        other = [name for name in {**expected, **found} if expected.get(name) != found.get(name)]
        if not other:
            return None
        listed = [", ".join(f"{name} {versions.get(name, '–')}" for name in other) for versions in (found, expected)]
        return Problem.at(COMMAND, 0, 0, "cluster_other", worker=worker, found=listed[0], expected=listed[1])

    def _problem(self, code: str, **values: object) -> ContentError:
        return _wrong(code, self.address, **values)


class DaskPool:
    """The workers of a cluster, for work with one context."""

    def __init__(self, cluster: DaskExecutor, context: Context) -> None:
        self.cluster, self.context = cluster, context

    @property
    def max_pending(self) -> int:
        """Pending pieces needed to keep all current workers busy."""
        return 3 * max(1, len(self.cluster.workers()))

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        """Submit a piece, as `DaskExecutor.submit` does."""
        return self.cluster.submit(work, piece, self.context)


# ── the connection ───────────────────────────────────────────────────────────


def _connect(address: str) -> Client:
    """Return a client of the scheduler at `address`. Raises ContentError if none answers there."""
    from distributed import Client

    host_and_port = address.removeprefix("dask://")
    try:
        _probe(host_and_port)
        return Client(f"tcp://{host_and_port}", timeout=CONNECT_TIMEOUT)
    except Exception:  # anything may answer there, with anything
        raise _wrong("cluster_silent", address) from None


def _probe(host_and_port: str) -> None:
    """Raise OSError unless a scheduler listens at HOST:PORT. Dask's client would retry a refused connection, and wait
    for ever if nothing is said. A scheduler speaks first: it sends the length (64 bits) of a short greeting."""
    host, _, port = host_and_port.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT_TIMEOUT) as line:
        greeting_length = line.makefile("rb").read(8)
    if len(greeting_length) < 8 or int.from_bytes(greeting_length, "little") > _GREETING:
        raise OSError


_GREETING = 1_000_000
"""Bytes: every greeting is shorter."""


@contextmanager
def _silenced() -> Iterator[None]:
    """Silence the loggers and warnings of Dask while the block runs, then restore them. What matters to users is
    reported as a problem."""
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
"""How a task calls `work`. The scheduler unpickles every task to sort it; a text does not need this package for
that."""

_one_at_a_time = threading.Lock()
"""Held while a worker works: Dask uses threads, but what pages asked for, fonts and WeasyPrint's warnings are state of
the whole process."""


def work(expected: Program, piece: bytes, context: bytes) -> tuple[str, Any]:
    """Do a pickled piece of work, in a worker. Return ("made", pickled result), ("wrong", pickled problems), or
    ("other", (this worker, its program)) if its program is not the `expected` one.

    Problems are returned, not raised: Dask shortens long exceptions.
    """
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
    """Return the unpickled context, cached: templates are compiled once for a build, not once for a task."""
    return pickle.loads(context)


@lru_cache(maxsize=1)
def program() -> dict[str, str]:
    """Return the versions of everything that makes bytes in this process: `{name: version}`."""
    versions = dict(line.split(" ", 1) for line in tools().splitlines())
    versions["distributed"] = version("distributed")
    return {"source": package_digest()[:12], **versions, "fonts": versions["fonts"][:12]}
