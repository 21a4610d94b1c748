"""Finds the other units whose pledges a unit's pages mention, and reads their files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems
from gazette.model.forms.values import unit_of
from gazette.model.records.units import Unit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import decode_record
from gazette.reading.files.encoding import read_text
from gazette.reading.yaml.parser import parse_leniently

_MAY_NAME = pattern(rb"(?m)took_over|joint_pledges|\\|\bended[\"']?[ \t\r]*(?:[:#]|$)")
"""The bytes of a file that names other units contain one of these. Most files do not, and are not parsed for that. A
backslash may be part of a key."""


class Named(NamedTuple):
    """The ids of units that a file names. `followed`: pledges went on from one to the other, so that the files of these
    are searched, too. `joint`: their joint pledges are named."""

    followed: frozenset[str]
    joint: frozenset[str]


def units_named(data: bytes) -> Named:
    """Return the predecessors and successors of a unit, and its partners in joint pledges, as its file (in bytes) names
    them. A file that is not valid YAML names none: that is reported elsewhere."""
    found = _read(data) if _MAY_NAME.search(data) else None
    if not isinstance(found, dict):
        return Named(frozenset(), frozenset())
    ended = found.get("ended")
    into = ended.get("into") if isinstance(ended, dict) else None
    followed = frozenset((*_texts(found.get("took_over"), "unit"), *_texts(into, "unit")))
    return Named(followed, frozenset(map(unit_of, _texts(found.get("joint_pledges"), "pledge"))))


def _read(data: bytes) -> Any:
    """Return the plain data of a file; None where it cannot be read."""
    try:
        node, _ = parse_leniently("", read_text("", data))
    except FileProblems:
        return None
    return node.data() if node else None


def _texts(entries: Any, key: str) -> Iterator[str]:
    """Yield the texts at a key of the entries of a list, where it is one."""
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(text := entry.get(key), str):
            yield text


def decode_other(diagnostics: Diagnostics, path: str, data: bytes, languages: tuple[str, ...]) -> Unit | None:
    """The file of another unit as a record; None if it is faulty, which is reported for that unit itself."""
    aside = Diagnostics(diagnostics.root, None, diagnostics.fonts)
    try:
        unit = decode_record(aside, path, read_text(path, data), Unit, languages)
    except FileProblems:
        return None
    return None if aside.problems else unit
