"""Manages the folder with the state of an output folder's builds: the build database, and staged files.

It lies in the cache, never in or beside the output folder: a web server may serve that one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.layout import Unreadable
from gazette.building.place import DATABASE
from gazette.files.walk import COARSE_NS
from gazette.messages.problems import reason_of


class Unkept(Exception):
    """Raised when the state of a build cannot be written where it belongs. Holds the reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class State:
    """The state of the builds of the folder `output`, in the folder `folder`."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = folder, output
        self.database = folder / DATABASE
        self.is_spoiled = False
        """Whether the database turned out to be damaged while it was in use."""

    def open(self, put_aside: Callable[[], None]) -> BuildDatabase:
        """Open the build database. If it is damaged or another program's, move it aside, call `put_aside`, and begin an
        empty one. Raises Unkept."""
        with self.guarded():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                if self.is_spoiled:
                    raise Unreadable
                return BuildDatabase(self.database)
            except Unreadable:
                self.is_spoiled = False
                with contextlib.suppress(FileNotFoundError):
                    self.database.replace(self.database.with_suffix(".damaged"))
                self.database.with_name(f"{self.database.name}-journal").unlink(missing_ok=True)
                put_aside()
                return BuildDatabase(self.database)

    def now(self) -> int:
        """Return the current time (ns) of the file system, less the precision of its times. A file younger than that
        may change again and keep the same time. Raises Unkept."""
        clock = self.folder / "lock"
        with self.guarded():
            clock.touch()
            os.utime(clock)
            return clock.stat().st_mtime_ns - COARSE_NS

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn an OSError (or SQLite's) of the block into Unkept, unless the disk is full and the output folder is on
        it, too: keeping the state elsewhere would not help then."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT) and self.is_on_disk_of_output():
                raise
            raise Unkept(reason_of(error)) from None
        except sqlite3.OperationalError as error:
            raise Unkept(reason_of(as_of_system(error))) from None

    def is_on_disk_of_output(self) -> bool:
        """Return whether both folders are on one file system."""
        try:
            return self.folder.stat().st_dev == self.output.stat().st_dev
        except OSError:
            return False


def as_of_system(error: sqlite3.Error) -> OSError:
    """Return an error of SQLite as an OSError."""
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return OSError(errno.ENOSPC if full else None, str(error))
