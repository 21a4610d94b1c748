"""The file publish.yaml, which a content folder may have: where the site is published. A build does not read it."""

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
    """A destination, and where it is described: the file as an editor types it, and the line."""

    destination: Destination
    path: str
    line: int


class Found(NamedTuple):
    """A destination, None where it cannot be read, and all that is wrong with the file: also that there is none, or no
    such destination in it."""

    named: Named | None
    problems: tuple[Problem, ...]


def read_destinations(diagnostics: Diagnostics) -> dict[str, Named]:
    """The destinations by name, in their order, without those in which something is wrong; that is noted."""
    path = diagnostics.root / NAME
    if diagnostics.files.kind(path) is None:
        return {}
    top, shown, found = read_nodes(diagnostics, path), diagnostics.display(path), {}
    if top is not None and not top.items:
        diagnostics.add(Problem.at(shown, top.line, top.column, "destinations_shape"))
    for key, node in (top.items if top else None) or ():
        name = key.scalar or ""
        if not re.fullmatch(ID_PATTERN, name):
            diagnostics.add(Problem.at(shown, key.line, key.column, "destination_name", found=name))
        elif destination := _destination(diagnostics, shown, node):
            found[name] = Named(destination, shown, key.line)
    return found


def find_destination(root: Path, name: str) -> Found:
    """The destination `name` of the content folder `root`."""
    diagnostics = Diagnostics(root, Listing(root))
    found = read_destinations(diagnostics)
    shown = diagnostics.display(root / NAME)
    if not diagnostics.problems and name not in found:
        near = next(iter(difflib.get_close_matches(name, found, 1)), "")
        values = {"found": name, "near": near, "expected": ", ".join(found)}
        diagnostics.add(Problem.at(shown, 0, 0, "destination_unknown" if found else "destinations_missing", **values))
    return Found(found.get(name), tuple(diagnostics.problems))


def _destination(diagnostics: Diagnostics, shown: str, node: Node) -> Destination | None:
    """One of them, by its kind; None with its problems noted."""
    kind = node.find(("kind",)).scalar if node.items else None
    if kind not in DESTINATIONS:
        place, expected = node.find(("kind",)), ", ".join(DESTINATIONS)
        near = choice_meant(kind or "", tuple(DESTINATIONS))
        values = {"found": kind or "", "expected": expected, "near": near}
        diagnostics.add(Problem.at(shown, place.line, place.column, "destination_kind", **values))
        return None
    return decode_node(diagnostics, shown, node, DESTINATIONS[kind], ("",))
