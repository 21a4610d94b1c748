"""Plans the JSON Schemas of the files of a unit and of a pledge, in the words of the data dictionary."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from gazette.model.records.content import SharedContent
from gazette.planning.data.records import OF_PLEDGE, OF_UNIT, UNKNOWN
from gazette.site.column import Column
from gazette.site.routes import SCHEMAS
from gazette.site.tables import TABLES
from gazette.site.target import Target

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_TYPES = {
    "text": "string",
    "id": "string",
    "date": "string",
    "code": "string",
    "integer": "integer",
    "number": "number",
}


def schema_targets(content: SharedContent) -> Iterator[Target]:
    """Yield the schemas. They explain each field in all languages."""
    for kind, table, others in (("unit", "units", OF_UNIT), ("pledge", "pledges", OF_PLEDGE)):
        text = json.dumps(_schema(content, kind, table, others), ensure_ascii=False, indent=1)
        yield Target(SCHEMAS[kind], "exports", "written", f"{text}\n")


def meaning(content: SharedContent, name: str) -> str:
    """Return a word of the interface in all languages, joined with ` / `."""
    return " / ".join(content.words[name][code] for code in content.languages)


def _schema(content: SharedContent, kind: str, table: str, others: Iterable[str]) -> dict[str, Any]:
    texts = _texts(content)
    licence = {"type": ["object", "null"], "properties": {"name": texts, "url": {"type": ["string", "null"]}}}
    properties: dict[str, Any] = {
        "$schema": {"type": "string"},
        "title": texts,
        "source": texts,
        "as_of": _nullable({"type": "string", "format": "date"}),
        "languages": {"type": "object", "additionalProperties": {"type": "string"}},
        "licence": {**licence, "required": ["name", "url"], "additionalProperties": False},
        "pages": texts,
        kind: {"$ref": f"#/$defs/{table}"},
    }
    properties |= {other: {"type": "array", "items": {"$ref": f"#/$defs/{other}"}} for other in others}
    records = {name: _record(content, name) for name in (table, *others)}
    return {"$schema": DIALECT, "title": kind, **_object(properties), "$defs": records}


def _record(content: SharedContent, table: str) -> dict[str, Any]:
    columns = [column for column in TABLES[table] if table != "files" or column.name not in UNKNOWN]
    fields = {
        column.name: {**_field(content, column), "description": meaning(content, f"column.{table}.{column.name}")}
        for column in columns
    }
    return {"description": meaning(content, f"file.{table}"), **_object(fields)}


def _field(content: SharedContent, column: Column) -> dict[str, Any]:
    if column.type == "texts":
        return _nullable(_texts(content))
    if column.type == "list":
        items = {"type": "string", "enum": [*column.codes]} if column.codes else {"type": "string"}
        return {"type": "array", "items": items}
    schema: dict[str, Any] = {"type": _TYPES[column.type]}
    if column.type == "date":
        schema["format"] = "date"
    if column.codes:
        schema["enum"] = [*column.codes, None]
    return _nullable(schema)


def _texts(content: SharedContent) -> dict[str, Any]:
    return _object({code: {"type": "string"} for code in content.languages})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object with exactly these properties, all of them required."""
    return {"type": "object", "properties": properties, "required": [*properties], "additionalProperties": False}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}
