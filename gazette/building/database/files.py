"""The table of the files that builds wrote into the output folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gazette.files.walk import Stat
from gazette.site.stated import Stated


class FileRecord(NamedTuple):
    """What is known of a file of the output folder: the unit that it belongs to (empty for what units share), the kind
    and key of its target, the SHA-256 of its bytes, its state in the file system (as `walk.Stat`), the numbers of the
    builds that last made it and last wrote other bytes, the number of the reasons why it was made; and of a page that
    has dates of publication what it states (as in `Stated`)."""

    unit: str
    kind: str
    key: str
    digest: str
    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int
    made: int = 0
    written: int = 0
    reasons: int = 0
    first: str = ""
    last: str = ""
    views: str = ""
    html: str = ""

    @property
    def stat(self) -> Stat:
        return Stat(self.size, self.mtime_ns, self.ctime_ns, self.inode)

    @property
    def stated(self) -> Stated:
        return Stated(self.first, self.last, self.views, self.html)


class ShownPage(NamedTuple):
    """A page of the site: the unit that it belongs to (empty for what units share), the dates of its publication as it
    states them (`YYYY-MM-DDTHH:MM+08:00`, or nothing), and the digests of what it shows."""

    unit: str
    first: str
    last: str
    shown: frozenset[str]


_COLUMNS = ", ".join(FileRecord._fields)


class FileTable:
    """Files by their path from the output folder."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def all(self) -> dict[str, FileRecord]:
        """Every file, by path."""
        rows = self.connection.execute(f"SELECT path, {_COLUMNS} FROM files")
        return {path: FileRecord._make(rest) for path, *rest in rows}

    def is_empty(self) -> bool:
        return self.connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is None

    def of_unit(self, unit: str) -> dict[str, FileRecord]:
        """The files of one unit, by path."""
        rows = self.connection.execute(f"SELECT path, {_COLUMNS} FROM files WHERE unit = ?", (unit,))
        return {path: FileRecord._make(rest) for path, *rest in rows}

    def stats(self) -> dict[str, Stat]:
        """The state of every file, by path."""
        rows = self.connection.execute("SELECT path, size, mtime_ns, ctime_ns, inode FROM files")
        return {path: Stat(*rest) for path, *rest in rows}

    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file, by path, in the order of the paths."""
        return dict(self.connection.execute("SELECT path, digest FROM files ORDER BY path").fetchall())

    def pages(self) -> dict[str, ShownPage]:
        """Every page that has dates of publication, by path."""
        query = "SELECT path, unit, first, last, views, html FROM files WHERE views != '' ORDER BY path"
        return {
            path: ShownPage(unit, first, last, frozenset(filter(None, shown)))
            for path, unit, first, last, *shown in self.connection.execute(query)
        }

    def put(self, files: Mapping[str, FileRecord]) -> None:
        marks = ", ".join("?" * (1 + len(FileRecord._fields)))
        rows = ((path, *record) for path, record in files.items())
        self.connection.executemany(f"INSERT OR REPLACE INTO files (path, {_COLUMNS}) VALUES ({marks})", rows)

    def put_stats(self, stats: Mapping[str, Stat]) -> None:
        """The states of files that are what they were, or that were moved in."""
        query = "UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ? WHERE path = ?"
        self.connection.executemany(query, ((*stat, path) for path, stat in stats.items()))

    def put_stated(self, stated: Mapping[str, Stated]) -> None:
        """What pages state whose bytes are what they were."""
        query = "UPDATE files SET first = ?, last = ?, views = ?, html = ? WHERE path = ?"
        self.connection.executemany(query, ((*own, path) for path, own in stated.items()))

    def drop(self, paths: Iterable[str]) -> None:
        self.connection.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in paths))
