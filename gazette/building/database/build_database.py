"""Opens the build database for a build: one file with its tables, changed in transactions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from gazette.building.database.files import FileTable
from gazette.building.database.fragments import FragmentRow, FragmentTable
from gazette.building.database.history import HistoryTable
from gazette.building.database.journal import JournalTable
from gazette.building.database.layout import connect
from gazette.building.database.meta import MetaTable
from gazette.building.database.units import CountTable, UnitRecord, UnitTable
from gazette.files.walk import Stat


class Effects(NamedTuple):
    """What a changed unit changes for shared pages: the slots with other fragments, and the names of the changed
    totals."""

    slots: set[str]
    totals: set[str]


class BuildDatabase:
    """The file `path`, created if missing. From `begin` to `commit` or `roll_back`, no other process sees a change. It
    may be deleted at any time: a build makes it anew from the content. It is also the journal (`staged_folder.Journal`)
    of the output folder, so that the records of files change together with the files. Raises what `layout.connect`
    raises."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = connect(path)
        self.meta = MetaTable(self.connection)
        self.files = FileTable(self.connection)
        self.units = UnitTable(self.connection)
        self.counts = CountTable(self.connection)
        self.fragments = FragmentTable(self.connection)
        self.history = HistoryTable(self.connection)
        self.journal = JournalTable(self.connection)

    def begin(self) -> None:
        """Begin a transaction. One that is still open is rolled back."""
        self.roll_back()
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit the transaction; it has reached the disk on return."""
        self.connection.execute("COMMIT")

    def roll_back(self) -> None:
        """Undo all changes since `begin`."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        """Roll back and close the file."""
        self.roll_back()
        self.connection.close()

    def put_unit(
        self, id: str, unit: UnitRecord, counts: Mapping[str, int], fragments: Iterable[FragmentRow]
    ) -> Effects:
        """Replace what a unit contributes: its record, counts and fragments. Return what this changes for shared
        pages."""
        is_moved = self.units.position(id) not in (None, unit.position)
        slots = self.fragments.replace(id, fragments, is_moved)
        self.units.put(id, unit)
        return Effects(slots, self.counts.replace(id, counts))

    def drop_unit(self, id: str) -> Effects:
        """Remove a unit with its fragments and counts. Return what this changes for shared pages."""
        slots = self.fragments.replace(id, (), is_moved=False)
        self.units.drop(id)
        return Effects(slots, self.counts.replace(id, {}))

    # ── the journal ──

    def pending(self) -> tuple[list[str], list[str]]:
        """Return the files to move in and the files to remove that were decided and may not have been carried out."""
        return self.journal.pending()

    def decide(self, moves: Mapping[str, str], removals: Collection[str]) -> None:
        """Record the files `moves` to move in and the files `removals` to remove, and commit, together with the records
        of the files."""
        self.journal.put(moves, removals)
        self.commit()

    def settle(self, moved: Mapping[str, Stat]) -> None:
        """Record that the decision was carried out. `moved` has the states of the files that came in."""
        self.begin()
        self.files.put_stats(moved)
        self.journal.clear()
        self.commit()

    def is_unused(self) -> bool:
        """Return whether no build ever wrote a file."""
        return self.files.is_empty()
