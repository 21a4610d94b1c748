"""The folder in which the state of an output folder's builds lies: the build database, and what is staged.

It lies in the cache, never in or beside the output folder: that may be a folder that a web server serves.
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
    """The state of a build cannot be written where it belongs. Carries the reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class State:
    """The state of the builds of the folder `output`, in the folder `folder`."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = folder, output
        self.database = folder / DATABASE
        self.is_spoiled = False
        """Whether the database was found to be spoiled while it was used."""

    def open(self, put_aside: Callable[[], None]) -> BuildDatabase:
        """The database. Where it is spoiled or another program's, it gives way to a new one, after a call of
        `put_aside`; nothing that it says is believed. Raises Unkept."""
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
        """The time (ns) of the file system; a file that is younger may change again and show the same time. Raises
        Unkept."""
        clock = self.folder / "lock"
        with self.guarded():
            clock.touch()
            os.utime(clock)
            return clock.stat().st_mtime_ns - COARSE_NS

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """Turn an OSError (or SQLite's) raised inside into Unkept, except a disk-full error on the output's own disk:
        to keep the state elsewhere would not help there."""
        try:
            yield
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT) and self.is_on_disk_of_output():
                raise
            raise Unkept(reason_of(error)) from None
        except sqlite3.OperationalError as error:
            raise Unkept(reason_of(as_of_system(error))) from None

    def is_on_disk_of_output(self) -> bool:
        """Whether both folders are on one file system."""
        try:
            return self.folder.stat().st_dev == self.output.stat().st_dev
        except OSError:
            return False


def as_of_system(error: sqlite3.Error) -> OSError:
    """What the database could not do, as the system says it."""
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return OSError(errno.ENOSPC if full else None, str(error))
