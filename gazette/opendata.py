"""Owns the open data among what is published: its files, and the rows that a unit adds to them."""

from __future__ import annotations

from collections.abc import Iterator

from gazette import tables
from gazette import views as v
from gazette.content import Frame
from gazette.indexes import Entry
from gazette.target import Line, Slot, Target

ENDINGS = ("csv", "json")


def data_targets(frame: Frame) -> Iterator[Target]:
    """The files: each table in each form."""
    for name in tables.TABLES:
        path = f"data/{name}.csv"
        view = v.DataView(tables.csv_head(name, frame.languages), "")
        yield Target(path, "data", "table", view, slots=(Slot(path),))
        path = f"data/{name}.json"
        yield Target(path, "data", "table", v.DataView(*tables.json_ends(name)), slots=(Slot(path, tables.JSON_GLUE),))


def data_lines(own: tuple[Entry, ...], frame: Frame) -> Iterator[Line]:
    """The rows of one unit."""
    for name in tables.TABLES:
        view = tables.rows(name, own, frame.languages)
        for ending in ENDINGS:
            path = f"data/{name}.{ending}"
            yield Line(path, path, "data", ending, view)


def data_paths() -> frozenset[str]:
    return frozenset(f"data/{name}.{ending}" for name in tables.TABLES for ending in ENDINGS)
