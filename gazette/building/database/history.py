"""Stores which builds there were, what changed before each, and the reasons why they made what they made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


class Item(NamedTuple):
    """One of the things a site is made from. `kind`: such as "word" or "file". `file`: only for an entry of a list, the
    file of the list."""

    kind: str
    name: str
    file: str = ""


class Version(NamedTuple):
    """An item at one time. `value`: its version, digest or date, "" if there is no such item. `is_given`: whether a
    command gave it in place of the settings file. `units`: for a notice, the units whose pledges it names."""

    value: str = ""
    is_given: bool = False
    units: tuple[str, ...] = ()

    def says(self, other: Version) -> bool:
        """Return whether another version has the same content, whether or not a command gave it."""
        return (self.value, self.units) == (other.value, other.units)


ABSENT = Version()
"""The version of an item that does not exist."""


class Change(NamedTuple):
    """An item's version before and now."""

    item: Item
    before: Version
    now: Version

    def concerns(self, unit: str) -> bool:
        """Return whether the item is a notice that names, or named, a pledge of this unit."""
        return unit in (*self.before.units, *self.now.units)


class FileHistory(NamedTuple):
    """The history of a file. `kind`: of its target. `made_ns`, `written_ns`: when it was last made, and last written
    with other bytes. `looked_ns`: when a build last included its kind; `is_looked_at`: whether that was the last build.
    Times are in ns, 0 if unknown. `reasons`: why it was made, as `causes.as_text` writes it."""

    kind: str
    made_ns: int
    written_ns: int
    looked_ns: int
    is_looked_at: bool
    reasons: str


class HistoryTable:
    """Builds by number, from 1; the changes that each found; the reasons for what they made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    # ── builds ──

    def last_build(self) -> int:
        """Return the number of the last build; 0 if there is none."""
        return int(self.connection.execute("SELECT coalesce(max(number), 0) FROM builds").fetchone()[0])

    def put_build(self, number: int, time_ns: int, kinds: Iterable[str]) -> None:
        """Record a build that included the given `kinds` of targets, at the time `time_ns` (ns)."""
        self.connection.execute("INSERT OR REPLACE INTO builds VALUES (?, ?)", (number, time_ns))
        self.connection.executemany("INSERT OR REPLACE INTO kinds VALUES (?, ?)", ((kind, number) for kind in kinds))

    def last_build_of(self, kind: str) -> int:
        """Return the number of the last build that included this kind of targets; 0 if none did."""
        row = self.connection.execute("SELECT build FROM kinds WHERE name = ?", (kind,)).fetchone()
        return int(row[0]) if row else 0

    def keep_only(self, builds: Iterable[int], reasons: Iterable[int]) -> None:
        """Remove all builds and reasons with other numbers than these."""
        for table, numbers in (("builds", set(builds)), ("reasons", set(reasons))):
            stored = {number for (number,) in self.connection.execute(f"SELECT number FROM {table}")}
            self.connection.executemany(f"DELETE FROM {table} WHERE number = ?", ((n,) for n in stored - numbers))

    # ── what was changed ──

    def items(self) -> dict[Item, Version]:
        """Return the last recorded version of each item, `ABSENT` for one that is gone."""
        rows = self.connection.execute(f"SELECT {_ITEM}, {_NOW} FROM items")
        return {Item(*row[:3]): _version(*row[3:]) for row in rows}

    def put_changes(self, changes: Iterable[Change], build: int) -> None:
        """Record the changes that a build found."""
        rows = ((*change.item, *_columns(change.before), *_columns(change.now), build) for change in changes)
        columns = f"{_ITEM}, {_BEFORE}, {_NOW}, build"
        query = f"INSERT OR REPLACE INTO items ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self.connection.executemany(query, rows)

    def changes_since(self, build: int) -> list[Change]:
        """Return the changes that builds after `build` found, the last of each item."""
        query = f"SELECT {_ITEM}, {_BEFORE}, {_NOW} FROM items WHERE build > ? ORDER BY kind, file, name"
        rows = self.connection.execute(query, (build,))
        return [Change(Item(*row[:3]), _version(*row[3:6]), _version(*row[6:])) for row in rows]

    # ── why files were made ──

    def put_reasons(self, texts: Iterable[str]) -> dict[str, int]:
        """Store the reasons that are new. Return the number of each text. Many files have the same reasons."""
        stored = {text: number for number, text in self.connection.execute("SELECT number, text FROM reasons")}
        new = [text for text in dict.fromkeys(texts) if text not in stored]
        first = max(stored.values(), default=0) + 1
        numbers = {text: first + n for n, text in enumerate(new)}
        self.connection.executemany("INSERT INTO reasons VALUES (?, ?)", ((n, text) for text, n in numbers.items()))
        return stored | numbers

    def of_file(self, path: str) -> FileHistory | None:
        """Return the history of a file; None if no build wrote it."""
        query = "SELECT kind, made, written, reasons FROM files WHERE path = ?"
        row = self.connection.execute(query, (path,)).fetchone()
        if row is None:
            return None
        kind, made, written, reasons = row
        times = dict(self.connection.execute("SELECT number, time_ns FROM builds"))
        query = "SELECT text FROM reasons WHERE number = ?"
        (text,) = self.connection.execute(query, (reasons,)).fetchone() or ("[]",)
        looked = self.last_build_of(kind)
        return FileHistory(
            kind=kind,
            made_ns=times.get(made, 0),
            written_ns=times.get(written, 0),
            looked_ns=times.get(looked, 0),
            is_looked_at=looked == self.last_build(),
            reasons=text,
        )


_ITEM = "kind, name, file"
_BEFORE, _NOW = "before, given_before, units_before", "now, given_now, units_now"
"""The columns of an item's former version, and of its current one."""


def _columns(version: Version) -> tuple[str, bool, str]:
    """Return a version as its three columns."""
    return version.value, version.is_given, json.dumps(version.units) if version.units else "[]"


def _version(value: str, is_given: int, units: str) -> Version:
    """Return the version in three columns."""
    return Version(value, bool(is_given), tuple(json.loads(units)) if units != "[]" else ())
