"""The data package: what describes the tables to programs (Frictionless Data Package, version 1)."""

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
"""The columns by which a row is known, of the tables that have such."""

REFERENCES = {"unit": "units", "pledge": "pledges", "notice": "notices"}
"""The columns that hold the id of a row of another table."""

_TYPES = {"integer": "integer", "number": "number", "date": "date"}
"""The types of columns that are no strings."""


def package_targets(content: SharedContent, totals: Totals) -> Iterator[Target]:
    """The description of all tables, with the size and the digest of each file."""
    found = tables.present(totals.__getitem__)
    text = json.dumps(_package(content, found), ensure_ascii=False, indent=1)
    needs = tuple(f"data/{name}.csv" for name in found)
    yield Target(DATA_PACKAGE, "data", "facts", f"{text}\n", needs=needs)


def _package(content: SharedContent, found: tuple[str, ...]) -> dict[str, Any]:
    site = content.site
    own: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": package_name(content),
        "title": " / ".join(site.title.values()),
        "homepage": site.base_url,
        "version": iso(site.as_of),
        "sources": [{"title": " / ".join(site.source.values())}],
        "licenses": licences(content),
        "contributors": _publisher(content),
        "resources": [_resource(content, name, found) for name in found],
    }
    return {name: value for name, value in own.items() if value}


def package_name(content: SharedContent) -> str:
    """A name of lower-case ASCII letters and digits, as the standard asks: from the first title that gives one."""
    for title in content.site.title.values():
        if name := re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-"):
            return name
    return "data"


def licences(content: SharedContent) -> list[dict[str, str]]:
    """The terms of use, which need a name without spaces or an address."""
    own = content.site.licence_data
    if own is None:
        return []
    names = [*own.name.values()]
    slug = next((name for each in names if (name := re.sub(r"[^A-Za-z0-9.]+", "-", each).strip("-"))), "other")
    return [{"name": slug, **({"path": own.url} if own.url else {}), "title": " / ".join(dict.fromkeys(names))}]


def _publisher(content: SharedContent) -> list[dict[str, str]]:
    name = content.site.publisher.name
    return [{"title": " / ".join(dict.fromkeys(name.values())), "role": "publisher"}] if name else []


def _resource(content: SharedContent, name: str, found: tuple[str, ...]) -> dict[str, Any]:
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
        "schema": _schema(content, name, found),
    }


def _schema(content: SharedContent, name: str, found: tuple[str, ...]) -> dict[str, Any]:
    fields = [_field(content, name, title, column) for title, column in tables.columns(name, content.languages)]
    own: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if name in KEYS:
        own["primaryKey"] = [*KEYS[name]]
    keys = [
        {"fields": [column.name], "reference": {"resource": REFERENCES[column.name], "fields": ["id"]}}
        for column in tables.TABLES[name]
        if column.type == "id" and REFERENCES.get(column.name) in found
    ]
    return {**own, "foreignKeys": keys} if keys else own


def _field(content: SharedContent, table: str, title: str, column: Column) -> dict[str, Any]:
    own: dict[str, Any] = {"name": title, "type": _TYPES.get(column.type, "string")}
    own["description"] = meaning(content, f"column.{table}.{column.name}")
    constraints: dict[str, Any] = {"enum": [*column.codes]} if column.type == "code" else {}
    if title in KEYS.get(table, ()):
        constraints["required"] = True
    return {**own, "constraints": constraints} if constraints else own
