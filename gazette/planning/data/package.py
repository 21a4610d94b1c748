"""Plans the data package that describes the tables to programs (Frictionless Data Package, version 1)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from gazette.model.records.content import SharedContent
from gazette.planning.counting import Totals
from gazette.planning.data.schemas import meaning
from gazette.planning.language import iso
from gazette.site import data_format, tables
from gazette.site.column import Column
from gazette.site.routes import DATA_PACKAGE
from gazette.site.target import Target

KEYS = {
    "pledges": ("id",),
    "units": ("id",),
    "notices": ("id",),
    "periods": ("pledge", "period"),
    "numbers": ("number", "pledge"),
}
"""The primary key of each table that has one."""

REFERENCES = {"unit": "units", "pledge": "pledges", "notice": "notices"}
"""The columns that hold the id of a row of another table."""

_TYPES = {"integer": "integer", "number": "number", "date": "date"}
"""The types of columns that are not strings."""


def package_targets(content: SharedContent, totals: Totals) -> Iterator[Target]:
    """Yield the description of all tables, with the size and the digest of each file."""
    names = tables.present(totals.__getitem__)
    text = json.dumps(_package(content, names), ensure_ascii=False, indent=1)
    needs = tuple(f"data/{name}.csv" for name in names)
    yield Target(DATA_PACKAGE, "data", "facts", f"{text}\n", needs=needs)


def _package(content: SharedContent, names: tuple[str, ...]) -> dict[str, Any]:
    site = content.site
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": package_name(content),
        "title": " / ".join(site.title.values()),
        "homepage": site.base_url,
        "version": iso(site.as_of),
        "sources": [{"title": " / ".join(site.source.values())}],
        "licenses": licences(content),
        "contributors": _publisher(content),
        "resources": [_resource(content, name, names) for name in names],
    }
    return {name: value for name, value in package.items() if value}


def package_name(content: SharedContent) -> str:
    """Return a name of lower-case ASCII letters, digits and hyphens, as the standard requires, from the first title
    that gives one; else `data`."""
    for title in content.site.title.values():
        if name := re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-"):
            return name
    return "data"


def licences(content: SharedContent) -> list[dict[str, str]]:
    """Return the licence of the data. The standard requires a name without spaces, or an address."""
    licence = content.site.licence_data
    if licence is None:
        return []
    names = [*licence.name.values()]
    slug = next((name for each in names if (name := re.sub(r"[^A-Za-z0-9.]+", "-", each).strip("-"))), "other")
    return [{"name": slug, **({"path": licence.url} if licence.url else {}), "title": " / ".join(dict.fromkeys(names))}]


def _publisher(content: SharedContent) -> list[dict[str, str]]:
    name = content.site.publisher.name
    return [{"title": " / ".join(dict.fromkeys(name.values())), "role": "publisher"}] if name else []


def _resource(content: SharedContent, name: str, tables_present: tuple[str, ...]) -> dict[str, Any]:
    path = f"data/{name}.csv"
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": meaning(content, f"file.{name}"),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "bytes": data_format.fact_of(path, data_format.SIZE),
        "hash": f"sha256:{data_format.fact_of(path, data_format.SUM)}",
        "schema": _schema(content, name, tables_present),
    }


def _schema(content: SharedContent, name: str, tables_present: tuple[str, ...]) -> dict[str, Any]:
    fields = [_field(content, name, title, column) for title, column in tables.columns(name, content.languages)]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if name in KEYS:
        schema["primaryKey"] = [*KEYS[name]]
    keys = [
        {"fields": [column.name], "reference": {"resource": REFERENCES[column.name], "fields": ["id"]}}
        for column in tables.TABLES[name]
        if column.type == "id" and REFERENCES.get(column.name) in tables_present
    ]
    return {**schema, "foreignKeys": keys} if keys else schema


def _field(content: SharedContent, table: str, title: str, column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {"name": title, "type": _TYPES.get(column.type, "string")}
    described["description"] = meaning(content, f"column.{table}.{column.name}")
    constraints: dict[str, Any] = {"enum": [*column.codes]} if column.type == "code" else {}
    if title in KEYS.get(table, ()):
        constraints["required"] = True
    return {**described, "constraints": constraints} if constraints else described
