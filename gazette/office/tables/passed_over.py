"""What of a file of tables is not read: rows of sums, which are passed over and named, and what has lost the hidden
keys by which it is read, which is told."""

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
"""What stands at the head of a row of sums, without blanks (2: whether in capitals or not)."""

_LIST_MARKS = pattern(r"[一二三四五六七八九十0-9]+[、.．]")


def without_sums(rows: Iterable[SheetRow], passed: list[SheetRow]) -> Iterator[SheetRow]:
    """Rows without those of sums, which are put into `passed`."""
    for row in rows:
        if _is_sum(row):
            passed.append(row)
        else:
            yield row


def _is_sum(row: SheetRow) -> bool:
    """Whether a row adds up others: it names no pledge, and one of its cells says so."""
    cells = row.layout.sheet.rows[row.number]
    return not (row.id and not _says_sum(row.id)) and any(isinstance(cell, str) and _says_sum(cell) for cell in cells)


def _says_sum(text: str) -> bool:
    return _SUM.fullmatch(_LIST_MARKS.sub("", "".join(text.split()), count=1)) is not None


def sums_told(passed: Sequence[SheetRow], labels: Labels) -> Iterator[str]:
    """The rows of sums that were passed over, in a sentence a sheet."""
    by_sheet: dict[str, list[str]] = {}
    for row in passed:
        by_sheet.setdefault(row.layout.sheet.place, []).append(str(row.number + 1))
    office = labels.told.office
    for place, numbers in by_sheet.items():
        rows = office["between_names"].join(numbers)
        yield office["sums_passed"].format(place=place, rows=rows, count=len(numbers))


# ── keys that are lost ───────────────────────────────────────────────────────


def sheets_lost(sheets: Sequence[TableSheet], read: Sequence[TableSheet], names: set[str]) -> Iterator[Problem]:
    """The sheets of a file of ours, by their names, of which nothing would be read: they have no row of keys."""
    for sheet in sheets:
        if sheet not in read and sheet.name in names and any(any(row) for row in sheet.rows):
            yield sheet.at_cell(0, 0, "keys_lost")


def sheet_names() -> set[str]:
    """What the sheets of a workbook are called in any language."""
    return {catalogue(language).choices[name] for language in languages() for name in tables()}


def columns_lost(layout: Layout, shared: SharedContent) -> Iterator[Problem]:
    """The columns of a sheet of ours that hold something under a heading of ours, and whose key is not there."""
    rows, head = layout.sheet.rows, layout.head
    headings = rows[head + 1] if head + 1 < len(rows) else ()
    unkeyed = [
        (place, str(heading).strip())
        for place, heading in enumerate(headings)
        if heading and not str(rows[head][place] if place < len(rows[head]) else "").strip()
    ]
    known = _keys_by_heading(layout, shared) if unkeyed else {}
    for place, heading in unkeyed:
        if heading in known and any(row[place] for row in rows[head + 2 :] if place < len(row)):
            yield layout.sheet.at_cell(head, place, "key_lost", found=f"{layout.table}/{known[heading]}")


def _keys_by_heading(layout: Layout, shared: SharedContent) -> dict[str, str]:
    """The keys that a sheet lacks, by what their columns are called in any language."""
    there = {*layout.naming, *(each.key for each in layout.columns)}
    known: dict[str, str] = {}
    for language in languages():
        labels = Labels.of(language, shared)
        known |= {labels.field(name): name for name in NAMING if is_entry(layout.table) or name != NUMBER}
        of = columns(layout.kind, shared.languages, {"evidence": MOST_ENTRIES})
        known |= {labels.column(each): each.key for each in of}
    return {heading: key for heading, key in known.items() if key not in there}
