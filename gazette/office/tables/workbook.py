"""Writes the workbook of a content folder: a sheet of pledges, one for each list of their entries, and a guide. The
same content gives the same bytes."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from gazette.model.forms.record import Record
from gazette.model.records.columns import ID, NUMBER, PLEDGES, STATE, Column, columns, tables
from gazette.office.cells import CellValue, shown
from gazette.office.content import OpenContent, OpenUnit
from gazette.office.tables.labels import Labels, is_entry
from gazette.office.tables.rows import cells_of, state_of
from gazette.office.tables.sheets import GREY, Book, Choices, Heading

MADE = datetime.datetime(2000, 1, 1)
"""The creation time of every workbook. The real time would make each file differ."""

SPARE = 300
"""The number of empty rows for new entries."""

TITLE = "title"
"""The name of the column that shows what a pledge is about, and is not read back."""


class Row(msgspec.Struct, frozen=True):
    """A row: the pledge, the number of its entry (from 1; 0 for the pledge itself), the digest of its state, and the
    values of its cells."""

    pledge: dict[str, Any]
    number: int
    state: str
    cells: dict[str, CellValue]


class Sheet(msgspec.Struct, frozen=True):
    """A table of some units: its name, its columns and its rows."""

    table: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def sheets(content: OpenContent, units: Sequence[OpenUnit]) -> list[Sheet]:
    """Return the tables of some units, in the order of their sheets: the pledges, their updates, then the rest."""
    order = sorted(tables().items(), key=lambda each: (each[0] != PLEDGES, each[0] != "updates"))
    return [_sheet(table, kind, content, units) for table, kind in order]


def _sheet(table: str, kind: type[Record], content: OpenContent, units: Sequence[OpenUnit]) -> Sheet:
    records = list(_records(table, units))
    most = max((_evidence(record) for _, _, record in records), default=0)
    of = columns(kind, content.languages, {"evidence": most + 1})
    rows = []
    for pledge, number, record in records:
        name = f"{pledge[ID]} {number or ''}".strip()
        rows.append(Row(pledge, number, state_of(kind, record, content.languages, name), cells_of(record, of)))
    return Sheet(table, of, tuple(rows))


def _evidence(record: dict[str, Any]) -> int:
    """Return the most pieces of evidence of a record, or of a record inside it that has no table."""
    inner = [record, *(each for each in record.values() if isinstance(each, dict))]
    return max(len(each.get("evidence") or ()) for each in inner)


def _records(table: str, units: Sequence[OpenUnit]) -> Iterator[tuple[dict[str, Any], int, dict[str, Any]]]:
    """Yield the records of a table, each with its pledge and its number in the pledge's list."""
    for unit in units:
        for pledge in unit.pledges:
            if is_entry(table):
                for number, record in enumerate(pledge.get(table) or (), 1):
                    yield pledge, number, record
            else:
                yield pledge, 0, pledge


# ── the file ─────────────────────────────────────────────────────────────────


def workbook(content: OpenContent, of: Sequence[Sheet], labels: Labels) -> bytes:
    """Return the bytes of a workbook (XLSX) with some tables."""
    file = io.BytesIO()
    book = Book(file, labels, MADE)
    title = content.shared.site.title
    book.guide(title[labels.shown], "guide_")
    choices = _choices(content, of, labels)
    ids = choices.range(tuple(dict.fromkeys(str(row.pledge[ID]) for sheet in of for row in sheet.rows)))
    for sheet in of:
        _write(book, sheet, choices, ids)
    book.choices(choices)
    book.close()
    return file.getvalue()


def _choices(content: OpenContent, of: Sequence[Sheet], labels: Labels) -> Choices:
    """Return the drop-down lists."""
    choices = Choices(labels.told.office["lists"])
    for name, entries in (("themes", content.shared.themes), ("programmes", content.shared.programmes)):
        choices.offer_ids(name, labels.field(name), [(each.id, each.name[labels.shown]) for each in entries])
    for sheet in of:
        for column in sheet.columns:
            if column.form in ("choice", "flag"):
                words = column.words or ("yes", "no")
                choices.offer(column, labels.column(column), [shown(column, word, labels.told) for word in words])
    return choices


def _write(book: Book, sheet: Sheet, choices: Choices, ids: str) -> None:
    """Write a sheet: the hidden keys, the headings, a row for each record, and empty rows."""
    labels, entries = book.labels, is_entry(sheet.table)
    leading = [Heading(f"{sheet.table}/{ID}", labels.field(ID), 16, "free" if entries else "locked")]
    if entries:
        leading += [Heading(f"{sheet.table}/{NUMBER}", labels.field(NUMBER), 9, "locked")]
        leading += [Heading("", labels.field(TITLE), 30, "locked")]
    field_headings = [Heading.of(sheet.table, column, labels) for column in sheet.columns]
    last = Heading(f"{sheet.table}/{STATE}", labels.field(STATE), 14, "hidden")
    page = book.sheet(
        labels.table(sheet.table), [*leading, *field_headings, last], len(sheet.rows), SPARE if entries else 0
    )
    for row in sheet.rows:
        page.next_row()
        page.text(0, str(row.pledge[ID]), GREY)
        if entries:
            page.text(1, str(row.number), GREY)
            page.text(2, row.pledge["title"][book.labels.shown], GREY)
        for index, column in enumerate(sheet.columns, len(leading)):
            page.value(index, column, row.cells.get(column.key, ""))
        page.text(len(leading) + len(field_headings), row.state, GREY)
    if entries:
        page.choose(0, ids, from_row=len(sheet.rows))
    for index, column in enumerate(sheet.columns, len(leading)):
        page.check(index, column, choices.of(column))
    page.close(len(leading))
