"""The tables of the builds that were, with the reasons why they made what they made."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


class Item(NamedTuple):
    """One of the things a site is made from: its kind and its name; for an entry of a list also the list's file."""

    kind: str
    name: str
    file: str = ""


class Version(NamedTuple):
    """An item at one time. `value`: its version, digest or date, empty if there is no such item. `is_given`: whether a
    command gave it in place of the settings file. `units`: for a notice, the units whose pledges it names."""

    value: str = ""
    is_given: bool = False
    units: tuple[str, ...] = ()

    def says(self, other: Version) -> bool:
        """Whether another version says the same, given by a command or not."""
        return (self.value, self.units) == (other.value, other.units)


ABSENT = Version()
"""The version of an item that does not exist."""


class Change(NamedTuple):
    """An item's version before and now."""

    item: Item
    before: Version
    now: Version

    def concerns(self, unit: str) -> bool:
        """Whether the item is a notice that names a pledge of this unit, or named one before."""
        return unit in (*self.before.units, *self.now.units)


class FileHistory(NamedTuple):
    """The history of a file, with times in nanoseconds: which kind it is of, when it was last made, when it was last
    written, when a build last looked at its kind, whether that was the last build; the text of the reasons why it was
    made (`causes.as_text`)."""

    kind: str
    made_ns: int
    written_ns: int
    looked_ns: int
    is_looked_at: bool
    reasons: str


class HistoryTable:
    """Builds by number, from 1; what each found changed; the reasons for what they made."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    # ── builds ──

    def last_build(self) -> int:
        """The number of the last build; 0 where none is known."""
        return int(self.connection.execute("SELECT coalesce(max(number), 0) FROM builds").fetchone()[0])

    def put_build(self, number: int, time_ns: int, kinds: Iterable[str]) -> None:
        """A build that looked at some kinds of targets."""
        self.connection.execute("INSERT OR REPLACE INTO builds VALUES (?, ?)", (number, time_ns))
        self.connection.executemany("INSERT OR REPLACE INTO kinds VALUES (?, ?)", ((kind, number) for kind in kinds))

    def last_build_of(self, kind: str) -> int:
        """The number of the last build that looked at a kind of targets; 0 where none did."""
        row = self.connection.execute("SELECT build FROM kinds WHERE name = ?", (kind,)).fetchone()
        return int(row[0]) if row else 0

    def keep_only(self, builds: Iterable[int], reasons: Iterable[int]) -> None:
        """Forget all other builds and reasons."""
        for table, numbers in (("builds", set(builds)), ("reasons", set(reasons))):
            known = {number for (number,) in self.connection.execute(f"SELECT number FROM {table}")}
            self.connection.executemany(f"DELETE FROM {table} WHERE number = ?", ((n,) for n in known - numbers))

    # ── what was changed ──

    def items(self) -> dict[Item, Version]:
        """What the site was made from, with `ABSENT` for what is gone."""
        rows = self.connection.execute(f"SELECT {_ITEM}, {_NOW} FROM items")
        return {Item(*row[:3]): _version(*row[3:]) for row in rows}

    def put_changes(self, changes: Iterable[Change], build: int) -> None:
        """What a build found changed."""
        rows = ((*change.item, *_columns(change.before), *_columns(change.now), build) for change in changes)
        columns = f"{_ITEM}, {_BEFORE}, {_NOW}, build"
        query = f"INSERT OR REPLACE INTO items ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        self.connection.executemany(query, rows)

    def changes_since(self, build: int) -> list[Change]:
        """What was found changed by the builds after `build`."""
        query = f"SELECT {_ITEM}, {_BEFORE}, {_NOW} FROM items WHERE build > ? ORDER BY kind, file, name"
        rows = self.connection.execute(query, (build,))
        return [Change(Item(*row[:3]), _version(*row[3:6]), _version(*row[6:])) for row in rows]

    # ── why files were made ──

    def put_reasons(self, texts: Iterable[str]) -> dict[str, int]:
        """Reasons, many files having the same, with the numbers under which they are kept."""
        known = {text: number for number, text in self.connection.execute("SELECT number, text FROM reasons")}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        first = max(known.values(), default=0) + 1
        numbers = {text: first + n for n, text in enumerate(new)}
        self.connection.executemany("INSERT INTO reasons VALUES (?, ?)", ((n, text) for text, n in numbers.items()))
        return known | numbers

    def of_file(self, path: str) -> FileHistory | None:
        """The history of a file; None of one that no build wrote."""
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
"""The columns of an item, and of the version that it had and has."""


def _columns(version: Version) -> tuple[str, bool, str]:
    return version.value, version.is_given, json.dumps(version.units) if version.units else "[]"


def _version(value: str, is_given: int, units: str) -> Version:
    return Version(value, bool(is_given), tuple(json.loads(units)) if units != "[]" else ())
