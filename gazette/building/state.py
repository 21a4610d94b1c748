"""The folder in which the state of an output folder's builds lies: what is kept of them, and what is staged.

It lies in the cache, never in or beside the output folder: that may be a folder that a web server serves.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.layout import Unreadable
from gazette.messages.problems import reason_of

_COARSE_NS = 50_000_000
"""So far may a file system's times be off: two changes within it can have one time."""


def state_folder(cache: Path, output: Path) -> Path:
    """Where the state of the builds of `output` lies. Whichever way leads to that folder, a link or `.`: it is one; and
    it stays the same where both folders are moved together."""
    real, base = os.path.realpath(output), os.path.realpath(cache)
    try:
        way = os.path.relpath(real, base)
    except ValueError:  # two drives of Windows
        way = real
    digest = hashlib.sha256(way.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return Path(base, "state", f"{Path(real).name or 'root'}-{digest}")


class Unkept(Exception):
    """The state of a build cannot be written where it belongs. Carries the reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


class State:
    """The state of the builds of the folder `output`, in the folder `folder`."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = folder, output
        self.staging, self.database = folder / "staged", folder / "build.db"
        self.lock = folder / "lock"
        self.spoiled = False
        """Whether what is kept was found to be spoiled while it was used."""

    def open(self, put_aside: Callable[[], None]) -> BuildDatabase:
        """What is kept. Where that is spoiled or another program's, it gives way to a new one, after a call of
        `put_aside`; nothing that it says is believed. Raises Unkept."""
        with self.guarded():
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                if self.spoiled:
                    raise Unreadable
                return BuildDatabase(self.database)
            except Unreadable:
                self.spoiled = False
                with contextlib.suppress(FileNotFoundError):
                    self.database.replace(self.database.with_suffix(".damaged"))
                self.database.with_name(f"{self.database.name}-journal").unlink(missing_ok=True)
                put_aside()
                return BuildDatabase(self.database)

    def now(self) -> int:
        """The time (ns) of the file system; a file that is younger may change again and show the same time. Raises
        Unkept."""
        with self.guarded():
            self.lock.touch()
            os.utime(self.lock)
            return self.lock.stat().st_mtime_ns - _COARSE_NS

    def stage(self, path: str, data: bytes) -> None:
        """Write bytes that wait for their place in the output folder. Raises Unkept."""
        place = self.staging / path
        with self.guarded():
            try:
                place.write_bytes(data)
            except FileNotFoundError:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)

    def clear_staged(self) -> None:
        """Throw away what is staged."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def remove(self) -> None:
        """Nothing was ever built: nothing stays."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextlib.contextmanager
    def guarded(self) -> Iterator[None]:
        """What is refused inside is the state's own: Unkept. A full disk is no reason to try elsewhere where the output
        folder is on the same one (OSError)."""
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
