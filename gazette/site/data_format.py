"""The forms of the open data: what a table is as CSV and as JSON, whatever its columns."""

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
    """What one unit adds to a table: `cells` for CSV, `records` (one JSON text a row) for JSON. The cells of the day
    that states are measured against hold `DAY`: no unit is made again because it is another day. `about` are the
    pledges that the rows are about, each by its id; a row about the unit has none."""

    cells: tuple[tuple[str, ...], ...]
    records: tuple[str, ...]
    about: tuple[str, ...] = ()


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

SIZE, SUM = "bytes", "sha256"
_FACT = pattern(f'("?)\ue000({SIZE}|{SUM}) ([^\ue001]*)\ue001("?)')
"""Stands for the size or the digest of a file of the site, which is known when that is made. Content holds no private
characters."""


def fact_of(path: str, fact: str) -> str:
    """What stands for a fact (`SIZE`, `SUM`) of the file at a path."""
    return f"\ue000{fact} {path}\ue001"


def with_facts(text: str, facts: Callable[[str, str], str]) -> str:
    """Rows with the facts of files in their places, as `facts` tells them of a path; a size is a number."""

    def told(match: re.Match[str]) -> str:
        value = facts(match[3], match[2])
        return value if match[2] == SIZE else f"{match[1]}{value}{match[4]}"

    return _FACT.sub(told, text)


AS_THEY_ARE = ("integer", "number", "date")
"""The types of columns whose cells are no text: a negative number stays one."""


def harmless(text: str) -> str:
    """A text as a cell that no spreadsheet runs as a formula: with an apostrophe before it. One that begins with
    apostrophes and such a sign gets another, so that taking one away gives every text back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that `harmless` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


_FORMULA = pattern(r"'*[=+\-@＝＋－＠\t\r\n]")


JSON_GLUE = ",\n"
"""What stands between two records."""


def json_ends(name: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """What stands before and after the records of a JSON file: an object with some facts about the table, a fact a
    line, then the table's name and its records, a record a line."""
    lines = [f"{json.dumps(key)}: {json.dumps(fact, ensure_ascii=False)}" for key, fact in facts.items()]
    return "{" + ",\n".join([*lines, f'"{name}": [\n']), "\n]}\n"


def json_value(value: Any) -> str:
    """A value of a record. A number keeps the digits that were printed: 1.50 is a number as it stands (RFC 8259 6)."""
    return format(value, "f") if isinstance(value, Decimal) else _ENCODER.encode(value)


_ENCODER = json.JSONEncoder(ensure_ascii=False, default=str)


def json_record(values: Mapping[str, Any]) -> str:
    """A record of a JSON file, by column, on one line. (All of it is written at once where that can be.)"""
    if not any(isinstance(value, Decimal) for value in values.values()):
        return _ENCODER.encode(values)
    return "{" + ", ".join(f'"{name}": {json_value(value)}' for name, value in values.items()) + "}"


def json_rows(records: Iterable[str]) -> str:
    """Records of a JSON file."""
    return JSON_GLUE.join(records)
