"""Finds what cannot be read from a file of tables: rows of sums, which are skipped and reported, and sheets or columns
whose hidden keys are lost, which are problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gazette.lazy_re import pattern
from gazette.messages.catalogue import catalogue, languages
from gazette.messages.problems import Problem
from gazette.model.records.columns import MOST_ENTRIES, NAMING, NUMBER, columns, tables
from gazette.model.records.content import SharedContent
from gazette.office.tables.labels import Labels, is_entry
from gazette.office.tables.layout import Layout, SheetRow
from gazette.office.tables.table_files import TableSheet

_SUM = pattern(r"(?:[合总小共累]计|总数|(?:grand|sub)?-?totals?|sum)(?:[数值]|[:：(（].*)?", 2)
"""The text of the first cell of a row of sums, without spaces (2 is re.IGNORECASE)."""

_LIST_MARKS = pattern(r"[一二三四五六七八九十0-9]+[、.．]")


def without_sums(rows: Iterable[SheetRow], passed: list[SheetRow]) -> Iterator[SheetRow]:
    """Yield the rows that are not sums, and put the others into `passed`."""
    for row in rows:
        if _is_sum(row):
            passed.append(row)
        else:
            yield row


def _is_sum(row: SheetRow) -> bool:
    """Return whether a row is a sum of others: it names no pledge, and one of its cells says so."""
    cells = row.layout.sheet.rows[row.number]
    return not (row.id and not _says_sum(row.id)) and any(isinstance(cell, str) and _says_sum(cell) for cell in cells)


def _says_sum(text: str) -> bool:
    return _SUM.fullmatch(_LIST_MARKS.sub("", "".join(text.split()), count=1)) is not None


def sums_told(passed: Sequence[SheetRow], labels: Labels) -> Iterator[str]:
    """Yield a sentence for each sheet about the rows of sums that were skipped."""
    by_sheet: dict[str, list[str]] = {}
    for row in passed:
        by_sheet.setdefault(row.layout.sheet.place, []).append(str(row.number + 1))
    office = labels.told.office
    for place, numbers in by_sheet.items():
        rows = office["between_names"].join(numbers)
        yield office["sums_passed"].format(place=place, rows=rows, count=len(numbers))


# ── lost keys ────────────────────────────────────────────────────────────────


def sheets_lost(sheets: Sequence[TableSheet], read: Sequence[TableSheet], names: set[str]) -> Iterator[Problem]:
    """Yield a problem for each sheet, recognized by its name, that has no row of keys, so that nothing would be read
    from it."""
    for sheet in sheets:
        if sheet not in read and sheet.name in names and any(any(row) for row in sheet.rows):
            yield sheet.at_cell(0, 0, "keys_lost")


def sheet_names() -> set[str]:
    """Return the names of the sheets of a workbook in all languages."""
    return {catalogue(language).choices[name] for language in languages() for name in tables()}


def columns_lost(layout: Layout, shared: SharedContent) -> Iterator[Problem]:
    """Yield a problem for each column that holds values under one of our headings but has lost its key."""
    rows, head = layout.sheet.rows, layout.head
    headings = rows[head + 1] if head + 1 < len(rows) else ()
    unkeyed = [
        (index, str(heading).strip())
        for index, heading in enumerate(headings)
        if heading and not str(rows[head][index] if index < len(rows[head]) else "").strip()
    ]
    key_of = _keys_by_heading(layout, shared) if unkeyed else {}
    for index, heading in unkeyed:
        if heading in key_of and any(row[index] for row in rows[head + 2 :] if index < len(row)):
            yield layout.sheet.at_cell(head, index, "key_lost", found=f"{layout.table}/{key_of[heading]}")


def _keys_by_heading(layout: Layout, shared: SharedContent) -> dict[str, str]:
    """Return the keys that a sheet lacks: `{heading in any language: key}`."""
    present = {*layout.naming, *(each.key for each in layout.columns)}
    key_of: dict[str, str] = {}
    for language in languages():
        labels = Labels.of(language, shared)
        key_of |= {labels.field(name): name for name in NAMING if is_entry(layout.table) or name != NUMBER}
        of = columns(layout.kind, shared.languages, {"evidence": MOST_ENTRIES})
        key_of |= {labels.column(each): each.key for each in of}
    return {heading: key for heading, key in key_of.items() if key not in present}
