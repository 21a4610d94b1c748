"""The layout of a sheet: which table it is, and which of its columns holds what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from unicodedata import normalize

import msgspec

from gazette.messages.catalogue import catalogue, languages
from gazette.messages.problems import Problem
from gazette.model.forms.fields import Languages
from gazette.model.forms.record import Record
from gazette.model.records.columns import ID, NAMING, NUMBER, STATE, Column, column, tables
from gazette.model.records.tables import Table
from gazette.office.cells import Cell, CellValue, value_of
from gazette.office.tables.table_files import TableSheet

SEARCHED = 20
"""The keys or the headings stand in one of so many rows."""

_NAME = Column((), "line")


class Layout(msgspec.Struct, frozen=True):
    """A sheet as the table of that name: the row (from 0) of its keys or headings, the columns (from 0) that name a
    row, and those of the fields."""

    sheet: TableSheet
    table: str
    head: int
    naming: Mapping[str, int]
    columns: Mapping[Column, int]

    @property
    def kind(self) -> type[Record]:
        """What a row is."""
        return tables()[self.table]

    def rows(self) -> Iterator[SheetRow]:
        """The rows in which something stands, without the headings."""
        for number, cells in enumerate(self.sheet.rows[self.head + 1 :], self.head + 1):
            names = {name: _value(_NAME, cells, place) for name, place in self.naming.items()}
            values = {each: _value(each, cells, place) for each, place in self.columns.items()}
            if (names.get(ID) or any(values.values())) and names.get(ID) not in _headings():
                yield SheetRow(
                    self, number, {name: normalize("NFKC", str(value)) for name, value in names.items()}, values
                )


class SheetRow(msgspec.Struct, frozen=True):
    """A row (from 0) of a sheet: what names it, and the values of its cells."""

    layout: Layout
    number: int
    names: Mapping[str, str]
    cells: Mapping[Column, CellValue]

    @property
    def id(self) -> str:
        return self.names.get(ID, "")

    @property
    def name(self) -> str:
        """The pledge, and which of its entries."""
        return f"{self.id} {self.names.get(NUMBER, '')}".strip()

    def at_field(self, of: Column | str, code: str, /, **values: object) -> Problem:
        """A problem of a cell: that of a field, or of what names the row."""
        place = self.layout.naming.get(of) if isinstance(of, str) else self.layout.columns.get(of)
        return self.layout.sheet.at_cell(
            self.number, self.layout.naming[ID] if place is None else place, code, **values
        )


def _headings() -> set[str]:
    """What the column of the ids is called in any language."""
    return {catalogue(language).columns[ID] for language in languages()}


def _value(of: Column, cells: Sequence[Cell], place: int) -> CellValue:
    return value_of(of, cells[place] if place < len(cells) else None)


# ── our own workbook ─────────────────────────────────────────────────────────


def keyed(sheet: TableSheet, of: Languages, problems: list[Problem]) -> Layout | None:
    """The layout of a sheet that has a row of keys; None for another. What is wrong with the keys is noted."""
    for head, row in enumerate(sheet.rows[:SEARCHED]):
        keys = [str(cell or "").strip().partition("/") for cell in row]
        names = [table for table, slash, _ in keys if slash and table in tables()]
        if names and any(table == names[0] and key == ID for table, _, key in keys):
            return _keyed(sheet, names[0], head, of, problems)
        if names:
            problems.append(sheet.at_cell(head, 0, "key_lost", found=f"{names[0]}/{ID}"))
            return None
    return None


def _keyed(sheet: TableSheet, table: str, head: int, of: Languages, problems: list[Problem]) -> Layout:
    naming: dict[str, int] = {}
    columns: dict[Column, int] = {}
    for place, cell in enumerate(sheet.rows[head]):
        name, slash, key = str(cell or "").strip().partition("/")
        if not slash:
            continue
        found = column(tables()[table], key, of)
        if name != table or (key not in NAMING and found is None):
            problems.append(sheet.at_cell(head, place, "column_unknown", found=f"{name}/{key}"))
        elif key in naming or found in columns:
            problems.append(sheet.at_cell(head, place, "column_twice", found=f"{name}/{key}"))
        elif key in NAMING:
            naming[key] = place
        elif found is not None:
            columns[found] = place
    return Layout(sheet, table, head, naming, columns)


def is_own(layout: Layout) -> bool:
    """Whether a table is from a workbook that this program wrote: new rows have no number there."""
    return NUMBER in layout.naming or STATE in layout.naming


# ── the tables of others ─────────────────────────────────────────────────────


def described(sheet: TableSheet, known: Sequence[Table], of: Languages) -> Layout | None:
    """The layout of a sheet by its headings: that of the table (`tables.yaml`) with the most columns of those whose
    headings it has, all in one row; None where it has those of none."""
    found = [layout for table in known if (layout := _described(sheet, table, of))]
    return max(found, key=lambda each: len(each.columns), default=None)


def _described(sheet: TableSheet, table: Table, of: Languages) -> Layout | None:
    if table.sheet is not None and sheet.name and table.sheet != sheet.name:
        return None
    for head, row in enumerate(sheet.rows[:SEARCHED]):
        places = {_heading(cell): place for place, cell in reversed([*enumerate(row)])}
        if all(_heading(each.heading) in places for each in table.columns):
            at = {each.field: places[_heading(each.heading)] for each in table.columns}
            fields = {found: place for key, place in at.items() if (found := column(tables()[table.rows], key, of))}
            return Layout(sheet, table.rows, head, {ID: at[ID]}, fields)
    return None


def nearly_described(sheets: Sequence[TableSheet], known: Sequence[Table]) -> Problem | None:
    """What is told of the row that has the most headings of a table, but not all; None where no row has two of one."""
    most, told = 1, None
    for sheet, table in product(sheets, known):
        for head, row in enumerate(sheet.rows[:SEARCHED]):
            there = {_heading(cell) for cell in row}
            missing = [each.heading for each in table.columns if _heading(each.heading) not in there]
            if (n := len(table.columns) - len(missing)) > most:
                values = {"row": head + 1, "table": table.id, "missing": ", ".join(missing)}
                most, told = n, sheet.at_cell(head, 0, "table_headings", **values)
    return told


def _heading(cell: Cell) -> str:
    """A heading without the blanks and line ends that only make it fit."""
    return "".join(str(cell or "").split())
