"""The JSON Schemas of the content files, for editors' programs that complete and check as one types."""

from __future__ import annotations

import inspect
import json
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, to_builtins
from msgspec.structs import fields

from gazette.model.fields import FieldType, ListRule, NotBlank
from gazette.model.records import Glossary, Programmes, Record, Site, Themes, Unit

_FILES = {
    "unit.schema.json": Unit,
    "site.schema.json": Site,
    "themes.schema.json": Themes,
    "programmes.schema.json": Programmes,
    "glossary.schema.json": Glossary,
}

Schema = dict[str, Any]


def schemas() -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12) for each kind of content file."""
    found = {}
    for name, kind in _FILES.items():
        records: dict[str, Schema] = {}
        own = _schema(kind, records)
        if "$ref" in own:
            own = records.pop(kind.__name__)
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **own, "$defs": records}
        found[name] = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return found


def _schema(kind: Any, records: dict[str, Schema]) -> Schema:
    """The schema of a declared type. Records are named in `records` and referred to."""
    marks = kind.__metadata__ if get_origin(kind) is Annotated else ()
    inner = kind.__origin__ if marks else kind
    for mark in marks:
        if isinstance(mark, FieldType):
            return dict(mark.schema)
    if get_origin(inner) is Literal:
        return {"type": "string", "enum": list(get_args(inner))}
    if get_origin(inner) is tuple:
        return _list_schema(inner, next((mark for mark in marks if isinstance(mark, ListRule)), ListRule()), records)
    if NoneType in get_args(inner):
        (there,) = (_schema(each, records) for each in get_args(inner) if each is not NoneType)
        filled = any(isinstance(mark, NotBlank) for mark in marks)
        return there if filled else {"anyOf": [there, {"type": "null"}]}
    return _record_schema(inner, records)


def _list_schema(kind: Any, listed: ListRule, records: dict[str, Schema]) -> Schema:
    schema: Schema = {"type": "array", "items": _schema(get_args(kind)[0], records)}
    if listed.most is not None:
        schema["maxItems"] = listed.most
    return schema | {"minItems": 1} if listed.needed else schema


def _record_schema(kind: type[Record], records: dict[str, Schema]) -> Schema:
    if kind.__name__ not in records:
        schema: Schema = {"title": kind.__name__, "type": "object", "additionalProperties": False}
        records[kind.__name__] = schema
        hints = get_type_hints(kind, include_extras=True)
        schema["description"] = inspect.getdoc(kind)
        schema["properties"] = {
            each.name: _schema(hints[each.name], records)
            | ({} if each.default is NODEFAULT else {"default": to_builtins(each.default)})
            for each in fields(kind)
        }
        schema["required"] = [each.name for each in fields(kind) if each.required]
    return {"$ref": f"#/$defs/{kind.__name__}"}
