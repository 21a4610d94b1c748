"""Reads the sheets of the table for translators: which rows somebody filled in, and with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from gazette.messages.catalogue import catalogue, languages
from gazette.messages.problems import Problem
from gazette.model.records.columns import STATE, Column
from gazette.model.translated.shared_texts import ARTICLES
from gazette.office.cells import lines_of, value_of
from gazette.office.tables.layout import SEARCHED
from gazette.office.tables.table_files import TableSheet
from gazette.office.tables.translators_table import KEY, NEW, NOTE, PRESENT, RIGHT, SOURCE, TABLE
from gazette.reading.files.encoding import unseen

_COLUMNS = (KEY, SOURCE, PRESENT, NEW, RIGHT, NOTE)

_TEXT, _FLAG = Column((), "text"), Column((), "flag")


class TranslatorsSheet(msgspec.Struct, frozen=True):
    """A sheet of translations into `language`: the row (from 0) of its keys, and its columns (from 0) by key."""

    sheet: TableSheet
    language: str
    head: int
    columns: Mapping[str, int]

    def rows(self) -> Iterator[TranslatorsRow]:
        """Yield the rows that somebody filled in."""
        for number, cells in enumerate(self.sheet.rows[self.head + 1 :], self.head + 1):
            values = {}
            for name in _COLUMNS:
                index = self.columns.get(name, len(cells))
                cell = cells[index] if index < len(cells) else None
                values[name] = str(value_of(_FLAG if name == RIGHT else _TEXT, cell))
                if name == NEW and values.get(KEY, "").startswith(ARTICLES):
                    values[name] = lines_of(cell)
            row = TranslatorsRow(self, number, values)
            if row.written and row.cells[KEY] not in _headings():
                yield row


class TranslatorsRow(msgspec.Struct, frozen=True):
    """A row (from 0) of a sheet: its cells by the key of their column."""

    of: TranslatorsSheet
    number: int
    cells: Mapping[str, str]

    @property
    def written(self) -> str:
        """The column of the first cell that somebody filled in; "" if none is."""
        return next((name for name in (NEW, RIGHT, NOTE) if self.cells[name]), "")

    @property
    def is_right(self) -> bool:
        """True if the row confirms the present translation."""
        return self.cells[RIGHT] == "yes"

    def at_column(self, column: str, code: str, /, **values: object) -> Problem:
        """Return a problem of a cell."""
        return self.of.sheet.at_cell(self.number, self.of.columns.get(column, 0), code, **values)

    def unreadable(self) -> Iterator[Problem]:
        """Yield a problem for each cell that holds what it cannot."""
        if problem := self.of.sheet.fault(self.number, self.of.columns.get(NEW, 0)):
            yield problem
        for character in unseen(self.cells[NEW]):
            yield self.at_column(NEW, "cell_character", found=character)
        if self.cells[RIGHT] not in ("yes", "no", ""):
            yield self.at_column(RIGHT, "cell_flag", found=self.cells[RIGHT])


def _headings() -> set[str]:
    """Return the heading of the hidden column in all languages."""
    return {catalogue(language).columns[STATE] for language in languages()}


def _headed(sheet: TableSheet, head: int) -> list[str]:
    """Return which of the optional columns still have their heading below the row of keys."""
    headings = sheet.rows[head + 1] if head + 1 < len(sheet.rows) else ()
    called = {name: {catalogue(language).office[name] for language in languages()} for name in (RIGHT, NOTE)}
    return [name for name in called if called[name] & {str(heading).strip() for heading in headings}]


def read_sheet(sheet: TableSheet, of: tuple[str, ...], problems: list[Problem]) -> TranslatorsSheet | None:
    """Return a sheet of the table for translators of a site in the languages `of`; None for any other sheet. Adds the
    problems of its keys."""
    for head, row in enumerate(sheet.rows[:SEARCHED]):
        keys = {index: str(cell).strip() for index, cell in enumerate(row) if str(cell or "").strip().startswith(TABLE)}
        if keys:
            return _read(sheet, head, keys, of, problems)
    return None


def _read(
    sheet: TableSheet, head: int, keys: Mapping[int, str], of: tuple[str, ...], problems: list[Problem]
) -> TranslatorsSheet:
    language = next(iter(keys.values())).removeprefix(TABLE).partition("/")[0]
    columns: dict[str, int] = {}
    for index, key in keys.items():
        into, _, name = key.removeprefix(TABLE).partition("/")
        if into != language or into not in of[1:] or name not in _COLUMNS:
            problems.append(sheet.at_cell(head, index, "column_unknown", found=key))
        elif name in columns:
            problems.append(sheet.at_cell(head, index, "column_twice", found=key))
        else:
            columns[name] = index
    needed = (SOURCE, PRESENT, NEW, *_headed(sheet, head), KEY)
    lost = [f"{TABLE}{language}/{name}" for name in needed if name not in columns]
    if lost and not problems:
        problems.append(sheet.at_cell(head, next(iter(keys)), "column_lost", found=", ".join(lost)))
    problems += sheet.overfull(head)
    return TranslatorsSheet(sheet, language, head, {} if lost else columns)
