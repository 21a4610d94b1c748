"""Finds what a row of a table is about: a pledge, one of its entries, or a new entry."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from gazette.messages.problems import Problem
from gazette.model.records.columns import ID, NUMBER, STATE
from gazette.office.content import OpenContent, OpenUnit
from gazette.office.tables.labels import is_entry
from gazette.office.tables.layout import SheetRow, is_own
from gazette.office.tables.rows import Data, cells_of, digest, filled, state_of
from gazette.reading.files.encoding import unseen

_TELLING = ("date", "state", "kind")
"""The fields that identify an entry in a table that does not number them."""


class Target(msgspec.Struct, frozen=True):
    """The record that a row is about: the position of the pledge in its unit (from 0), that of the entry (None: the
    pledge itself, or a new entry), and its data before and after."""

    row: SheetRow
    unit: OpenUnit
    pledge: int
    entry: int | None
    before: Data
    after: Data

    @property
    def is_new(self) -> bool:
        """True if it is an entry that does not exist yet."""
        return self.entry is None and is_entry(self.row.layout.table)

    @property
    def list(self) -> list[Data]:
        """The list of the pledge that holds the entry."""
        entries: list[Data] = self.unit.pledges[self.pledge].get(self.row.layout.table) or []
        return entries


def targets(rows: Iterable[SheetRow], content: OpenContent, problems: list[Problem]) -> list[Target]:
    """Return what the rows change, without those that change nothing. Adds the problems of rows."""
    changed: list[Target] = []
    seen: dict[tuple[str, str, str], SheetRow] = {}
    owners = {str(pledge[ID]): (unit, index) for unit in content.units.values() for index, pledge in _pledges(unit)}
    for row in rows:
        wrong = [*_unreadable(row), *_unnamed(row, owners), *_again(row, seen)]
        problems += wrong
        if not wrong:
            unit, index = owners[row.id]
            target = _target(row, unit, index, content, problems)
            if target is not None and target.before != target.after:
                changed.append(target)
    return changed


def _pledges(unit: OpenUnit) -> Iterator[tuple[int, Data]]:
    return enumerate(unit.pledges)


def _unreadable(row: SheetRow) -> Iterator[Problem]:
    """Yield a problem for each cell that shows something else than its value, and each character that no content may
    hold."""
    layout = row.layout
    for index in (*layout.naming.values(), *layout.columns.values()):
        if problem := layout.sheet.fault(row.number, index):
            yield problem
    for column, value in row.cells.items():
        for character in unseen("\n".join(value) if isinstance(value, tuple) else value):
            yield row.at_field(column, "cell_character", found=character)


def _unnamed(row: SheetRow, owners: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for a row without a pledge, or with one that does not exist."""
    if not row.id:
        yield row.at_field(ID, "row_without_id")
    elif row.id not in owners:
        near = next(iter(difflib.get_close_matches(row.id, owners, 1, 0.8)), "")
        yield row.at_field(ID, "row_unknown", found=row.id, near=near)


def _again(row: SheetRow, seen: dict[tuple[str, str, str], SheetRow]) -> Iterator[Problem]:
    """Yield a problem for a pledge, or an entry with its number, that a row above is about already."""
    number = row.names.get(NUMBER, "")
    if not row.id or (is_entry(row.layout.table) and not number):
        return
    first = seen.setdefault((row.layout.table, row.id, number), row)
    if first is not row:
        yield row.at_field(ID, "row_twice", found=row.name, first=first.number + 1)


def _target(row: SheetRow, unit: OpenUnit, index: int, content: OpenContent, problems: list[Problem]) -> Target | None:
    pledge = unit.pledges[index]
    entries = pledge.get(row.layout.table) or [] if is_entry(row.layout.table) else []
    entry: int | None = None
    if row.names.get(NUMBER):
        number = row.names[NUMBER]
        entry = int(number) - 1 if number.isascii() and number.isdigit() and number != "0" else len(entries)
        if entry >= len(entries) and not _is_untouched(row):
            problems.append(row.at_field(NUMBER, "row_number", found=number, count=len(entries)))
        if entry >= len(entries):
            return None
    elif is_entry(row.layout.table):
        entry = _known(row, entries)
    before = pledge if not is_entry(row.layout.table) else {} if entry is None else entries[entry]
    return _compared(
        Target(row=row, unit=unit, pledge=index, entry=entry, before=before, after=before), content, problems
    )


def _known(row: SheetRow, entries: list[Data]) -> int | None:
    """Return the entry that a row without a number is about: the one with the same values; in a table without numbers,
    the only one with the same day and state. None if it is new."""
    cells = {column.key: value for column, value in row.cells.items() if value}
    same = [n for n, each in enumerate(entries) if cells_of(each, list(row.cells)) == cells]
    if same or is_own(row.layout):
        return same[0] if same else None
    telling = [column for column in row.cells if column.key in _TELLING]
    alike = [
        number
        for number, each in enumerate(entries)
        if telling and all(cells_of(each, [column]).get(column.key) == row.cells[column] for column in telling)
    ]
    return alike[0] if len(alike) == 1 else None


def _compared(target: Target, content: OpenContent, problems: list[Problem]) -> Target | None:
    """Return a target with the data of its row; None if the row changes nothing. If the content has changed since the
    workbook was written, an untouched row changes nothing, and an edited one is a problem."""
    row = target.row
    stored = cells_of(target.before, list(row.cells))
    changed = {
        column: value for column, value in row.cells.items() if (stored.get(column.key) or _empty(value)) != value
    }
    if not changed or _is_untouched(row):
        return None
    state = row.names.get(STATE)
    if state and not target.is_new and state != state_of(row.layout.kind, target.before, content.languages, row.name):
        problems.append(row.at_field(next(iter(changed)), "row_outdated", found=row.id))
        return None
    if not any(row.cells.values()):
        problems.append(row.at_field(next(iter(changed)), "row_emptied", found=row.id))
        return None
    after = filled(row.layout.kind, target.before, changed, content.languages)
    return msgspec.structs.replace(target, after=after)


def _empty(value: Any) -> Any:
    return () if isinstance(value, tuple) else ""


def _is_untouched(row: SheetRow) -> bool:
    """Return whether a row still says what it said when the workbook was written."""
    cells = {column.key: value for column, value in row.cells.items() if value}
    return row.names.get(STATE) == digest(cells, row.name)
