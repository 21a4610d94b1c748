"""Converts between the data of a unit's file and the rows of an office's tables."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gazette.messages.problems import Loc
from gazette.model.forms.fields import Languages
from gazette.model.forms.record import Record
from gazette.model.records.columns import MOST_ENTRIES, Column, Path, columns, steps_before
from gazette.office.cells import CellValue, value_of
from gazette.office.splice import Change, Insert, Put, Remove
from gazette.office.yaml_writing import Value

Data = dict[str, Any]
"""A record as its file has it: mappings, lists and texts."""


def cells_of(data: Data, of: Sequence[Column]) -> dict[str, CellValue]:
    """Return the values of a record, by the key of their column, without empty ones."""
    values = {}
    for column in of:
        stored = at(data, column.path)
        stored = None if isinstance(stored, dict) else stored  # a text by language has a column for each language
        value: CellValue = tuple(map(str, stored)) if isinstance(stored, list) else value_of(column, stored)
        if value:
            values[column.key] = value
    return values


def state_of(kind: type[Record], data: Data, languages: Languages, name: str) -> str:
    """Return a short digest of the record called `name`. A workbook holds it, so that an import notices a changed
    record."""
    return digest(cells_of(data, columns(kind, languages, {"evidence": MOST_ENTRIES})), name)


def digest(cells: Mapping[str, CellValue], name: str) -> str:
    """Return the digest of the values of a row. It includes the row's name, so a copied row that begins another has
    another digest."""
    text = json.dumps([name, *sorted(cells.items())], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def at(data: Any, path: Path) -> Any:
    """Return what is at a path; None if nothing is."""
    for step in path:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


# ── a changed row ────────────────────────────────────────────────────────────


def filled(kind: type[Record], before: Data, cells: Mapping[Column, CellValue], languages: Languages) -> Data:
    """Return a record with the values of some cells. Empty cells remove their value, and whatever is empty without
    it."""
    after = copy.deepcopy(before)
    for column, value in cells.items():
        if value:
            _set(kind, after, column, list(value) if isinstance(value, tuple) else value, languages)
    for column in reversed([column for column, value in cells.items() if not value]):
        if not isinstance(at(after, column.path), dict):  # else it has become a text by language
            _take_out(after, column.path)
    return after


def _set(kind: type[Record], data: Any, column: Column, value: Value, languages: Languages) -> None:
    for number, step in enumerate(column.path[:-1], 1):
        new: Any = [] if isinstance(column.path[number], int) else {}
        if isinstance(step, int):
            if step >= len(data):
                data.append(new)
            data = data[min(step, len(data) - 1)]
        else:
            if not data.get(step) or isinstance(data[step], str):
                _put_in_order(data, str(step), new, steps_before(kind, column.path[:number], languages))
            data = data[step]
    last = str(column.path[-1])
    if last in data:
        data[last] = value
    else:
        _put_in_order(data, last, value, steps_before(kind, column.path, languages))


def _put_in_order(data: Data, key: str, value: Any, after: Sequence[str]) -> None:
    """Insert a new key after the last key of `after` that exists."""
    index = max((number for number, name in enumerate(data, 1) if name in after), default=0)
    pairs = list(data.items())
    data.clear()
    data.update([*pairs[:index], (key, value), *(pair for pair in pairs[index:] if pair[0] != key)])


def _take_out(data: Any, path: Path) -> None:
    """Remove what is at a path, and each mapping or list that is empty without it."""
    parent = at(data, path[:-1])
    if isinstance(parent, dict):
        parent.pop(path[-1], None)
    elif isinstance(parent, list) and isinstance(path[-1], int):
        del parent[path[-1]]
    if len(path) > 1 and parent is not None and not parent:
        _take_out(data, path[:-1])


# ── changes ──────────────────────────────────────────────────────────────────


def changes(kind: type[Record], before: Data, after: Data, loc: Loc, languages: Languages) -> Iterator[Change]:
    """Yield the changes that turn one record into the other, in the file where it is at `loc`."""
    yield from _between(before, after, (kind, loc, languages), ())


def _between(before: Any, after: Any, where: tuple[type[Record], Loc, Languages], path: Path) -> Iterator[Change]:
    kind, loc, languages = where
    if isinstance(before, dict) and isinstance(after, dict) and before:
        for key in before:
            if key not in after:
                yield Remove((*loc, *path, key))
        for key, value in after.items():
            if key in before:
                yield from _between(before[key], value, where, (*path, key))
            else:
                yield Put((*loc, *path, key), value, steps_before(kind, (*path, key), languages))
    elif _are_records(before) and _are_records(after):
        for number, (old, new) in enumerate(zip(before, after, strict=False)):
            yield from _between(old, new, where, (*path, number))
        for value in after[len(before) :]:
            yield Insert((*loc, *path), len(before), value)
        for number in range(len(after), len(before)):
            yield Remove((*loc, *path, number))
    elif before != after:
        yield Put((*loc, *path), after)


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
