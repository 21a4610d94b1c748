"""The build database as a build changes it: one file with its tables, in transactions."""

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
    """What a changed unit changes for shared pages: the slots with other fragments, and the names of other totals."""

    slots: set[str]
    totals: set[str]


class BuildDatabase:
    """The file `path`, made where there is none. Between `begin` and `commit` (or `roll_back`) nothing of it changes
    for anybody else. It can always be made anew from the content. It is the journal (`staged_folder.Journal`) of the
    output folder too: what is known of the files changes when they do. Raises as `layout.connect`."""

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
        """Begin a transaction. One that was left open is rolled back."""
        self.roll_back()
        self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Commit durably."""
        self.connection.execute("COMMIT")

    def roll_back(self) -> None:
        """Undo what was changed since `begin`."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def close(self) -> None:
        self.roll_back()
        self.connection.close()

    def put_unit(
        self, id: str, unit: UnitRecord, counts: Mapping[str, int], fragments: Iterable[FragmentRow]
    ) -> Effects:
        """Replace what a unit contributes: its record, counts and fragments."""
        is_moved = self.units.position(id) not in (None, unit.position)
        slots = self.fragments.replace(id, fragments, is_moved)
        self.units.put(id, unit)
        return Effects(slots, self.counts.replace(id, counts))

    def drop_unit(self, id: str) -> Effects:
        """Remove a unit with its fragments and counts."""
        slots = self.fragments.replace(id, (), is_moved=False)
        self.units.drop(id)
        return Effects(slots, self.counts.replace(id, {}))

    # ── the journal ──

    def pending(self) -> tuple[list[str], list[str]]:
        return self.journal.pending()

    def decide(self, moves: Mapping[str, str], removals: Collection[str]) -> None:
        """Write the planned moves and removals to the journal and commit, together with what is known of the files."""
        self.journal.put(moves, removals)
        self.commit()

    def settle(self, moved: Mapping[str, Stat]) -> None:
        self.begin()
        self.files.put_stats(moved)
        self.journal.clear()
        self.commit()

    def is_unused(self) -> bool:
        return self.files.is_empty()
