"""Limits the time and memory of laying out a document: far above what any real one needs, but below all there is."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import NamedTuple

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows
    resource = None

LOOK = 0.2
"""Seconds of processor time between two checks of a document that is being laid out."""


class Limit(NamedTuple):
    """Seconds of processor time of one thread, and bytes of memory that its process may take in addition."""

    seconds: float
    memory: int

    @classmethod
    def of(cls, characters: int) -> Limit:
        """Return the limit for a document with this many characters of HTML: some three times what a long one takes. (A
        page takes 0.1 to 0.2 s and 1.2 MB, and comes from 5,000 to 10,000 characters.)"""
        return cls(60 + characters / 10_000, 1_000_000_000 + characters * 400)


class PastLimit(BaseException):
    """Raised when a document passes its limit, with the `code` of the problem. It is no Exception, so that no error
    handler on the way catches it."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        super().__init__(code)


@contextmanager
def within(limit: Limit) -> Iterator[None]:
    """Raise PastLimit if the block passes its limit.

    A timer's signal checks what was used. Python handles signals between calls of C libraries, so the block ends there.
    The processor time of this thread counts, not elapsed time and not other threads: a busy machine fails no build.
    Memory is that of the whole process, since it cannot be told apart by thread. Signals reach only the main thread of
    a process: in other threads nothing is limited (Dask's workers, which have a memory limit of their own), nor on
    systems without such a timer (Windows).
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    started, before = time.thread_time(), _memory()
    watching = True

    def look(*_: object) -> None:
        """Raise at each check: a library that calls back may have swallowed the exception of the last one."""
        if watching and time.thread_time() - started > limit.seconds:
            raise PastLimit("pdf_time")
        if watching and _memory() - before > limit.memory:
            raise PastLimit("pdf_memory")

    handler = signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, LOOK, LOOK)
    try:
        try:
            yield
        finally:
            watching = False
    finally:  # a signal may arrive between the last line of the inner block and this one: it raises here
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)


def _memory() -> int:
    """Return the memory (bytes) that this process has now. If the system does not say, return the most it has had so
    far; if it says neither (Windows), 0: then only time is limited."""
    if resource is None:
        return 0
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - five times a second, pathlib is slower
            return int(file.read().split()[1]) * int(resource.getpagesize())
    except OSError:
        most = int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return most if sys.platform == "darwin" else most * 1024
