"""Recognizes the layout of a sheet: which table it is, and which column holds what."""

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
"""The number of rows in which keys or headings are looked for."""

_NAME = Column((), "line")


class Layout(msgspec.Struct, frozen=True):
    """A sheet read as a table: the row (from 0) of its keys or headings, the columns (from 0) that identify a row, and
    those of the fields."""

    sheet: TableSheet
    table: str
    head: int
    naming: Mapping[str, int]
    columns: Mapping[Column, int]

    @property
    def kind(self) -> type[Record]:
        """The record that a row holds."""
        return tables()[self.table]

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that hold anything, without the headings."""
        for number, cells in enumerate(self.sheet.rows[self.head + 1 :], self.head + 1):
            names = {name: _value(_NAME, cells, index) for name, index in self.naming.items()}
            values = {each: _value(each, cells, index) for each, index in self.columns.items()}
            if (names.get(ID) or any(values.values())) and names.get(ID) not in _headings():
                yield SheetRow(
                    self, number, {name: normalize("NFKC", str(value)) for name, value in names.items()}, values
                )


class SheetRow(msgspec.Struct, frozen=True):
    """A row (from 0) of a sheet: the cells that identify it, and the values of the others."""

    layout: Layout
    number: int
    names: Mapping[str, str]
    cells: Mapping[Column, CellValue]

    @property
    def id(self) -> str:
        """The id of the pledge that it is about; "" if there is none."""
        return self.names.get(ID, "")

    @property
    def name(self) -> str:
        """The pledge, and the number of its entry."""
        return f"{self.id} {self.names.get(NUMBER, '')}".strip()

    def at_field(self, of: Column | str, code: str, /, **values: object) -> Problem:
        """Return a problem of a cell: of a field, or of what identifies the row."""
        index = self.layout.naming.get(of) if isinstance(of, str) else self.layout.columns.get(of)
        return self.layout.sheet.at_cell(
            self.number, self.layout.naming[ID] if index is None else index, code, **values
        )


def _headings() -> set[str]:
    """Return the heading of the column of ids in all languages."""
    return {catalogue(language).columns[ID] for language in languages()}


def _value(of: Column, cells: Sequence[Cell], index: int) -> CellValue:
    return value_of(of, cells[index] if index < len(cells) else None)


# ── our own workbook ─────────────────────────────────────────────────────────


def keyed(sheet: TableSheet, of: Languages, problems: list[Problem]) -> Layout | None:
    """Return the layout of a sheet that has a row of keys; None for any other. Adds the problems of the keys."""
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
    for index, cell in enumerate(sheet.rows[head]):
        name, slash, key = str(cell or "").strip().partition("/")
        if not slash:
            continue
        field = column(tables()[table], key, of)
        if name != table or (key not in NAMING and field is None):
            problems.append(sheet.at_cell(head, index, "column_unknown", found=f"{name}/{key}"))
        elif key in naming or field in columns:
            problems.append(sheet.at_cell(head, index, "column_twice", found=f"{name}/{key}"))
        elif key in NAMING:
            naming[key] = index
        elif field is not None:
            columns[field] = index
    return Layout(sheet, table, head, naming, columns)


def is_own(layout: Layout) -> bool:
    """Return whether a table is from a workbook that this program wrote: there, new rows have no number."""
    return NUMBER in layout.naming or STATE in layout.naming


# ── the tables of others ─────────────────────────────────────────────────────


def described(sheet: TableSheet, descriptions: Sequence[Table], of: Languages) -> Layout | None:
    """Return the layout of a sheet whose headings, all in one row, a table in `tables.yaml` describes; of several
    tables, the one with the most columns. None if none fits."""
    layouts = [layout for table in descriptions if (layout := _described(sheet, table, of))]
    return max(layouts, key=lambda each: len(each.columns), default=None)


def _described(sheet: TableSheet, table: Table, of: Languages) -> Layout | None:
    if table.sheet is not None and sheet.name and table.sheet != sheet.name:
        return None
    for head, row in enumerate(sheet.rows[:SEARCHED]):
        index_of = {_heading(cell): index for index, cell in reversed([*enumerate(row)])}
        if all(_heading(each.heading) in index_of for each in table.columns):
            at = {each.field: index_of[_heading(each.heading)] for each in table.columns}
            fields = {field: index for key, index in at.items() if (field := column(tables()[table.rows], key, of))}
            return Layout(sheet, table.rows, head, {ID: at[ID]}, fields)
    return None


def nearly_described(sheets: Sequence[TableSheet], descriptions: Sequence[Table]) -> Problem | None:
    """Return a problem for the row that has the most, but not all, headings of a table; None if no row has two of
    them."""
    most, problem = 1, None
    for sheet, table in product(sheets, descriptions):
        for head, row in enumerate(sheet.rows[:SEARCHED]):
            present = {_heading(cell) for cell in row}
            missing = [each.heading for each in table.columns if _heading(each.heading) not in present]
            if (n := len(table.columns) - len(missing)) > most:
                values = {"row": head + 1, "table": table.id, "missing": ", ".join(missing)}
                most, problem = n, sheet.at_cell(head, 0, "table_headings", **values)
    return problem


def _heading(cell: Cell) -> str:
    """Return a heading without spaces and line ends, which only make it fit its cell."""
    return "".join(str(cell or "").split())
