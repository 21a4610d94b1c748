"""Reads publish.yaml, an optional file that says where the site is published. A build does not use it."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import NamedTuple

from gazette.messages.catalogue import choice_meant
from gazette.messages.problems import Problem
from gazette.model.forms.values import ID_PATTERN
from gazette.model.records.destinations import DESTINATIONS, Destination
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import decode_node, read_nodes
from gazette.reading.files.listing import Listing
from gazette.reading.yaml.nodes import Node

NAME = "publish.yaml"


class Named(NamedTuple):
    """A destination, with the path of its file as editors type it, and its line."""

    destination: Destination
    path: str
    line: int


class Found(NamedTuple):
    """A destination, None if it cannot be read, and all problems of the file, including that it or the destination is
    missing."""

    named: Named | None
    problems: tuple[Problem, ...]


def read_destinations(diagnostics: Diagnostics) -> dict[str, Named]:
    """`{name: destination}` in the file's order. Faulty ones are left out, with their problems in `diagnostics`."""
    path = diagnostics.root / NAME
    if diagnostics.files.kind(path) is None:
        return {}
    top, display_path, destinations = read_nodes(diagnostics, path), diagnostics.display(path), {}
    if top is not None and not top.items:
        diagnostics.add(Problem.at(display_path, top.line, top.column, "destinations_shape"))
    for key, node in (top.items if top else None) or ():
        name = key.scalar or ""
        if not re.fullmatch(ID_PATTERN, name):
            diagnostics.add(Problem.at(display_path, key.line, key.column, "destination_name", found=name))
        elif destination := _destination(diagnostics, display_path, node):
            destinations[name] = Named(destination, display_path, key.line)
    return destinations


def find_destination(root: Path, name: str) -> Found:
    """Find the destination `name` of the content folder `root`."""
    diagnostics = Diagnostics(root, Listing(root))
    destinations = read_destinations(diagnostics)
    display_path = diagnostics.display(root / NAME)
    if not diagnostics.problems and name not in destinations:
        near = next(iter(difflib.get_close_matches(name, destinations, 1)), "")
        values = {"found": name, "near": near, "expected": ", ".join(destinations)}
        diagnostics.add(
            Problem.at(display_path, 0, 0, "destination_unknown" if destinations else "destinations_missing", **values)
        )
    return Found(destinations.get(name), tuple(diagnostics.problems))


def _destination(diagnostics: Diagnostics, display_path: str, node: Node) -> Destination | None:
    """One destination, read by its kind; None if faulty, with its problems in `diagnostics`."""
    kind = node.find(("kind",)).scalar if node.items else None
    if kind not in DESTINATIONS:
        kind_node, expected = node.find(("kind",)), ", ".join(DESTINATIONS)
        near = choice_meant(kind or "", tuple(DESTINATIONS))
        values = {"found": kind or "", "expected": expected, "near": near}
        diagnostics.add(Problem.at(display_path, kind_node.line, kind_node.column, "destination_kind", **values))
        return None
    return decode_node(diagnostics, display_path, node, DESTINATIONS[kind], ("",))
