"""Stores what units contribute to the site as a whole: a record of each, and the counts that are added up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from gazette.files.walk import Stat
from gazette.planning.valid_days import ValidDays
from gazette.reading.unit_digests import UnitDigests


class UnitRecord(NamedTuple):
    """What is stored about a unit. `position`: place in the official order, from 1; 0 if its file does not say.
    `shared`: digest of what all units are made from. `undone`: kinds of its pages that were left out. `digests`: of
    what only this unit is made from. `stats`: states of its files when they were read; () if a file was so young that
    it may have changed again unnoticed. `days`: the days on which its pages and fragments hold. `moment`: that of the
    publication it was made for, "" for none; None if the moment makes no difference. `headings`: the characters of its
    names. `ids`: what it claims for itself (`Claim.ids`)."""

    position: int
    kind: str
    shared: str
    undone: tuple[str, ...]
    digests: UnitDigests
    stats: tuple[Stat, ...]
    days: ValidDays
    moment: str | None
    headings: str
    ids: tuple[str, ...]


_COLUMNS = ", ".join(UnitRecord._fields)

_DECODERS: dict[str, msgspec.json.Decoder[Any]] = {
    "undone": msgspec.json.Decoder(tuple[str, ...]),
    "digests": msgspec.json.Decoder(UnitDigests),
    "stats": msgspec.json.Decoder(tuple[Stat, ...]),
    "days": msgspec.json.Decoder(ValidDays),
    "ids": msgspec.json.Decoder(tuple[str, ...]),
}
"""The decoders of the columns stored as JSON."""


class UnitTable:
    """Units by id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def all(self) -> dict[str, UnitRecord]:
        """Return all units, by id, in official order."""
        rows = self.connection.execute(f"SELECT id, {_COLUMNS} FROM units ORDER BY position, id")
        return {id: _record(rest) for id, *rest in rows}

    def position(self, id: str) -> int | None:
        """Return the position of a unit; None if it is not stored."""
        row = self.connection.execute("SELECT position FROM units WHERE id = ?", (id,)).fetchone()
        return int(row[0]) if row else None

    def put(self, id: str, unit: UnitRecord) -> None:
        """Add or replace the record of a unit."""
        row = unit._asdict()
        row |= {name: _encode(row[name]) for name in _DECODERS}
        marks = ", ".join(f":{name}" for name in row)
        self.connection.execute(
            f"INSERT OR REPLACE INTO units (id, {_COLUMNS}) VALUES (:id, {marks})", {"id": id, **row}
        )

    def put_stats(self, id: str, stats: tuple[Stat, ...]) -> None:
        """Replace the states of a unit's files. What they say is unchanged."""
        self.connection.execute("UPDATE units SET stats = ? WHERE id = ?", (_encode(stats), id))

    def drop(self, id: str) -> None:
        """Remove the record of a unit."""
        self.connection.execute("DELETE FROM units WHERE id = ?", (id,))


class CountTable:
    """The counts that each unit adds to the totals of the site, and these totals."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def replace(self, unit: str, counts: Mapping[str, int]) -> set[str]:
        """Replace the counts of a unit. Return the names of the totals that change."""
        before = dict(self.connection.execute("SELECT name, n FROM counts WHERE unit = ?", (unit,)))
        if before == counts:
            return set()
        self.connection.execute("DELETE FROM counts WHERE unit = ?", (unit,))
        self.connection.executemany(
            "INSERT INTO counts VALUES (?, ?, ?)", ((unit, name, n) for name, n in counts.items())
        )
        steps = {name: counts.get(name, 0) - before.get(name, 0) for name in (*counts, *before)}
        self.connection.executemany(
            "INSERT INTO totals VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n", steps.items()
        )
        return {name for name, step in steps.items() if step}

    def totals(self) -> dict[str, int]:
        """Return the sums of the units' counts, by name, without zeros."""
        return {name: n for name, n in self.connection.execute("SELECT name, n FROM totals") if n}


def _record(row: Iterable[Any]) -> UnitRecord:
    columns = dict(zip(UnitRecord._fields, row, strict=True))
    return UnitRecord(**columns | {name: decoder.decode(columns[name]) for name, decoder in _DECODERS.items()})


def _encode(value: object) -> str:
    return msgspec.json.encode(value).decode()
