"""Reads tables.yaml, an optional file that describes the districts' own tables."""

from __future__ import annotations

import difflib

from gazette.model.records.columns import ID, MOST_ENTRIES, column, columns, tables
from gazette.model.records.tables import Table, Tables
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import read_record
from gazette.reading.location import Location
from gazette.reading.validation.references import check_repeated

NAME = "tables.yaml"


def read_tables(diagnostics: Diagnostics, languages: tuple[str, ...]) -> tuple[Table, ...]:
    """The described tables; empty if one of them is faulty, with its problems in `diagnostics`."""
    path = diagnostics.root / NAME
    if diagnostics.files.kind(path) is None:
        return ()
    described = read_record(diagnostics, path, Tables, languages) or ()
    file = Location(diagnostics, diagnostics.display(path))
    before = len(diagnostics.problems)
    check_repeated(file, (table.id for table in described), "id")
    for number, table in enumerate(described):
        _check(file.within(number, "columns"), table, languages)
    return described if len(diagnostics.problems) == before else ()


def _check(location: Location, table: Table, languages: tuple[str, ...]) -> None:
    """Report columns of a table that are no field of its rows or repeated, and a table without a column for the
    pledge."""
    kind = tables()[table.rows]
    fields = [each.field for each in table.columns]
    keys = [ID, *(each.key for each in columns(kind, languages, {"evidence": MOST_ENTRIES}))]
    for number, each in enumerate(table.columns):
        place = location.within(number)
        if each.field != ID and column(kind, each.field, languages) is None:
            near = next(iter(difflib.get_close_matches(each.field, keys, 1, 0.5)), "")
            place.within("field").report("table_field", found=each.field, near=near, expected=", ".join(keys[:8]))
        elif each.field in fields[:number]:
            place.within("field").report("repeated", found=each.field)
    check_repeated(location, (each.heading for each in table.columns), "heading")
    if ID not in fields:
        location.report("table_id")
