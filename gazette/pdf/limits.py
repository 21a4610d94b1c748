"""Owns how long a document may take, and how much memory: far more than any that is meant, and not all there is."""

from __future__ import annotations

import ctypes
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
"""Seconds between two looks at a document that is being laid out."""


class Limit(NamedTuple):
    """Seconds of work, and bytes of memory beside what the process has already."""

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

    Python runs in between the calls of C libraries: there the end is felt. Work is counted, not the time of day, so
    that a busy machine fails no build.
    """
    passed: list[str] = []
    done = threading.Event()
    watched, started, before = threading.get_ident(), time.process_time(), _memory()

    def watch() -> None:
        while not done.wait(LOOK):
            if not passed and time.process_time() - started > limit.seconds:
                passed.append("pdf_time")
            if not passed and _memory() - before > limit.memory:
                passed.append("pdf_memory")
            if passed:  # again at each look: a library that calls back may have swallowed the last one
                _raise_in(watched)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        try:
            yield
        finally:
            _end(watcher, done, watched, passed)
    except PastLimit:
        _end(watcher, done, watched, passed)  # one was felt between two lines of ours
    if passed:
        raise PastLimit(passed[0])


def _end(watcher: threading.Thread, done: threading.Event, watched: int, passed: list[str]) -> None:
    """The watcher goes. What it may have raised at the last moment is raised once more and felt here.

    It is not taken back: CPython 3.11 would still be signalled that something is on its way, and code that is traced
    or profiled waits for it for ever.
    """
    while True:
        try:
            done.set()
            watcher.join()
            if not passed:
                return
            _raise_in(watched)
            while True:
                pass
        except PastLimit:
            if not watcher.is_alive():
                return


def _raise_in(thread: int) -> None:
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(PastLimit))


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
