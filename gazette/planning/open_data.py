"""The open data among what is published: its files, and the rows that a unit adds to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from gazette.model.life.deadline_changes import deadline_history
from gazette.model.life.history import unit_history
from gazette.model.published.facts import revised_fields
from gazette.model.records.content import SharedContent
from gazette.planning import counting
from gazette.planning.counting import LedgerEntry, Totals
from gazette.planning.evidence import file_rows
from gazette.planning.language import iso
from gazette.site import data_format, tables
from gazette.site.column import Column
from gazette.site.event_tables import Deferred, Happened, TakenBack
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.files import DataView


def data_targets(content: SharedContent, totals: Totals, evidence: tuple[str, ...] = ()) -> Iterator[Target]:
    """The files: each table that there is, in each form. That of the files of evidence is made from these: `evidence`
    are their paths."""
    for name in tables.present(totals.__getitem__):
        maker, needs = ("files", evidence) if name == "files" else ("table", ())
        facts = header(content) | (_list(content) if name == "numbers" else {})
        path = f"data/{name}.csv"
        view = DataView(csv_head(name, content.languages), "", facts["as_of"] or "")
        yield Target(path, "data", maker, view, slots=(Slot(path),), needs=needs)
        path = f"data/{name}.json"
        view = DataView(*data_format.json_ends(name, facts), facts["as_of"] or "")
        yield Target(path, "data", maker, view, slots=(Slot(path, data_format.JSON_GLUE),), needs=needs)


def header(content: SharedContent) -> dict[str, Any]:
    """What a file says of itself, so that a copy is worth as much as the original: whose data they are, the day that
    states are measured against, the languages of texts (their codes with BCP 47 tags), the terms of use."""
    site = content.site
    licence = site.licence_data
    return {
        "title": site.title,
        "source": site.source,
        "as_of": iso(site.as_of) or None,
        "languages": {language.code: language.tag for language in site.languages},
        "licence": {"name": licence.name, "url": licence.url} if licence else None,
    }


def _list(content: SharedContent) -> dict[str, Any]:
    """Which list the numbers are those of."""
    own = content.site.superior_list
    return {"list": {"name": own.name, "url": own.url, "date": iso(own.date) or None}} if own else {}


Tables = Mapping[str, data_format.Rows]
"""The rows of a unit, by table."""


def unit_tables(own: tuple[LedgerEntry, ...], languages: tuple[str, ...]) -> Tables:
    """The rows of one unit in each table."""
    return {name: rows(name, _SOURCES[name](own), languages) for name in tables.TABLES}


def data_fragments(of_unit: Tables) -> Iterator[Fragment]:
    """The rows of one unit, as the files have them."""
    for name, view in of_unit.items():
        for ending in tables.ENDINGS if view.cells else ():
            path = f"data/{name}.{ending}"
            yield Fragment(path, path, "data", ending, view)


def data_paths() -> frozenset[str]:
    """The paths that the tables may have, in each form."""
    endings = (*tables.ENDINGS, tables.BOOK_ENDING)
    return frozenset(f"data/{name}.{ending}" for name in tables.TABLES for ending in endings)


def csv_head(name: str, languages: tuple[str, ...]) -> str:
    """What a CSV begins with, so that spreadsheets open it without a question: byte order mark, column names."""
    return "\ufeff" + data_format.csv_rows((tuple(title for title, _ in tables.columns(name, languages)),))


def rows(name: str, sources: Iterable[Any], languages: tuple[str, ...]) -> data_format.Rows:
    """The rows of a table that are read of some `sources`."""
    cells, records, about = [], [], []
    for source in sources:
        values = {column.name: column.read(source) for column in tables.TABLES[name]}
        records.append(data_format.json_record(values))
        cells.append((*_cells(tables.TABLES[name], values, languages), data_format.DAY))
        about.append(str(values.get("pledge") or values.get("id") or "") if name in _OF_PLEDGES else "")
    return data_format.Rows(tuple(cells), tuple(records), tuple(about))


_OF_PLEDGES = ("pledges", "revisions", "history", "deadlines", "withdrawals", "periods", "assignments", "numbers")
"""The tables whose rows are about pledges."""


def row_counts(of_unit: Tables) -> dict[str, int]:
    """How many rows a unit gives to each table."""
    return {name: len(found.cells) for name, found in of_unit.items()}


def _happened(own: tuple[LedgerEntry, ...]) -> Iterator[Happened]:
    """What happened to a unit itself, then to each of its pledges: what the page of changes tells too."""
    unit_file = own[0].unit_file
    yield from (Happened(unit_file.id, "", event) for event in unit_history(unit_file.unit))
    for entry in own:
        told = (event for event in entry.history if event.changes_something)
        yield from (Happened(unit_file.id, entry.pledge.id, event) for event in told)


def _deferred(own: tuple[LedgerEntry, ...]) -> Iterator[Deferred]:
    for entry in own:
        for step in deadline_history(entry.pledge):
            yield Deferred(entry.unit_file.id, entry.pledge.id, step)


def _taken_back(own: tuple[LedgerEntry, ...]) -> Iterator[TakenBack]:
    """The pledges of a unit that were withdrawn, then the notices whose line it gives."""
    unit = own[0].unit_file.id
    for pledge in (entry.pledge for entry in own):
        if pledge.withdrawn is not None:
            yield TakenBack(unit, pledge.id, "", pledge.title, pledge.withdrawn)
    for file in counting.own_notices(own):
        if file.notice.withdrawn is not None:
            yield TakenBack(unit, "", file.id, file.notice.title, file.notice.withdrawn)


_SOURCES: dict[str, Callable[[tuple[LedgerEntry, ...]], Iterable[Any]]] = {
    "pledges": lambda own: own,
    "units": lambda own: ((own[0].unit_file, own),),
    "history": _happened,
    "deadlines": _deferred,
    "withdrawals": _taken_back,
    "revisions": lambda own: revised_fields(own[0].unit_file.id, own[0].unit_file.unit, counting.own_notices(own)),
    "heads": lambda own: ((own[0].unit_file, head) for head in own[0].unit_file.unit.heads),
    "assignments": lambda own: ((entry, each) for entry in own for each in entry.pledge.assigned),
    "numbers": lambda own: ((entry, number) for entry in own for number in entry.pledge.numbers),
    "periods": lambda own: ((entry, record) for entry in own for record in entry.periods),
    "notices": counting.own_notices,
    "files": file_rows,
}
"""What the rows of a unit are read of, by table: a row of each."""


def _cells(table: tuple[Column, ...], values: Mapping[str, Any], languages: tuple[str, ...]) -> Iterator[str]:
    for column in table:
        value = values[column.name]
        if column.type == "texts":
            yield from (data_format.harmless((value or {}).get(language, "")) for language in languages)
        elif column.type == "list":
            yield data_format.harmless(";".join(value))
        elif column.type in data_format.AS_THEY_ARE:
            yield "" if value is None else str(value)
        else:
            yield data_format.harmless(value or "")
