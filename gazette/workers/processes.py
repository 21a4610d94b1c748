"""Runs work in other processes of this machine, as many as there is work for.

Each worker has a pipe of its own, and workers share nothing. The pool of the standard library hands out work through
one queue with a lock: a worker that is killed while it holds that lock leaves all others waiting for ever.
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
"""Making fewer units than these takes less time than starting other processes."""

EXIT_TIMEOUT = 5.0
"""Seconds within which an idle worker must end."""


class ProcessExecutor(SerialExecutor):
    """Works in up to `workers` processes; in this process alone if that is faster."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def unit_pool(self, context: Context, units: int) -> AbstractContextManager[WorkerPool]:
        """Open a pool of forked workers, which have everything imported already. Must be called before this process has
        a second thread."""
        if units < MIN_UNITS_FOR_POOL or self.workers < 2:
            return super().unit_pool(context, units)
        return _pool(min(self.workers, -(-units // BATCH_SIZE)), "fork" if hasattr(os, "fork") else "spawn", context)

    def document_pool(self, context: Context, documents: int) -> AbstractContextManager[WorkerPool]:
        """Open a pool of workers that start from nothing."""
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


# ── in this process ──────────────────────────────────────────────────────────


class _Worker:
    """A worker process, this end of its pipe, and its current task."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process, self.pipe = process, pipe
        self.task: Future[Any] | None = None


class ProcessPool:
    """Worker processes. A thread of this process hands out pieces and takes results, so that workers never wait."""

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
        with _uninterrupted():  # Ctrl-C is for this process only
            for _ in range(workers):
                self._workers.append(self._started(context))
        self._thread = threading.Thread(target=self._attend, daemon=True)
        self._thread.start()

    def _started(self, context: Context) -> _Worker:
        """Start a worker. Return it with this end of its pipe."""
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_at_work, args=(theirs, context), daemon=True)  # type: ignore[attr-defined]
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def submit(self, work: Callable[[P, Any], T], piece: P) -> Callable[[], T]:
        """Submit a piece, as `WorkerPool.submit` does. What is returned also raises ContentError if the system killed a
        worker."""
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
        """End the workers. With `at_once`, also those that are working are killed."""
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
        """Wake the thread."""
        with contextlib.suppress(OSError):
            self._bell.send_bytes(b".")

    def _attend(self) -> None:
        """The thread's loop: give pieces to idle workers and take results, until the pool ends or a worker dies."""
        from multiprocessing.connection import wait

        while not self._ending:
            try:
                self._give()
                connections = [self._woken, *(worker.pipe for worker in self._workers if worker.task)]
                ready = wait([*connections, *(worker.process.sentinel for worker in self._workers)])
                if self._woken in ready:
                    self._woken.recv_bytes()
                for worker in self._workers:
                    if worker.pipe in ready and worker.task:
                        _settle(worker.task, worker.pipe.recv())
                        worker.task = None
                if any(worker.process.sentinel in ready for worker in self._workers):
                    raise EOFError
            except Exception as error:  # if the thread just ended, everything would wait for ever
                if not self._ending:
                    self._give_up(_lost() if isinstance(error, (OSError, EOFError)) else error)
                return

    def _give(self) -> None:
        """Give each idle worker a waiting piece."""
        for worker in self._workers:
            with self._lock:
                if worker.task or not self._waiting:
                    continue
                worker.task, piece = self._waiting.popleft()
            worker.pipe.send(piece)

    def _give_up(self, error: Exception) -> None:
        """Kill all workers, and let all tasks raise `error`: the work of the lost worker cannot be recovered, so the
        build fails."""
        for worker in self._workers:
            worker.process.kill()
        with self._lock:
            self._error = error
            tasks = [task for task, _ in self._waiting]
            self._waiting.clear()
        for task in (*tasks, *(worker.task for worker in self._workers if worker.task)):
            task.set_exception(error)


def _settle(task: Future[Any], answer: tuple[bool, Any]) -> None:
    """Set the result of a task, or the exception it raises. `answer` is what `_answer` returned."""
    done, result = answer
    if done:
        task.set_result(result)
    else:
        task.set_exception(result)


def _lost() -> ContentError:
    """Return the error for a worker that died. Nothing that Python runs ends a worker: the system killed it."""
    return ContentError([Problem.at(COMMAND, 0, 0, "worker_lost")])


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Delay Ctrl-C until the block ends. Processes started in the block never receive it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ── in a worker ──────────────────────────────────────────────────────────────


def _at_work(pipe: Connection, context: Context) -> None:
    """Work in a worker process: do what comes through the pipe, until None comes or the parent process ends."""
    threading.Thread(target=_follow, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        while (piece := pipe.recv()) is not None:
            pipe.send(_answer(piece, context))


def _follow() -> None:
    """End this worker as soon as its parent process has ended, however that happened."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(piece: tuple[Callable[[Any, Any], Any], Any], context: Context) -> tuple[bool, object]:
    """Do a piece of work. Return (True, result) or (False, exception)."""
    work, what = piece
    try:
        return True, work(what, context)
    except Exception as error:
        error.add_note(traceback.format_exc())  # a traceback cannot be pickled
        return False, error
