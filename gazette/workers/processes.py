"""The other processes of this machine that work, as many as there is work for.

Each worker has a pipe of its own, and nothing is shared between workers. The pool of Python's library hands work out
through one queue with a lock, and a worker that is killed while it holds that lock leaves all others waiting for ever.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from gazette.messages.problems import COMMAND, ContentError, Problem
from gazette.workers.executor import BATCH_SIZE, Context, SerialExecutor, WorkerPool

if TYPE_CHECKING:
    from concurrent.futures import Future
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

P = TypeVar("P")
T = TypeVar("T")

MIN_UNITS_FOR_POOL = 12
"""Fewer units than these are made sooner than other processes are started."""

EXIT_TIMEOUT = 5.0
"""Seconds for which a worker that has nothing left to do may take to end."""


class ProcessExecutor(SerialExecutor):
    """Up to `workers` processes; none where this one alone is sooner done."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:
        """Forked workers, which have everything imported already; to be started before this process has a second
        thread."""
        if units < MIN_UNITS_FOR_POOL or self.workers < 2:
            return super().unit_pool(context, units)
        return _pool(min(self.workers, -(-units // BATCH_SIZE)), "fork" if hasattr(os, "fork") else "spawn", context)

    def document_pool(self, context: Context, documents: int) -> AbstractContextManager[WorkerPool]:
        """Workers that begin from nothing."""
        if documents < 2 or self.workers < 2:
            return super().document_pool(context, documents)
        return _pool(min(self.workers, documents), "spawn", context)


@contextmanager
def _pool(workers: int, start: str, context: Context) -> Iterator[WorkerPool]:
    pool = ProcessPool(workers, start, context)
    try:
        yield pool
    except BaseException:
        pool.end(at_once=True)
        raise
    pool.end(at_once=False)


# ── the side of the one who sends for work ──────────────────────────────────


class _Worker:
    """A process, this end of its pipe, and what it works on."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe
        self.task: Future[Any] | None = None


class ProcessPool:
    """Processes at work. A thread hands out pieces and takes results, so that workers never wait for this process."""

    def __init__(self, workers: int, start: str, context: Context) -> None:
        import multiprocessing

        self.max_pending = 3 * workers
        self._context = multiprocessing.get_context(start)
        self._waiting: deque[tuple[Future[Any], object]] = deque()
        self._lock = threading.Lock()
        self._ending = False
        self._error: Exception | None = None
        self._woken, self._bell = self._context.Pipe(duplex=False)
        self._workers: list[_Worker] = []
        with _uninterrupted():  # Ctrl-C is for this process: those that it starts are never told
            for _ in range(workers):
                self._workers.append(self._started(context))
        self._thread = threading.Thread(target=self._attend, daemon=True)
        self._thread.start()

    def _started(self, context: Context) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_at_work, args=(theirs, context), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        """As of a pool. What is returned raises ContentError where the system ended a worker."""
        from concurrent.futures import Future

        task: Future[T] = Future()
        with self._lock:
            if self._error:
                task.set_exception(self._error)
            else:
                self._waiting.append((task, (work, piece)))
        self._ring()
        return task.result

    def end(self, at_once: bool) -> None:
        """Send the workers home; `at_once` also those that are at work."""
        self._ending = True
        self._ring()
        self._thread.join(EXIT_TIMEOUT)
        for worker in self._workers:
            with contextlib.suppress(OSError):
                worker.pipe.send(None)
        for worker in self._workers:
            if not at_once:
                worker.process.join(EXIT_TIMEOUT)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
            worker.pipe.close()
        self._woken.close()
        self._bell.close()

    def _ring(self) -> None:
        with contextlib.suppress(OSError):
            self._bell.send_bytes(b".")

    def _attend(self) -> None:
        """The thread: give to whoever is idle, take from whoever is done, until the end or a worker's."""
        from multiprocessing.connection import wait

        while not self._ending:
            try:
                self._give()
                places = [self._woken, *(worker.pipe for worker in self._workers if worker.task)]
                ready = wait([*places, *(worker.process.sentinel for worker in self._workers)])
                if self._woken in ready:
                    self._woken.recv_bytes()
                for worker in self._workers:
                    if worker.pipe in ready and worker.task:
                        _settle(worker.task, worker.pipe.recv())
                        worker.task = None
                if any(worker.process.sentinel in ready for worker in self._workers):
                    raise EOFError
            except Exception as error:  # a thread that ended without a word would leave everybody waiting
                if not self._ending:
                    self._give_up(_lost() if isinstance(error, (OSError, EOFError)) else error)
                return

    def _give(self) -> None:
        for worker in self._workers:
            with self._lock:
                if worker.task or not self._waiting:
                    continue
                worker.task, piece = self._waiting.popleft()
            worker.pipe.send(piece)

    def _give_up(self, error: Exception) -> None:
        """A worker is gone: what it had is lost, and so is the build. The others end."""
        for worker in self._workers:
            worker.process.kill()
        with self._lock:
            self._error = error
            tasks = [task for task, _ in self._waiting]
            self._waiting.clear()
        for task in (*tasks, *(worker.task for worker in self._workers if worker.task)):
            task.set_exception(error)


def _settle(task: Future[Any], answer: tuple[bool, Any]) -> None:
    done, result = answer
    if done:
        task.set_result(result)
    else:
        task.set_exception(result)


def _lost() -> ContentError:
    """Nothing that Python runs ends a worker: the system did."""
    return ContentError([Problem.at(COMMAND, 0, 0, "worker_lost")])


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """An interrupt that comes inside is felt at the end. Processes that are started inside feel none, ever."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ── the side of a worker ─────────────────────────────────────────────────────


def _at_work(pipe: Connection, context: Context) -> None:
    """A worker: it does what comes through the pipe, and ends with the process that sent for it, however that ends."""
    threading.Thread(target=_follow, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while (piece := pipe.recv()) is not None:
            pipe.send(_answer(piece, context))


def _follow() -> None:
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(piece: tuple[Callable[[Any, Any], Any], Any], context: Context) -> tuple[bool, object]:
    work, what = piece
    try:
        return True, work(what, context)
    except Exception as error:
        error.add_note(traceback.format_exc())  # the trace itself does not travel
        return False, error
