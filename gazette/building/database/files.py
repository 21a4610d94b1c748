"""Stores the files that builds wrote into the output folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gazette.files.walk import Stat
from gazette.site.stated import Stated


class FileRecord(NamedTuple):
    """A file of the output folder. `unit`: the unit it belongs to ("" if shared). `kind`, `key`: of its target.
    `digest`: SHA-256 of its bytes. `size` … `inode`: its state, as in `walk.Stat`. `made`, `written`: the numbers of
    the builds that last made it, and last wrote other bytes. `reasons`: the number of the reasons why it was made.
    `first` … `html`: what the page states, as in `Stated`."""

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
        """The state of the file when it was written."""
        return Stat(self.size, self.mtime_ns, self.ctime_ns, self.inode)

    @property
    def stated(self) -> Stated:
        """What the page states about its publication."""
        return Stated(self.first, self.last, self.views, self.html)


class ShownPage(NamedTuple):
    """A page of the site: the unit it belongs to ("" if shared), the dates of publication it states
    (`YYYY-MM-DDTHH:MM+08:00`, or ""), and the digests of what it shows."""

    unit: str
    first: str
    last: str
    shown: frozenset[str]


_COLUMNS = ", ".join(FileRecord._fields)


class FileTable:
    """Files by path, relative to the output folder."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def all(self) -> dict[str, FileRecord]:
        """Return all files, by path."""
        rows = self.connection.execute(f"SELECT path, {_COLUMNS} FROM files")
        return {path: FileRecord._make(rest) for path, *rest in rows}

    def is_empty(self) -> bool:
        """Return whether there is no file."""
        return self.connection.execute("SELECT 1 FROM files LIMIT 1").fetchone() is None

    def of_unit(self, unit: str) -> dict[str, FileRecord]:
        """Return the files of one unit, by path."""
        rows = self.connection.execute(f"SELECT path, {_COLUMNS} FROM files WHERE unit = ?", (unit,))
        return {path: FileRecord._make(rest) for path, *rest in rows}

    def stats(self) -> dict[str, Stat]:
        """Return the state of each file, by path."""
        rows = self.connection.execute("SELECT path, size, mtime_ns, ctime_ns, inode FROM files")
        return {path: Stat(*rest) for path, *rest in rows}

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file, by path, sorted by path."""
        return dict(self.connection.execute("SELECT path, digest FROM files ORDER BY path").fetchall())

    def pages(self) -> dict[str, ShownPage]:
        """Return the pages with dates of publication, by path."""
        query = "SELECT path, unit, first, last, views, html FROM files WHERE views != '' ORDER BY path"
        return {
            path: ShownPage(unit, first, last, frozenset(filter(None, shown)))
            for path, unit, first, last, *shown in self.connection.execute(query)
        }

    def put(self, files: Mapping[str, FileRecord]) -> None:
        """Add or replace records: `{path: record}`."""
        marks = ", ".join("?" * (1 + len(FileRecord._fields)))
        rows = ((path, *record) for path, record in files.items())
        self.connection.executemany(f"INSERT OR REPLACE INTO files (path, {_COLUMNS}) VALUES ({marks})", rows)

    def put_stats(self, stats: Mapping[str, Stat]) -> None:
        """Replace the states of files that have the recorded bytes: `{path: state}`."""
        query = "UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, inode = ? WHERE path = ?"
        self.connection.executemany(query, ((*stat, path) for path, stat in stats.items()))

    def put_stated(self, stated: Mapping[str, Stated]) -> None:
        """Replace what pages with the recorded bytes state: `{path: what it states}`."""
        query = "UPDATE files SET first = ?, last = ?, views = ?, html = ? WHERE path = ?"
        self.connection.executemany(query, ((*own, path) for path, own in stated.items()))

    def drop(self, paths: Iterable[str]) -> None:
        """Remove the records of files."""
        self.connection.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in paths))
