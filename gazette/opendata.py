"""Owns the open data among what is published: its files, and the rows that a unit adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gazette import tables
from gazette import views as v
from gazette.content import Frame
from gazette.edition import iso
from gazette.indexes import Entry
from gazette.target import Line, Slot, Target

ENDINGS = ("csv", "json")


def data_targets(frame: Frame) -> Iterator[Target]:
    """The files: each table in each form."""
    facts = _facts(frame)
    for name in tables.TABLES:
        path = f"data/{name}.csv"
        view = v.DataView(tables.csv_head(name, frame.languages), "", facts["as_of"] or "")
        yield Target(path, "data", "table", view, slots=(Slot(path),))
        path = f"data/{name}.json"
        view = v.DataView(*tables.json_ends(name, facts), facts["as_of"] or "")
        yield Target(path, "data", "table", view, slots=(Slot(path, tables.JSON_GLUE),))


def _facts(frame: Frame) -> dict[str, Any]:
    """What a file says of itself, so that a copy is worth as much as the original: whose data they are, the day that
    states are measured against, the languages of texts (their codes with BCP 47 tags), the terms of use."""
    site = frame.site
    licence = site.licence_data
    return {
        "title": site.title,
        "source": site.source,
        "as_of": iso(site.as_of) or None,
        "languages": {language.code: language.tag for language in site.languages},
        "licence": {"name": licence.name, "url": licence.url} if licence else None,
    }


def data_lines(own: tuple[Entry, ...], frame: Frame) -> Iterator[Line]:
    """The rows of one unit."""
    for name in tables.TABLES:
        view = tables.rows(name, own, frame.languages)
        for ending in ENDINGS:
            path = f"data/{name}.{ending}"
            yield Line(path, path, "data", ending, view)


def data_paths() -> frozenset[str]:
    return frozenset(f"data/{name}.{ending}" for name in tables.TABLES for ending in ENDINGS)
