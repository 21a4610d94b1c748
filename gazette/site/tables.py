"""Lists the tables of open data and their columns."""

from __future__ import annotations

from collections.abc import Callable

from gazette.site.column import Column
from gazette.site.event_tables import DEADLINES, HISTORY, NOTICES, REVISIONS, WITHDRAWALS
from gazette.site.file_table import FILES
from gazette.site.pledge_tables import ASSIGNMENTS, HEADS, NUMBERS, PERIODS, PLEDGES, UNITS

AS_OF = Column("as_of", "date", lambda _: None)
"""The last column of each CSV file. It states the reference date, even when several files are combined. A JSON file
states it once, before its records."""


TABLES: dict[str, tuple[Column, ...]] = {
    "pledges": PLEDGES,
    "units": UNITS,
    "history": HISTORY,
    "deadlines": DEADLINES,
    "periods": PERIODS,
    "revisions": REVISIONS,
    "withdrawals": WITHDRAWALS,
    "heads": HEADS,
    "assignments": ASSIGNMENTS,
    "numbers": NUMBERS,
    "notices": NOTICES,
    "files": FILES,
}
"""The tables of open data, one row for each: pledge; unit; event of a pledge; change of a deadline; period of a
recurring pledge; revision of a published value; withdrawn pledge or notice; head of a unit; assignment of a pledge;
number of the superior list that a pledge answers; notice; mention of an evidence file."""

ALWAYS = ("pledges", "units", "history")
"""The tables that every site has. The others exist if they have rows."""


def present(rows: Callable[[str], int]) -> tuple[str, ...]:
    """The names of a site's tables; `rows` returns the number of rows of a table."""
    return tuple(name for name in TABLES if name in ALWAYS or rows(name))


ENDINGS = ("csv", "json")
"""The extensions under which each table is published, besides the workbook (`BOOK_ENDING`)."""

BOOK_ENDING = "xlsx"

MOST_ROWS = 1_000_000
"""A table with more rows has no workbook: with its heads it would not fit into a sheet (1,048,576 rows)."""


def with_book(rows: Callable[[str], int]) -> tuple[str, ...]:
    """The names of a site's tables that have a workbook."""
    return tuple(name for name in present(rows) if rows(name) <= MOST_ROWS)


def columns(name: str, languages: tuple[str, ...]) -> tuple[tuple[str, Column], ...]:
    """(name, column) of a table's CSV file. A text has one column for each language."""
    named: list[tuple[str, Column]] = []
    for column in TABLES[name]:
        if column.type == "texts":
            named += [(f"{column.name}_{language}", column) for language in languages]
        else:
            named.append((column.name, column))
    return (*named, (AS_OF.name, AS_OF))
