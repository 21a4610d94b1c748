"""Finds the other units whose pledges a unit's pages mention, from the bytes of its file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems
from gazette.model.forms.values import unit_of
from gazette.model.records.units import Unit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import decode_record
from gazette.reading.files.encoding import read_text

_FOLLOWED = (b"took_over", b"ended")
"""The fields that name units between which pledges passed, from one to the next."""

_JOINT = b"joint_pledges"

_BLOCK = pattern(rb"(?m)^[\"']?(took_over|ended|joint_pledges)[\"']?[ \t]*:.*(?:\n(?:[ \t\r#-].*|$))*")
"""A field of a unit, with the lines that belong to it."""

_NAMED = pattern(rb"\b(?:unit|pledge)[\"']?[ \t]*:[ \t]*[\"']?([a-z][a-z0-9-]*)")


class Named(NamedTuple):
    """Ids of units that a file may name: `followed` from file to file, since pledges passed from one to the other, and
    those whose `joint` pledges it names."""

    followed: frozenset[str]
    joint: frozenset[str]


def units_named(data: bytes) -> Named:
    """The units that a unit's file may name as predecessors, successors or partners in joint pledges. A file in an
    unusual form may give more than it names."""
    if not any(name in data for name in (*_FOLLOWED, _JOINT)):
        return Named(frozenset(), frozenset())
    blocks = [(match[1], match[0]) for match in _BLOCK.finditer(data)] or [(_FOLLOWED[0], data)]
    followed_ids = frozenset(id for field, text in blocks if field in _FOLLOWED for id in _ids(text))
    return Named(followed_ids, frozenset(id for field, text in blocks if field == _JOINT for id in _ids(text)))


def _ids(text: bytes) -> Iterator[str]:
    for name in _NAMED.findall(text):
        id = name.decode()
        yield from (id, unit_of(id))


def decode_other(diagnostics: Diagnostics, path: str, data: bytes, languages: tuple[str, ...]) -> Unit | None:
    """The file of another unit as a record; None if it is faulty, which is reported for that unit itself."""
    aside = Diagnostics(diagnostics.root, None, diagnostics.fonts)
    try:
        unit = decode_record(aside, path, read_text(path, data), Unit, languages)
    except FileProblems:
        return None
    return None if aside.problems else unit
