"""Builds the JSON Schemas of the content files, with which editors' programs complete and check them."""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from msgspec import to_builtins

from gazette.model.forms.declared import Choice, Declaration, ListOf, Nullable, declared, declared_fields
from gazette.model.forms.fields import FieldType, ListRule
from gazette.model.forms.record import Record
from gazette.model.forms.values import ID_PATTERN
from gazette.model.records.destinations import DESTINATIONS
from gazette.model.records.notices import Notice
from gazette.model.records.shared import Glossary, Programmes, Themes
from gazette.model.records.site import Site
from gazette.model.records.step_table import UPDATE_FIELDS
from gazette.model.records.tables import Tables
from gazette.model.records.units import Unit, Update

_FILES = {
    "unit.schema.json": Unit,
    "notice.schema.json": Notice,
    "site.schema.json": Site,
    "themes.schema.json": Themes,
    "programmes.schema.json": Programmes,
    "glossary.schema.json": Glossary,
    "tables.schema.json": Tables,
}

_TOLD: Mapping[type[Record], Mapping[str, str]] = {Update: UPDATE_FIELDS}
"""`{record: {field: description}}` where name and type do not explain a field."""

Schema = dict[str, Any]


def schemas() -> dict[str, str]:
    """`{file name: JSON Schema}` (draft 2020-12) for each kind of content file."""
    files = {}
    for name, kind in _FILES.items():
        records: dict[str, Schema] = {}
        schema = _schema(declared(kind), records)
        if "$ref" in schema:
            schema = records.pop(kind.__name__)
        files[name] = _file(schema, records)
    return {**files, "publish.schema.json": _destinations()}


def _destinations() -> str:
    """The schema of publish.yaml: destinations by name, with fields that depend on their kind."""
    records: dict[str, Schema] = {}
    kinds = [_schema(declared(kind), records) for kind in DESTINATIONS.values()]
    names = {"type": "object", "propertyNames": {"pattern": f"^{ID_PATTERN}$"}, "minProperties": 1}
    return _file({**names, "additionalProperties": {"anyOf": kinds}}, records)


def _file(main: Schema, records: dict[str, Schema]) -> str:
    """The text of a schema file with the records that the schema refers to."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **main, "$defs": records}
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _schema(declaration: Declaration, records: dict[str, Schema]) -> Schema:
    """The schema of a declaration. Records are added to `records` and referred to by name."""
    match declaration.kind:
        case FieldType(schema=schema):
            return dict(schema)
        case Choice(words=words):
            return {"type": "string", "enum": [*words]}
        case ListOf(entry=entry, rule=rule):
            return _list_schema(_schema(entry, records), rule)
        case Nullable(there=there):
            schema = _schema(there, records)
            return {"anyOf": [schema, {"type": "null"}]} if declaration.blank else schema
        case record:
            return _record_schema(record, records)


def _list_schema(entry: Schema, rule: ListRule) -> Schema:
    schema: Schema = {"type": "array", "items": entry}
    if rule.most is not None:
        schema["maxItems"] = rule.most
    return schema | {"minItems": 1} if rule.needed else schema


def _record_schema(kind: type[Record], records: dict[str, Schema]) -> Schema:
    if kind.__name__ not in records:
        schema: Schema = {"title": kind.__name__, "type": "object", "additionalProperties": False}
        records[kind.__name__] = schema
        fields = declared_fields(kind)
        schema["description"] = inspect.getdoc(kind)
        descriptions = _TOLD.get(kind, {})
        schema["properties"] = {
            name: _schema(each.declaration, records)
            | ({} if each.required else {"default": to_builtins(each.default)})
            | ({"description": descriptions[name]} if descriptions else {})
            for name, each in fields.items()
        }
        schema["required"] = [name for name, each in fields.items() if each.required]
    return {"$ref": f"#/$defs/{kind.__name__}"}
