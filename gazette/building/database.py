"""What is kept between builds of one output folder: its files and why they were made, the units' shares of it, and
the journal.

All of it is in one SQLite file, so that a build either changes all of it or nothing. It can always be made anew from
the content: a file that cannot be read is put aside.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gazette.files.walk import Stat

LAYOUT = 3
"""The version of the tables below. A file with another is begun anew."""

REMEMBERED = 48_000_000
"""So many characters of lines that were read for a digest are remembered for their page: an edit's, not a whole
site's."""

_TABLES = """
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, unit TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
  digest TEXT NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
  number INTEGER NOT NULL, made INTEGER NOT NULL, written INTEGER NOT NULL, why INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX files_of_unit ON files (unit);
CREATE TABLE units (id TEXT PRIMARY KEY, place INTEGER NOT NULL, kind TEXT NOT NULL, source TEXT NOT NULL,
  stat TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, headings TEXT NOT NULL, ids TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE counts (unit TEXT NOT NULL, name TEXT NOT NULL, n INTEGER NOT NULL);
CREATE INDEX counts_of_unit ON counts (unit);
CREATE TABLE totals (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE lines (slot TEXT NOT NULL, unit TEXT NOT NULL, rank TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX lines_of_slot ON lines (slot);
CREATE INDEX lines_of_unit ON lines (unit);
CREATE TABLE slots (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE builds (number INTEGER PRIMARY KEY, time_ns INTEGER NOT NULL);
CREATE TABLE reasons (number INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE items (kind TEXT NOT NULL, name TEXT NOT NULL, before TEXT NOT NULL, now TEXT NOT NULL,
  build INTEGER NOT NULL, PRIMARY KEY (kind, name)) WITHOUT ROWID;
CREATE TABLE journal (path TEXT PRIMARY KEY, move INTEGER NOT NULL) WITHOUT ROWID;
"""


class FileRecord(NamedTuple):
    """What is known of a file of the output folder: the unit that it belongs to (empty for what units share), the kind
    and key of its target, the SHA-256 of its bytes, its state in the file system (as `walk.Stat`), the numbers of the
    builds that last made it and last wrote other bytes, and the number of the reasons why it was made."""

    unit: str
    kind: str
    key: str
    digest: str
    size: int
    mtime_ns: int
    ctime_ns: int
    number: int
    made: int = 0
    written: int = 0
    why: int = 0

    @property
    def stat(self) -> Stat:
        return Stat(self.size, self.mtime_ns, self.ctime_ns, self.number)


_FILE = ", ".join(FileRecord._fields)


class UnitRecord(NamedTuple):
    """What is known of a unit: its place in the official order, its kind, the digests of what it was made from
    (`source`: of what all are made from, with the kinds of pages that were left undone; then of its file) and the
    state of its file (`stat`), the days on which that holds, the characters of its names, its pledges' ids."""

    place: int
    kind: str
    source: str
    stat: str
    first: str
    last: str
    headings: str
    ids: tuple[str, ...]


LineRow = tuple[str, str, str]
"""Slot, rank and text."""

Item = tuple[str, str]
"""One of the things that a site is made from: its kind and its name."""


class Change(NamedTuple):
    """What an item was and what it is now: a version or a digest, empty where it is not there."""

    kind: str
    name: str
    before: str
    now: str


class FileHistory(NamedTuple):
    """What can be told of a file, with times in nanoseconds: which kind it is of, when it was last made, when it was
    last written, when a build last looked at its kind, whether that was the last build; the text of the reasons why it
    was made."""

    kind: str
    made_ns: int
    written_ns: int
    looked_ns: int
    is_looked_at: bool
    why: str


class BuildDatabase:
    """The file `path`. Between `begin` and `commit` (or `roll_back`) nothing of it changes for anybody else."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = self._open()
        self._just_read: dict[str, list[str]] = {}
        self._room = REMEMBERED

    def _open(self) -> sqlite3.Connection:
        """Raises sqlite3.OperationalError where there can be no such file, Unreadable where it is no such file."""
        if self.path.is_dir():
            raise Unreadable
        new = not self.path.exists()
        db = sqlite3.connect(self.path, isolation_level=None)
        try:
            db.execute("PRAGMA journal_mode = TRUNCATE")
            db.execute("PRAGMA synchronous = FULL")
            if new:
                db.executescript(f"BEGIN; {_TABLES} PRAGMA user_version = {LAYOUT}; COMMIT;")
            if db.execute("PRAGMA user_version").fetchone() != (LAYOUT,) or _shape(db) != _expected_shape():
                raise Unreadable
        except sqlite3.DatabaseError as error:
            db.close()
            if is_damage(error):
                raise Unreadable from None
            raise
        except Unreadable:
            db.close()
            raise
        return db

    @classmethod
    def to_read(cls, path: Path) -> BuildDatabase:
        """The file as the last build left it, for looking only. Raises sqlite3.Error."""
        kept = cls.__new__(cls)
        kept.path, kept.db = path, sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        return kept

    def begin(self) -> None:
        """Start to change things. What a transaction before left open is undone."""
        self.roll_back()
        self.db.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """What was changed since `begin` is so, also when the power fails now."""
        self.db.execute("COMMIT")

    def roll_back(self) -> None:
        """What was changed since `begin` never happened."""
        if self.db.in_transaction:
            self.db.execute("ROLLBACK")

    def close(self) -> None:
        self.roll_back()
        self.db.close()

    # ── notes ──

    def get_meta(self, name: str) -> str:
        """A single thing to remember; empty where nothing is."""
        row = self.db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_meta(self, name: str, value: str) -> None:
        self.db.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    # ── files ──

    def files(self) -> dict[str, FileRecord]:
        """Every file of the output folder, by path."""
        rows = self.db.execute(f"SELECT path, {_FILE} FROM files")
        return {path: FileRecord._make(rest) for path, *rest in rows}

    def files_of(self, unit: str) -> dict[str, FileRecord]:
        """The files of one unit, by path."""
        query = f"SELECT path, {_FILE} FROM files WHERE unit = ?"
        return {path: FileRecord(*rest) for path, *rest in self.db.execute(query, (unit,))}

    def put_files(self, files: Mapping[str, FileRecord]) -> None:
        marks = ", ".join("?" * (1 + len(FileRecord._fields)))
        rows = ((path, *record) for path, record in files.items())
        self.db.executemany(f"INSERT OR REPLACE INTO files VALUES ({marks})", rows)

    def put_stats(self, stats: Mapping[str, Stat]) -> None:
        """The states of files that are what they were, or that were moved in."""
        query = "UPDATE files SET size = ?, mtime_ns = ?, ctime_ns = ?, number = ? WHERE path = ?"
        self.db.executemany(query, ((*stat, path) for path, stat in stats.items()))

    def drop_files(self, paths: Iterable[str]) -> None:
        self.db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in paths))

    # ── units ──

    def units(self) -> dict[str, UnitRecord]:
        """Every unit, by id, in official order."""
        rows = self.db.execute(
            "SELECT id, place, kind, source, stat, first, last, headings, ids FROM units ORDER BY place, id"
        )
        return {
            id: UnitRecord(place, kind, source, stat, first, last, headings, tuple(ids.split()))
            for id, place, kind, source, stat, first, last, headings, ids in rows
        }

    def put_unit(
        self, id: str, unit: UnitRecord, counts: Mapping[str, int], lines: Iterable[LineRow]
    ) -> tuple[set[str], set[str]]:
        """What a unit gives from now on, in place of what it gave before. Returns the slots whose lines are others by
        that, and the names of the counts that are."""
        before, kept = self._place(id), set(self._lines_of(id))
        after = set(lines)
        changed = {slot for slot, _, _ in kept ^ after}
        if before is not None and before != unit.place:
            changed |= {slot for slot, _, _ in kept | after}
        self._forget_slots(changed)
        self.db.execute("DELETE FROM lines WHERE unit = ?", (id,))
        self.db.executemany(
            "INSERT INTO lines VALUES (?, ?, ?, ?)", ((slot, id, rank, text) for slot, rank, text in sorted(after))
        )
        counted = self._put_counts(id, counts)
        row = (id, unit.place, unit.kind, unit.source, unit.stat, unit.first, unit.last, unit.headings)
        self.db.execute("INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, " ".join(unit.ids)))
        return changed, counted

    def put_stat(self, id: str, stat: str) -> None:
        """The file of a unit has another time, and says the same."""
        self.db.execute("UPDATE units SET stat = ? WHERE id = ?", (stat, id))

    def drop_unit(self, id: str) -> tuple[set[str], set[str]]:
        """A unit that is gone takes its lines and counts along. Returns what `put_unit` does."""
        changed = {slot for slot, _, _ in self._lines_of(id)}
        self._forget_slots(changed)
        self.db.execute("DELETE FROM lines WHERE unit = ?", (id,))
        counted = self._put_counts(id, {})
        self.db.execute("DELETE FROM units WHERE id = ?", (id,))
        return changed, counted

    def _place(self, id: str) -> int | None:
        row = self.db.execute("SELECT place FROM units WHERE id = ?", (id,)).fetchone()
        return int(row[0]) if row else None

    def _lines_of(self, id: str) -> Iterator[LineRow]:
        yield from self.db.execute("SELECT slot, rank, text FROM lines WHERE unit = ?", (id,))

    def _put_counts(self, id: str, counts: Mapping[str, int]) -> set[str]:
        before = dict(self.db.execute("SELECT name, n FROM counts WHERE unit = ?", (id,)))
        if before == counts:
            return set()
        self.db.execute("DELETE FROM counts WHERE unit = ?", (id,))
        self.db.executemany("INSERT INTO counts VALUES (?, ?, ?)", ((id, name, n) for name, n in counts.items()))
        steps = {name: counts.get(name, 0) - before.get(name, 0) for name in (*counts, *before)}
        self.db.executemany(
            "INSERT INTO totals VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n", steps.items()
        )
        return {name for name, step in steps.items() if step}

    def totals(self) -> dict[str, int]:
        """The sums of the units' counts, by name."""
        return {name: n for name, n in self.db.execute("SELECT name, n FROM totals") if n}

    # ── lines ──

    def lines(self, slot: str, glue: str = "", most: int = 0) -> str:
        """The joined lines of a slot, in the order of their ranks, then of their units; with `most`, the first so
        many."""
        texts = self._just_read.pop(slot, None)
        return glue.join((self._texts(slot) if texts is None else texts)[: most or None])

    def _texts(self, slot: str) -> list[str]:
        rows = self.db.execute(
            "SELECT text FROM lines JOIN units ON units.id = lines.unit WHERE slot = ? "
            "ORDER BY rank, units.place, units.id, lines.rowid",
            (slot,),
        )
        return [text for (text,) in rows]

    def slot_digest(self, slot: str) -> str:
        """The digest of a slot's lines in their order. It is remembered until one of them changes."""
        row = self.db.execute("SELECT digest FROM slots WHERE name = ?", (slot,)).fetchone()
        if row:
            return str(row[0])
        texts = self._texts(slot)
        digest = hashlib.sha256("\0".join(texts).encode()).hexdigest()
        size = sum(map(len, texts))
        if size <= self._room:
            self._room -= size
            self._just_read[slot] = texts  # lines that are new are wanted again at once, for the page that shows them
        self.db.execute("INSERT INTO slots VALUES (?, ?)", (slot, digest))
        return digest

    def _forget_slots(self, names: Iterable[str]) -> None:
        self._just_read.clear()
        self._room = REMEMBERED
        self.db.executemany("DELETE FROM slots WHERE name = ?", ((name,) for name in names))

    # ── builds, and why they made what they made ──

    def last_build(self) -> int:
        """The number of the last build; 0 where none is known."""
        return int(self.db.execute("SELECT coalesce(max(number), 0) FROM builds").fetchone()[0])

    def put_build(self, number: int, time_ns: int, kinds: Iterable[str]) -> None:
        """A build that looked at some kinds of targets."""
        self.db.execute("INSERT OR REPLACE INTO builds VALUES (?, ?)", (number, time_ns))
        for kind in kinds:
            self.set_meta(f"looked {kind}", str(number))

    def looked(self, kind: str) -> int:
        """The number of the last build that looked at a kind of targets."""
        return int(self.get_meta(f"looked {kind}") or 0)

    def put_reasons(self, texts: Iterable[str]) -> dict[str, int]:
        """Reasons, many files having the same, with the numbers under which they are kept."""
        known = {text: number for number, text in self.db.execute("SELECT number, text FROM reasons")}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        first = max(known.values(), default=0) + 1
        numbers = {text: first + place for place, text in enumerate(new)}
        self.db.executemany("INSERT INTO reasons VALUES (?, ?)", ((n, text) for text, n in numbers.items()))
        return known | numbers

    def forget_builds(self, but: Iterable[int], reasons: Iterable[int]) -> None:
        """Only some builds and reasons are still spoken of."""
        for table, numbers in (("builds", set(but)), ("reasons", set(reasons))):
            known = {number for (number,) in self.db.execute(f"SELECT number FROM {table}")}
            self.db.executemany(f"DELETE FROM {table} WHERE number = ?", ((n,) for n in known - numbers))

    def items(self) -> dict[Item, str]:
        """What the site was made from, as digests or versions; empty for what is gone."""
        return {(kind, name): now for kind, name, now in self.db.execute("SELECT kind, name, now FROM items")}

    def put_changes(self, changes: Iterable[Change], build: int) -> None:
        """What a build found changed."""
        rows = ((change.kind, change.name, change.before, change.now, build) for change in changes)
        self.db.executemany("INSERT OR REPLACE INTO items VALUES (?, ?, ?, ?, ?)", rows)

    def changes_since(self, build: int) -> list[Change]:
        """What was found changed by the builds after `build`."""
        query = "SELECT kind, name, before, now FROM items WHERE build > ? ORDER BY kind, name"
        return [Change(*row) for row in self.db.execute(query, (build,))]

    def tell_of(self, path: str) -> FileHistory | None:
        """What can be told of a file; None of one that no build wrote."""
        query = "SELECT kind, made, written, why FROM files WHERE path = ?"
        row = self.db.execute(query, (path,)).fetchone()
        if row is None:
            return None
        kind, made, written, why = row
        times = dict(self.db.execute("SELECT number, time_ns FROM builds"))
        (text,) = self.db.execute("SELECT text FROM reasons WHERE number = ?", (why,)).fetchone() or ("[]",)
        looked = self.looked(kind)
        is_looked_at = looked == self.last_build()
        return FileHistory(kind, times.get(made, 0), times.get(written, 0), times.get(looked, 0), is_looked_at, text)

    def paths(self) -> list[str]:
        """Every file of the output folder."""
        return [path for (path,) in self.db.execute("SELECT path FROM files ORDER BY path")]

    # ── the journal ──

    def put_journal(self, moves: Iterable[str], removals: Iterable[str]) -> None:
        """What has to happen to the output folder once this transaction is committed."""
        self.db.executemany("INSERT INTO journal VALUES (?, 1)", ((path,) for path in moves))
        self.db.executemany("INSERT INTO journal VALUES (?, 0)", ((path,) for path in removals))

    def journal(self) -> tuple[list[str], list[str]]:
        """What was decided and may not have happened yet: paths to move in, paths to remove."""
        rows = list(self.db.execute("SELECT path, move FROM journal"))
        return [path for path, move in rows if move], [path for path, move in rows if not move]

    def clear_journal(self) -> None:
        """What was decided has happened."""
        self.db.execute("DELETE FROM journal")


class Unreadable(Exception):
    """The file is damaged, or another program's, or that of another version of this one."""


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error means that the file is spoiled, and not that it cannot be read or written now."""
    passing = ("BUSY", "LOCKED", "CANTOPEN", "READONLY", "FULL", "IOERR", "PERM", "AUTH", "NOMEM", "PROTOCOL")
    # Some errors come without a code: a text that is no UTF-8, for one.
    code = getattr(error, "sqlite_errorcode", None)
    return code is None or (code & 0xFF) not in [getattr(sqlite3, f"SQLITE_{name}") for name in passing]


def _shape(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return list(db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))


@lru_cache(maxsize=1)
def _expected_shape() -> list[tuple[str, str]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.executescript(_TABLES)
        return _shape(db)
