"""Owns the open data: the columns of each table, and rows as CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from gazette.indexes import Entry, reported
from gazette.markup import plain
from gazette.model import Note
from gazette.patterns import pattern
from gazette.status import ALERTS, STATES


class Column(msgspec.Struct, frozen=True):
    """A column: `type` is text, integer, number, date, id, list or code; a text in each language is `texts`."""

    name: str
    type: str
    read: Callable[[Any], Any]
    codes: tuple[str, ...] = ()


class Rows(msgspec.Struct, frozen=True):
    """What one unit adds to a table: `cells` for CSV, `records` (one JSON text a row) for JSON. The cells of the day
    that states are measured against hold `DAY`: no unit is made again because it is another day."""

    cells: tuple[tuple[str, ...], ...]
    records: tuple[str, ...]


def _texts(value: Mapping[str, str] | None) -> dict[str, str] | None:
    return None if value is None else {language: plain(text) for language, text in value.items()}


def _notes(notes: Iterable[Note]) -> dict[str, str] | None:
    joined: dict[str, list[str]] = {}
    for note in notes:
        for language, text in note.text.items():
            joined.setdefault(language, []).append(plain(text))
    return {language: " / ".join(texts) for language, texts in joined.items()} or None


PLEDGES: tuple[Column, ...] = (
    Column("id", "id", lambda e: e.pledge.id),
    Column("unit", "id", lambda e: e.shard.id),
    Column("unit_name", "texts", lambda e: e.shard.unit.name),
    Column("number", "integer", lambda e: e.number),
    Column("title", "texts", lambda e: e.pledge.title),
    Column("text", "texts", lambda e: _texts(e.pledge.text)),
    Column("themes", "list", lambda e: list(e.pledge.themes)),
    Column("programmes", "list", lambda e: list(e.pledge.programmes)),
    Column("checkable", "code", lambda e: e.pledge.checkable, ("yes", "partly", "principle")),
    Column("why", "texts", lambda e: _texts(e.pledge.why)),
    Column("done_when", "texts", lambda e: _texts(e.pledge.done_when)),
    Column("target_value", "number", lambda e: e.pledge.target.value if e.pledge.target else None),
    Column("target_unit", "texts", lambda e: e.pledge.target.unit if e.pledge.target else None),
    Column("target_what", "texts", lambda e: e.pledge.target.what if e.pledge.target else None),
    Column(
        "deadline_kind",
        "code",
        lambda e: e.pledge.deadline.kind,
        ("date", "month", "year", "period", "rhythm", "limit", "standing", "unstated"),
    ),
    Column("deadline", "text", lambda e: e.pledge.deadline.stated),
    Column("deadline_first", "date", lambda e: e.pledge.deadline.first),
    Column("deadline_last", "date", lambda e: e.pledge.deadline.last),
    Column(
        "status",
        "code",
        lambda e: e.status.code,
        STATES,
    ),
    Column("status_since", "date", lambda e: e.status.since),
    Column("alert", "code", lambda e: e.status.alert or None, ALERTS),
    Column("updates", "integer", lambda e: len(e.pledge.updates)),
    Column("covers", "list", lambda e: [str(item) for item in e.pledge.covers]),
    Column("source_section", "text", lambda e: e.pledge.source.section),
    Column("source_paragraph", "integer", lambda e: e.pledge.source.paragraph),
    Column("source_item", "text", lambda e: e.pledge.source.item),
    Column("notes", "texts", lambda e: _notes(e.pledge.notes)),
    Column("formerly", "list", lambda e: list(e.pledge.formerly)),
)

UNITS: tuple[Column, ...] = (
    Column("id", "id", lambda u: u[0].id),
    Column("name", "texts", lambda u: u[0].unit.name),
    Column("also", "texts", lambda u: u[0].unit.also),
    Column("kind", "code", lambda u: u[0].unit.kind, ("district", "zone")),
    Column("order", "integer", lambda u: u[0].unit.order),
    Column("signed_name", "texts", lambda u: u[0].unit.signed_by.name),
    Column("signed_title", "texts", lambda u: u[0].unit.signed_by.title),
    Column("summary", "texts", lambda u: _texts(u[0].unit.summary)),
    Column("commitments", "integer", lambda u: u[0].unit.commitments),
    Column("pledges", "integer", lambda u: len(u[1])),
    Column("reported", "integer", lambda u: reported(u[1])),
    Column("notes", "texts", lambda u: _notes(u[0].unit.notes)),
    Column("formerly", "list", lambda u: list(u[0].unit.formerly)),
)

AS_OF = Column("as_of", "date", lambda _: None)
"""The last column of each CSV: a file says by itself which day it speaks of, also when several are put together. A JSON
file says it once, before its records."""


TABLES: dict[str, tuple[Column, ...]] = {"pledges": PLEDGES, "units": UNITS}
"""The tables of the open data: one row a pledge, one row a unit."""


def rows(name: str, own: tuple[Entry, ...], languages: tuple[str, ...]) -> Rows:
    """The rows of one unit in a table."""
    cells, records = [], []
    sources: tuple[Any, ...] = own if name == "pledges" else ((own[0].shard, own),)
    for source in sources:
        values = {column.name: column.read(source) for column in TABLES[name]}
        records.append(_record(values))
        cells.append((*_cells(TABLES[name], values, languages), DAY))
    return Rows(tuple(cells), tuple(records))


def columns(name: str, languages: tuple[str, ...]) -> tuple[tuple[str, Column], ...]:
    """The columns of a table as its CSV has them: a text of each language is a column of its own."""
    found: list[tuple[str, Column]] = []
    for column in TABLES[name]:
        if column.type == "texts":
            found += [(f"{column.name}_{language}", column) for language in languages]
        else:
            found.append((column.name, column))
    return (*found, (AS_OF.name, AS_OF))


def _cells(table: tuple[Column, ...], values: Mapping[str, Any], languages: tuple[str, ...]) -> Iterable[str]:
    for column in table:
        value = values[column.name]
        if column.type == "texts":
            yield from (_harmless((value or {}).get(language, "")) for language in languages)
        elif column.type == "list":
            yield _harmless(";".join(value))
        elif column.type in AS_THEY_ARE:
            yield "" if value is None else str(value)
        else:
            yield _harmless(value or "")


# ── as files ─────────────────────────────────────────────────────────────────


def csv_head(name: str, languages: tuple[str, ...]) -> str:
    """What a CSV begins with, so that spreadsheets open it without a question: byte order mark, column names."""
    return "\ufeff" + csv_rows((tuple(title for title, _ in columns(name, languages)),))


def csv_rows(cells: Iterable[tuple[str, ...]]) -> str:
    """Rows of a CSV, with CRLF (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(cells)
    return out.getvalue()


def on_day(text: str, as_of: str) -> str:
    """Rows of a CSV with the day (ISO 8601, or nothing) that states are measured against."""
    return text.replace(DAY, as_of)


DAY = "\x1f"
"""Stands for the day. Content holds no control characters."""

AS_THEY_ARE = ("integer", "number", "date")
"""The types of columns whose cells are no text: a negative number stays one."""


def _harmless(text: str) -> str:
    """A text as a cell that no spreadsheet runs as a formula: with an apostrophe before it. One that begins with
    apostrophes and such a sign gets another, so that taking one away gives every text back."""
    return f"'{text}" if _FORMULA.match(text) else text


_FORMULA = pattern(r"'*[=+\-@＝＋－＠\t\r\n]")


JSON_GLUE = ",\n"


def json_ends(name: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """What stands before and after the records of a JSON file: an object with some facts about the table, a fact a
    line, then the table's name and its records, a record a line."""
    lines = [f"{json.dumps(key)}: {json.dumps(fact, ensure_ascii=False)}" for key, fact in facts.items()]
    return "{" + ",\n".join([*lines, f'"{name}": [\n']), "\n]}\n"


def _record(values: Mapping[str, Any]) -> str:
    return "{" + ", ".join(f'"{name}": {_json(value)}' for name, value in values.items()) + "}"


def _json(value: Any) -> str:
    """A value of a record. A number keeps the digits that were printed: 1.50 is a number as it stands (RFC 8259 6)."""
    return format(value, "f") if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)


def json_rows(records: Iterable[str]) -> str:
    """Records of a JSON file."""
    return JSON_GLUE.join(records)
