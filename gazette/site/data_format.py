"""Writes tables of open data as CSV and JSON, whatever their columns."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from gazette.lazy_re import pattern


class Rows(msgspec.Struct, frozen=True):
    """The rows that one unit adds to a table.

    `cells` are for CSV, `records` for JSON (one JSON text a row). `DAY` stands for the reference date in cells, so that
    another day does not make a unit stale. `about` are the ids of the pledges that the rows concern; rows about the
    unit itself have none.
    """

    cells: tuple[tuple[str, ...], ...]
    records: tuple[str, ...]
    about: tuple[str, ...] = ()


def csv_rows(cells: Iterable[tuple[str, ...]]) -> str:
    """Rows of a CSV file, with CRLF (RFC 4180)."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(cells)
    return out.getvalue()


def on_day(text: str, as_of: str) -> str:
    """Rows of a CSV file with `DAY` replaced by the reference date (ISO 8601, or "")."""
    return text.replace(DAY, as_of)


DAY = "\x1f"
"""Placeholder for the reference date. Content holds no control characters."""

SIZE, SUM = "bytes", "sha256"
_FACT = pattern(f'("?)\ue000({SIZE}|{SUM}) ([^\ue001]*)\ue001("?)')
"""Placeholder for the size or digest of a file of the site, which is known only when the file is made. Content holds no
private-use characters."""


def fact_of(path: str, fact: str) -> str:
    """Placeholder for a fact (`SIZE` or `SUM`) of the file at `path`."""
    return f"\ue000{fact} {path}\ue001"


def with_facts(text: str, facts: Callable[[str, str], str]) -> str:
    """The text with each placeholder replaced by `facts(path, fact)`. A size becomes a number, without quotes."""

    def told(match: re.Match[str]) -> str:
        value = facts(match[3], match[2])
        return value if match[2] == SIZE else f"{match[1]}{value}{match[4]}"

    return _FACT.sub(told, text)


AS_THEY_ARE = ("integer", "number", "date")
"""The types of columns whose cells are not text, so that a negative number stays one."""


def harmless(text: str) -> str:
    """The text as a cell that no spreadsheet runs as a formula: with an apostrophe before it. A text that already
    begins with apostrophes and such a sign gets another, so that `unguarded` always restores it."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text from which `harmless` made this cell."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


_FORMULA = pattern(r"'*[=+\-@＝＋－＠\t\r\n]")


JSON_GLUE = ",\n"
"""Separates two records."""


def json_ends(name: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """The text before and after the records of a JSON file: an object with the table's `facts`, one a line, then the
    table's name and its records."""
    lines = [f"{json.dumps(key)}: {json.dumps(fact, ensure_ascii=False)}" for key, fact in facts.items()]
    return "{" + ",\n".join([*lines, f'"{name}": [\n']), "\n]}\n"


def json_value(value: Any) -> str:
    """The JSON of a value. A number keeps its printed digits: 1.50 stays 1.50 (RFC 8259 6)."""
    return format(value, "f") if isinstance(value, Decimal) else _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def json_record(values: Mapping[str, Any]) -> str:
    """`{column: value}` as JSON on one line. Encoded in one call unless a Decimal needs its digits kept."""
    if not any(isinstance(value, Decimal) for value in values.values()):
        return _ENCODER.encode(values)
    return "{" + ", ".join(f'"{name}": {json_value(value)}' for name, value in values.items()) + "}"


def json_rows(records: Iterable[str]) -> str:
    """The records of a JSON file, joined."""
    return JSON_GLUE.join(records)
