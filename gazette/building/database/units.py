"""The tables of what units give the site as a whole: what is known of each, and the numbers that are added up."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

ANY = "*"
"""The moment of a unit whose pages are published as they are: no moment makes another page of one of them."""


class UnitRecord(NamedTuple):
    """What is known of a unit: its position in the official order (from 1; 0 where its file does not say), its kind,
    the digest of what all units are made from (`shared`), the kinds of its pages that were left undone, the digest and
    the state of its file, the days (ISO, both inclusive; empty is open) on which what it gives holds, the moment of
    publication for which it was made (`ANY` where that makes no difference), the characters of its names, its pledges'
    ids."""

    position: int
    kind: str
    shared: str
    undone: tuple[str, ...]
    digest: str
    stat: str
    first_day: str
    last_day: str
    moment: str
    headings: str
    ids: tuple[str, ...]


_COLUMNS = ", ".join(UnitRecord._fields)


class UnitTable:
    """Units by id."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def all(self) -> dict[str, UnitRecord]:
        """Every unit, by id, in official order."""
        rows = self.connection.execute(f"SELECT id, {_COLUMNS} FROM units ORDER BY position, id")
        return {id: _record(rest) for id, *rest in rows}

    def position(self, id: str) -> int | None:
        """The position of a unit; None of one that is not known."""
        row = self.connection.execute("SELECT position FROM units WHERE id = ?", (id,)).fetchone()
        return int(row[0]) if row else None

    def put(self, id: str, unit: UnitRecord) -> None:
        row = unit._replace(undone=" ".join(unit.undone), ids=" ".join(unit.ids))  # type: ignore[arg-type]
        marks = ", ".join("?" * (1 + len(row)))
        self.connection.execute(f"INSERT OR REPLACE INTO units VALUES ({marks})", (id, *row))

    def put_stat(self, id: str, stat: str) -> None:
        """The file of a unit has another time, and says the same."""
        self.connection.execute("UPDATE units SET stat = ? WHERE id = ?", (stat, id))

    def drop(self, id: str) -> None:
        self.connection.execute("DELETE FROM units WHERE id = ?", (id,))


class CountTable:
    """The numbers that each unit adds to the totals of the site, and these totals."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def replace(self, unit: str, counts: Mapping[str, int]) -> set[str]:
        """What a unit adds from now on. Returns the names of the totals that change by that."""
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
        """The sums of the units' counts, by name."""
        return {name: n for name, n in self.connection.execute("SELECT name, n FROM totals") if n}


def _record(row: list[str]) -> UnitRecord:
    record = UnitRecord._make(row)
    return record._replace(undone=tuple(row[3].split()), ids=tuple(row[-1].split()))
