"""Plans the open data: its files, and the rows that a unit adds to them."""

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
    """Yield a target for each table that has rows, in each form. The table of the files of evidence reads those files:
    `evidence` are their paths."""
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
    """Return what a file says of itself, so that a copy keeps its meaning: title, source, the day that states are
    measured against, languages (`{code: BCP 47 tag}`), licence."""
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
    """Return the list that the numbers of pledges come from, if the site names it."""
    superior = content.site.superior_list
    return (
        {"list": {"name": superior.name, "url": superior.url, "date": iso(superior.date) or None}} if superior else {}
    )


Tables = Mapping[str, data_format.Rows]
"""The rows of a unit: `{table: rows}`."""


def unit_tables(unit_entries: tuple[LedgerEntry, ...], languages: tuple[str, ...]) -> Tables:
    """Return the rows of one unit in each table."""
    return {name: rows(name, _SOURCES[name](unit_entries), languages) for name in tables.TABLES}


def data_fragments(of_unit: Tables) -> Iterator[Fragment]:
    """Yield the rows of one unit in the form of each file."""
    for name, view in of_unit.items():
        for ending in tables.ENDINGS if view.cells else ():
            path = f"data/{name}.{ending}"
            yield Fragment(path, path, "data", ending, view)


def data_paths() -> frozenset[str]:
    """Return the paths that the tables may have, in each form."""
    endings = (*tables.ENDINGS, tables.BOOK_ENDING)
    return frozenset(f"data/{name}.{ending}" for name in tables.TABLES for ending in endings)


def csv_head(name: str, languages: tuple[str, ...]) -> str:
    """Return the start of a CSV: a byte order mark, without which spreadsheets ask for the encoding, and the column
    names."""
    return "\ufeff" + data_format.csv_rows((tuple(title for title, _ in tables.columns(name, languages)),))


def rows(name: str, sources: Iterable[Any], languages: tuple[str, ...]) -> data_format.Rows:
    """Return the rows of table `name`, one read from each of `sources`."""
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
    """Return how many rows a unit adds to each table."""
    return {name: len(each.cells) for name, each in of_unit.items()}


def _happened(unit_entries: tuple[LedgerEntry, ...]) -> Iterator[Happened]:
    """Yield the events of a unit, then those of its pledges: the same that the page of changes lists."""
    unit_file = unit_entries[0].unit_file
    yield from (Happened(unit_file.id, "", event) for event in unit_history(unit_file.unit))
    for entry in unit_entries:
        events = (event for event in entry.history if event.changes_something)
        yield from (Happened(unit_file.id, entry.pledge.id, event) for event in events)


def _deferred(unit_entries: tuple[LedgerEntry, ...]) -> Iterator[Deferred]:
    for entry in unit_entries:
        for step in deadline_history(entry.pledge):
            yield Deferred(entry.unit_file.id, entry.pledge.id, step)


def _taken_back(unit_entries: tuple[LedgerEntry, ...]) -> Iterator[TakenBack]:
    """Yield the withdrawn pledges of a unit, then the withdrawn notices whose row it writes."""
    unit = unit_entries[0].unit_file.id
    for pledge in (entry.pledge for entry in unit_entries):
        if pledge.withdrawn is not None:
            yield TakenBack(unit, pledge.id, "", pledge.title, pledge.withdrawn)
    for file in counting.own_notices(unit_entries):
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
"""The function that lists what the rows of a table are read from, by table. Each item becomes one row."""


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
