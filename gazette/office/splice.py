"""Changes values in a YAML file: all other lines stay byte for byte, with their comments and their order.

new = spliced("content/districts/jiangxia.yaml", data, [Put(("pledges", 15, "deadline"), "2018-06-30")])

The result is read again: it must hold the old values and the changes, and nothing else.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from gazette.messages.problems import FileProblems, Loc
from gazette.office import edits as writing
from gazette.office.file_lines import Edit, FileLines
from gazette.office.places import Place
from gazette.office.yaml_writing import CannotWrite, Value, composed
from gazette.reading.yaml.parser import compose


class Put(msgspec.Struct, frozen=True):
    """Write a value at `loc`. It replaces the value there. A new key comes after the last of the keys `after` that the
    mapping has: first where it has none of them, last where none are named."""

    loc: Loc
    value: Value
    after: tuple[str, ...] = ()


class Insert(msgspec.Struct, frozen=True):
    """Add an entry to the list at `loc`, before its entry `position` (from 0; its length: at the end). The list may be
    empty; where it is missing, its key is put where `Put` would put it."""

    loc: Loc
    position: int
    value: Value
    after: tuple[str, ...] = ()


class Remove(msgspec.Struct, frozen=True):
    """Remove the key or the entry at `loc`, with its value and the comment in its line. A mapping or list keeps at
    least one: to have none, remove it as a whole."""

    loc: Loc


Change = Put | Insert | Remove


def spliced(path: str, data: bytes, changes: Iterable[Change]) -> bytes:
    """Return the bytes of a YAML file after some changes, whose places are those in `data`; `path` is as an editor
    types it. Raises FileProblems where the file cannot be read, LookupError for a place that does not exist,
    CannotWrite for a text that YAML cannot hold and where the result would not read back."""
    before = compose(path, FileLines(path, data).text).data()
    left = _gathered(before, map(_composed, changes))
    expected = _expected(copy.deepcopy(before), left)
    while left:
        data, postponed = _pass(path, data, left)
        if len(postponed) == len(left):
            raise CannotWrite
        left = postponed
    try:
        found = compose(path, FileLines(path, data).text).data()
    except FileProblems:
        raise CannotWrite from None
    if found != expected:
        raise CannotWrite
    return data


def _pass(path: str, data: bytes, changes: Sequence[Change]) -> tuple[bytes, list[Change]]:
    """Carry out the changes that do not overlap. Returns the new bytes, and the changes that are left."""
    lines = FileLines(path, data)
    root = compose(path, lines.text, with_ends=True)
    edits: list[Edit] = []
    postponed: list[Change] = []
    for change in changes:
        new = _edits(Place.at(lines, root, change.loc), change)
        if any(edit.overlaps(other) for edit in new for other in edits):
            postponed.append(change)
        else:
            edits += new
    return lines.edited(edits), postponed


def _edits(place: Place, change: Change) -> list[Edit]:
    match change:
        case Put():
            return writing.put(place, change.value, change.after)
        case Insert():
            return writing.insert(place, change.position, change.value, change.after)
        case Remove():
            return writing.remove(place)


# ── what is expected ─────────────────────────────────────────────────────────


def _composed(change: Change) -> Change:
    return change if isinstance(change, Remove) else msgspec.structs.replace(change, value=composed(change.value))


def _gathered(data: Any, changes: Iterable[Change]) -> list[Change]:
    """Return the changes, with all new entries of an empty or missing list as one value of it."""
    found: list[Change] = []
    lists: dict[Loc, int] = {}
    for change in changes:
        if not isinstance(change, Insert) or _value_at(data, change.loc):
            found.append(change)
        elif change.loc in lists:
            put = found[lists[change.loc]]
            assert isinstance(put, Put)
            found[lists[change.loc]] = msgspec.structs.replace(put, value=[*put.value, change.value])
        else:
            lists[change.loc] = len(found)
            found.append(Put(change.loc, [change.value], change.after))
    return found


def _value_at(data: Any, loc: tuple[Any, ...]) -> Any:
    """Return the value at a place; None where there is none. Raises LookupError where there cannot be one."""
    for number, step in enumerate(loc, 1):
        if not isinstance(data, dict if isinstance(step, str) else list):
            raise LookupError(loc[:number])
        data = data.get(step) if isinstance(data, dict) else data[step]
    return data


def _expected(data: Any, changes: Sequence[Change]) -> Any:
    """Return the data of a file after some changes. Changes that move the entries of a list come last, from its end."""
    moving = [change for change in changes if isinstance(change, Insert) or _is_entry(change)]
    for change in (each for each in changes if each not in moving):
        _value_at(data, change.loc)
        parent = _value_at(data, change.loc[:-1])
        if isinstance(change, Remove):
            del parent[change.loc[-1]]
        else:
            parent[change.loc[-1]] = copy.deepcopy(change.value)
    for _, _, change in sorted((-_position(each), -number, each) for number, each in enumerate(moving)):
        if isinstance(change, Insert):
            _value_at(data, change.loc).insert(change.position, copy.deepcopy(change.value))
        else:
            del _value_at(data, change.loc[:-1])[change.loc[-1]]
    return data


def _is_entry(change: Change) -> bool:
    return isinstance(change, Remove) and isinstance(change.loc[-1], int)


def _position(change: Change) -> int:
    return change.position if isinstance(change, Insert) else int(change.loc[-1])
