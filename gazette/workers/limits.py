"""How long a document may take, and how much memory: far more than any that is meant, and not all there is."""

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
"""Seconds of work between two looks at a document that is being laid out."""


class Limit(NamedTuple):
    """Seconds of work of one thread, and bytes of memory beside what its process has already."""

    seconds: float
    memory: int

    @classmethod
    def of(cls, characters: int) -> Limit:
        """The limit of a document of so many characters of HTML: some three times what a long one takes (a page takes
        0.1 to 0.2 s and 1.2 MB, and comes from 5,000 to 10,000 characters)."""
        return cls(60 + characters / 10_000, 1_000_000_000 + characters * 400)


class PastLimit(BaseException):
    """A document passed its limit: the `code` of the problem. No handler of errors on the way may take it for one."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        super().__init__(code)


@contextmanager
def within(limit: Limit) -> Iterator[None]:
    """What is done inside ends with PastLimit when it passes its limit.

    A timer's signal looks at what was used. Python runs in between the calls of C libraries: there the end is felt.
    Work of this thread is counted, not the time of day nor what other threads do, so that a busy machine fails no
    build. Memory is that of the process: nobody can tell whose it is. Signals reach the main thread of a process only:
    nothing is limited in another one (Dask's workers, which have a limit of memory of their own), nor where the system
    has no such timer (Windows).
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    started, before = time.thread_time(), _memory()
    watching = True

    def look(*_: object) -> None:
        """Raises at each look: a library that calls back may have swallowed what was raised at the last one."""
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
    finally:  # a look may come between the last line inside and the first outside: then it is felt here
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)


def _memory() -> int:
    """The memory that this process has now; at most so far, where the system does not say it; nothing where it says
    neither (Windows): there only time is limited."""
    if resource is None:
        return 0
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - five times a second, pathlib is slower
            return int(file.read().split()[1]) * int(resource.getpagesize())
    except OSError:
        most = int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return most if sys.platform == "darwin" else most * 1024
