"""The tables of the open data: which there are, and the columns that each has."""

from __future__ import annotations

from collections.abc import Callable

from gazette.site.column import Column
from gazette.site.event_tables import DEADLINES, HISTORY, NOTICES, REVISIONS, WITHDRAWALS
from gazette.site.file_table import FILES
from gazette.site.pledge_tables import ASSIGNMENTS, HEADS, NUMBERS, PERIODS, PLEDGES, UNITS

AS_OF = Column("as_of", "date", lambda _: None)
"""The last column of each CSV: a file says by itself which day it speaks of, also when several are put together. A JSON
file says it once, before its records."""


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
"""The tables of the open data: one row a pledge; a unit; each thing that happened to a pledge; each time that a
deadline became another; each period of a pledge that recurs; each thing that was corrected or changed after it was
published; each pledge and notice that was withdrawn; each who headed a unit; each that a pledge was assigned to; each
number of the superior list that a pledge answers; each notice; each file that evidence names, wherever it does."""

ALWAYS = ("pledges", "units", "history")
"""The tables that every site has; the others are there where they have a row."""


def present(rows: Callable[[str], int]) -> tuple[str, ...]:
    """The tables of a site where `rows` says how many rows each has."""
    return tuple(name for name in TABLES if name in ALWAYS or rows(name))


ENDINGS = ("csv", "json")
"""The forms in which each is published, row by row; as a workbook (`BOOK_ENDING`) too."""

BOOK_ENDING = "xlsx"

MOST_ROWS = 1_000_000
"""A table of more rows finds no room in a sheet (1,048,576), beside its heads; then it has no workbook."""


def with_book(rows: Callable[[str], int]) -> tuple[str, ...]:
    """The tables of a site that are workbooks, too."""
    return tuple(name for name in present(rows) if rows(name) <= MOST_ROWS)


def columns(name: str, languages: tuple[str, ...]) -> tuple[tuple[str, Column], ...]:
    """The columns of a table as its CSV has them: a text of each language is a column of its own."""
    found: list[tuple[str, Column]] = []
    for column in TABLES[name]:
        if column.type == "texts":
            found += [(f"{column.name}_{language}", column) for language in languages]
        else:
            found.append((column.name, column))
    return (*found, (AS_OF.name, AS_OF))
