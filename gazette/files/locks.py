"""Keeps two processes from changing one folder at the same time.

The system holds the lock (flock, or its counterpart in Windows) and releases it when the process ends, however that
happens. The library filelock locks only files. Here the folder itself is locked, so that no extra file lies where a web
server may serve it.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

fcntl: ModuleType | None
msvcrt: ModuleType | None
try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
try:
    import msvcrt
except ImportError:  # everywhere else
    msvcrt = None

_AGAIN = 0.2
"""Seconds between two attempts on a system that cannot wait for a lock."""


class Lock:
    """The lock of a folder. It is held on the folder itself, whatever path a process uses; on `file` if the file system
    cannot lock folders. The caller closes it."""

    def __init__(self, folder: Path, file: Path) -> None:
        self.folder, self.file = folder, file
        self._held: int | None = None
        self._place: Path | None = None

    def take(self, busy: Callable[[], None]) -> bool:
        """Take the lock. If another process holds it, call `busy` (which may raise) and wait. Return False if neither
        the folder nor the file can be locked, as on some network folders."""
        places = [(self.file, os.O_RDWR | os.O_CREAT)]
        if fcntl is not None:
            places.insert(0, (self.folder, os.O_RDONLY))
        for path, flags in places:
            with contextlib.suppress(OSError):  # this one cannot be locked
                path.parent.mkdir(parents=True, exist_ok=True)
                self._take(path, flags, busy)
                return True
        return False

    def _take(self, path: Path, flags: int, busy: Callable[[], None]) -> None:
        """Take the lock of the file or folder `path`. Raises OSError if it cannot be locked."""
        held = os.open(path, flags, 0o600)
        try:
            if not _try(held):
                busy()
                _wait(held)
        except BaseException:
            os.close(held)
            raise
        self._held, self._place = held, path

    @property
    def is_of_now(self) -> bool:
        """Whether the locked folder is still at its path: the previous holder of the lock may have removed it."""
        if self._held is None or self._place is None:
            return True
        with contextlib.suppress(OSError):
            return os.path.samestat(os.fstat(self._held), self._place.stat())
        return False

    def close(self) -> None:
        """Release the lock."""
        if self._held is not None:
            os.close(self._held)
            self._held = None


def _try(held: int) -> bool:
    """Lock an open file without waiting. Return False if another process holds the lock. Raises OSError if the file
    cannot be locked at all."""
    if fcntl is not None:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
    if msvcrt is not None:
        try:
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True
    raise OSError("this system gives no locks")


def _wait(held: int) -> None:
    if fcntl is not None:
        fcntl.flock(held, fcntl.LOCK_EX)
        return
    while not _try(held):
        time.sleep(_AGAIN)
