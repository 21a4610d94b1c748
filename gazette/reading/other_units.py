"""The other units whose pledges a unit's pages tell of: which they may be, by the bytes of its file, and their own."""

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
"""The fields that name units of which the pledges went on, from one to the next."""

_JOINT = b"joint_pledges"

_BLOCK = pattern(rb"(?m)^[\"']?(took_over|ended|joint_pledges)[\"']?[ \t]*:.*(?:\n(?:[ \t\r#-].*|$))*")
"""A field of a unit, with the lines that belong to it."""

_NAMED = pattern(rb"\b(?:unit|pledge)[\"']?[ \t]*:[ \t]*[\"']?([a-z][a-z0-9-]*)")


class Named(NamedTuple):
    """The ids of units that a file may name: those to be `followed` from file to file, since pledges went on from one
    to the other, and those whose `joint` pledges it names."""

    followed: frozenset[str]
    joint: frozenset[str]


def units_named(data: bytes) -> Named:
    """The units that the bytes of a unit's file may name as ones that it took over from, that go on for it, or whose
    joint pledges it promised too. Of a file that is written in no usual way, more."""
    if not any(name in data for name in (*_FOLLOWED, _JOINT)):
        return Named(frozenset(), frozenset())
    blocks = [(match[1], match[0]) for match in _BLOCK.finditer(data)] or [(_FOLLOWED[0], data)]
    followed = frozenset(id for field, text in blocks if field in _FOLLOWED for id in _ids(text))
    return Named(followed, frozenset(id for field, text in blocks if field == _JOINT for id in _ids(text)))


def _ids(text: bytes) -> Iterator[str]:
    for found in _NAMED.findall(text):
        id = found.decode()
        yield from (id, unit_of(id))


def decode_other(diagnostics: Diagnostics, path: str, data: bytes, languages: tuple[str, ...]) -> Unit | None:
    """The file of another unit as a record; None where something is wrong with it, which it tells itself."""
    aside = Diagnostics(diagnostics.root, None, diagnostics.fonts)
    try:
        unit = decode_record(aside, path, read_text(path, data), Unit, languages)
    except FileProblems:
        return None
    return None if aside.problems else unit
