"""Owns the JSON Schemas of the content files, for editors' programs that complete and check as one types."""

from __future__ import annotations

import json

from pydantic import TypeAdapter

from gazette.model import Programme, Site, Term, Theme, Unit

_FILES: dict[str, TypeAdapter[object]] = {
    "unit.schema.json": TypeAdapter(Unit),
    "site.schema.json": TypeAdapter(Site),
    "themes.schema.json": TypeAdapter(tuple[Theme, ...]),
    "programmes.schema.json": TypeAdapter(tuple[Programme, ...]),
    "glossary.schema.json": TypeAdapter(tuple[Term, ...]),
}


def schemas() -> dict[str, str]:
    """File name → JSON Schema (draft 2020-12) for each kind of content file."""
    found = {}
    for name, adapter in _FILES.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **adapter.json_schema()}
        found[name] = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return found
