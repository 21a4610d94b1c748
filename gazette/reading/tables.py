"""The file tables.yaml, which a content folder may have: how districts' own tables are read."""

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
    """The tables that are described, without those in which something is wrong; that is noted."""
    path = diagnostics.root / NAME
    if diagnostics.files.kind(path) is None:
        return ()
    found = read_record(diagnostics, path, Tables, languages) or ()
    file = Location(diagnostics, diagnostics.display(path))
    before = len(diagnostics.problems)
    check_repeated(file, (table.id for table in found), "id")
    for number, table in enumerate(found):
        _check(file.within(number, "columns"), table, languages)
    return found if len(diagnostics.problems) == before else ()


def _check(location: Location, table: Table, languages: tuple[str, ...]) -> None:
    """The columns of a table: fields that its rows have, one of them the pledge, and none twice."""
    kind = tables()[table.rows]
    fields = [each.field for each in table.columns]
    known = [ID, *(each.key for each in columns(kind, languages, {"evidence": MOST_ENTRIES}))]
    for number, each in enumerate(table.columns):
        own = location.within(number)
        if each.field != ID and column(kind, each.field, languages) is None:
            near = next(iter(difflib.get_close_matches(each.field, known, 1, 0.5)), "")
            own.within("field").report("table_field", found=each.field, near=near, expected=", ".join(known[:8]))
        elif each.field in fields[:number]:
            own.within("field").report("repeated", found=each.field)
    check_repeated(location, (each.heading for each in table.columns), "heading")
    if ID not in fields:
        location.report("table_id")
