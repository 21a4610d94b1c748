"""Defines the tables of the SQLite file, and tells a file with another layout from a damaged one."""

from __future__ import annotations

import contextlib
import sqlite3
from functools import lru_cache
from pathlib import Path

LAYOUT = 6
"""The version of the tables below. A file of another version is replaced by an empty one."""

_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, unit TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  digest TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
  inode INTEGER NOT NULL, made INTEGER NOT NULL, written INTEGER NOT NULL, reasons INTEGER NOT NULL,
  first TEXT NOT NULL, last TEXT NOT NULL, views TEXT NOT NULL, html TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX files_of_unit ON files (unit);
CREATE TABLE units (id TEXT PRIMARY KEY, position INTEGER NOT NULL, kind TEXT NOT NULL, shared TEXT NOT NULL,
  undone TEXT NOT NULL, digests TEXT NOT NULL, stats TEXT NOT NULL, days TEXT NOT NULL,
  moment TEXT, headings TEXT NOT NULL, ids TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE counts (unit TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL);
CREATE INDEX counts_of_unit ON counts (unit);
CREATE TABLE totals (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE fragments (slot TEXT NOT NULL, unit TEXT NOT NULL, sort_key TEXT NOT NULL,
  shown TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX fragments_of_slot ON fragments (slot);
CREATE INDEX fragments_of_unit ON fragments (unit);
CREATE TABLE slots (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE shown (slot TEXT NOT NULL, most INTEGER NOT NULL, digest TEXT NOT NULL,
  PRIMARY KEY (slot, most)) WITHOUT ROWID;
CREATE TABLE builds (number INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL);
CREATE TABLE kinds (name TEXT PRIMARY KEY, build INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE reasons (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE items (kind TEXT NOT NULL, name TEXT NOT NULL, file TEXT NOT NULL,
  before TEXT NOT NULL, given_before INTEGER NOT NULL, units_before TEXT NOT NULL,
  now TEXT NOT NULL, given_now INTEGER NOT NULL, units_now TEXT NOT NULL,
  build INTEGER NOT NULL, PRIMARY KEY (kind, file, name)) WITHOUT ROWID;
CREATE TABLE journal (path TEXT PRIMARY KEY, is_move INTEGER NOT NULL) WITHOUT ROWID;
"""


class Unreadable(Exception):
    """Raised when the file is damaged, another program's, or of another version of this one; for readers also when it
    is missing. Its argument is the reason, if there is more to say."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file `path`, created if missing. Raises sqlite3.OperationalError if it cannot be opened or created,
    Unreadable if it is no database of this version."""
    if path.is_dir():
        raise Unreadable
    new = not path.exists()
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        if new:
            connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {LAYOUT}; COMMIT;")
        if not has_layout(connection) or _shape(connection) != _expected_shape():
            raise Unreadable
    except sqlite3.DatabaseError as error:
        connection.close()
        if is_damage(error):
            raise Unreadable from None
        raise
    except Unreadable:
        connection.close()
        raise
    return connection


def has_layout(connection: sqlite3.Connection) -> bool:
    """Return whether a file claims to have the tables of this version. Raises sqlite3.Error."""
    return bool(connection.execute("PRAGMA user_version").fetchone() == (LAYOUT,))


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether an error means that the file is damaged, rather than that it cannot be read or written at the
    moment."""
    passing = ("BUSY", "LOCKED", "CANTOPEN", "READONLY", "FULL", "IOERR", "PERM", "AUTH", "NOMEM", "PROTOCOL")
    # Some errors have no code, such as that of a text that is not UTF-8.
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or (code & 0xFF) not in [getattr(sqlite3, f"SQLITE_{name}") for name in passing]


def _shape(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return (name, SQL) of each table and index, sorted by name."""
    return list(connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))


@lru_cache(maxsize=1)
def _expected_shape() -> list[tuple[str, str]]:
    """Return the shape of a new file."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(_TABLES)
        return _shape(connection)
