"""Decodes nodes into records, and reports every problem at its place."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any, TypeVar

import msgspec

from gazette.messages.catalogue import choice_meant
from gazette.messages.problems import MOST_OF_ONE_FILE, FileProblems, Problem
from gazette.model.forms.declared import Choice, Declaration, Kind, ListOf, Nullable, declared, declared_fields
from gazette.model.forms.fields import FieldType, InvalidParts, InvalidValue, ListRule, Mistake, invalid
from gazette.model.forms.lists import refuse_commas
from gazette.model.forms.record import Record
from gazette.reading.yaml.hints import missing_colon
from gazette.reading.yaml.nodes import Node

T = TypeVar("T")


def decode(path: str, node: Node, kind: type[T], languages: Iterable[str] = ()) -> T:
    """Decode `node` into a `kind`: a record, a list of records, or a single value, with texts in `languages`. Raises
    FileProblems with all problems."""
    reading = _Reading(path, tuple(languages))
    annotation: Any = kind
    value = _reader(declared(annotation))(reading, _Place(node))
    if reading.problems:
        raise FileProblems(reading.problems, reading.more)
    return value  # type: ignore[no-any-return]


def mistakes(path: str, node: Node, kind: type[Record], languages: Iterable[str]) -> list[Problem]:
    """All problems that keep `node` from being a `kind`, without a limit to their number."""
    reading = _Reading(path, tuple(languages), most=sys.maxsize)
    _reader(declared(kind))(reading, _Place(node))
    return reading.problems


class _Reading(msgspec.Struct):
    """One file being read, with its problems so far. `more` counts those beyond `most`."""

    path: str
    languages: tuple[str, ...]
    problems: list[Problem] = []
    more: int = 0
    most: int = MOST_OF_ONE_FILE

    def add(self, node: Node, code: str, **values: object) -> None:
        """Add a problem at `node`, or only count it beyond the limit."""
        if len(self.problems) <= self.most:
            self.problems.append(Problem.at(self.path, node.line, node.column, code, **values))
        else:
            self.more += 1


class _Place(msgspec.Struct, frozen=True):
    """The place of a value: its node, the node of its key, and the name of its field."""

    node: Node
    key: Node | None = None
    name: str = ""

    @property
    def shown(self) -> Node:
        """The node at which problems are reported. An empty value has no place of its own, so its key is used."""
        return self.key if self.key is not None and self.node.plain and self.node.scalar == "" else self.node


class _Missing:
    """The type of MISSING."""


MISSING = _Missing()
"""What a reader returns after it has reported a problem."""

Reader = Callable[[_Reading, _Place], Any]
"""Reads a value. Reports problems and then returns MISSING."""


# ── what is told ─────────────────────────────────────────────────────────────

_TELLS_OF_NOTHING = ("text_shape", "empty_optional", "empty_record")
"""Message codes that by themselves say that the value is missing."""

_SHAPES = ("not_mapping", "not_list", "text_shape")
"""Message codes for a value that should hold fields. A text there may be a field whose colon YAML does not see."""


def _tell(reading: _Reading, place: _Place, code: str, values: Mapping[str, object]) -> None:
    """Report a problem of a value as a whole."""
    data = place.node.data()
    if data is None and place.name and code not in _TELLS_OF_NOTHING:
        code = "empty" if place.key is not None else "empty_entry"
    spot = place.shown
    if code in _SHAPES and spot.plain and (slip := missing_colon(spot.scalar or "")):
        _, (code, values), _, _ = slip
    reading.add(spot, code, **{"found": _shown(data), "field": place.name, "limit": "", **values})


def _tell_inside(reading: _Reading, place: _Place, mistakes: Iterable[Mistake]) -> None:
    """Report problems inside a value, each at its key."""
    for key, code, values in mistakes:
        reading.add(place.shown if key is None else place.node.find_key((key,)), code, **values)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:4]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(entry) for entry in value[:4]) + "]"
    return "" if value is None else str(value)


def _tell_unknown(reading: _Reading, key: Node, expected: Iterable[str]) -> str:
    """Report a key that is no field. Returns the field that was probably meant; "" if unclear."""
    found = key.scalar or ""
    near = difflib.get_close_matches(found.lower().replace("-", "_"), expected, 1)
    if near:
        reading.add(key, "unknown_key_near", found=found, near=near[0])
        return near[0]
    reading.add(key, "unknown_key", found=found, expected=", ".join(expected))
    return ""


# ── the readers ──────────────────────────────────────────────────────────────


@lru_cache(maxsize=256)
def _reader(declaration: Declaration) -> Reader:
    """The reader for a declaration."""
    read = _reader_of(declaration.kind)
    return read if declaration.blank else partial(_read_filled, read, ", ".join(_needed(declaration.kind)))


def _reader_of(kind: Kind) -> Reader:
    match kind:
        case FieldType():
            return partial(_read_value, kind)
        case Choice(words=words):
            return partial(_read_choice, words)
        case ListOf(entry=entry, rule=rule):
            return partial(_read_list, _reader(entry), rule)
        case Nullable(there=there):
            return partial(_read_if_there, _reader(there))
        case record:
            return partial(_read_record, record)


def _needed(kind: Kind) -> tuple[str, ...]:
    """The required fields of the record in an optional field such as `Target | None`."""
    if isinstance(kind, Nullable) and isinstance(kind.there.kind, type):
        return _fields(kind.there.kind).needed
    return ()


def _read_value(field_type: FieldType, reading: _Reading, place: _Place) -> Any:
    try:
        return field_type.read(place.node.data(), reading.languages)
    except InvalidValue as error:
        _tell(reading, place, error.code, error.values)
    except InvalidParts as error:
        _tell_inside(reading, place, error.mistakes)
    return MISSING


def _read_filled(read: Reader, fields: str, reading: _Reading, place: _Place) -> Any:
    if place.node.data() is None:
        _tell(reading, place, "empty_record" if fields else "empty_optional", {"fields": fields})
        return MISSING
    return read(reading, place)


def _read_if_there(read: Reader, reading: _Reading, place: _Place) -> Any:
    return None if place.node.data() is None else read(reading, place)


def _read_choice(choices: tuple[str, ...], reading: _Reading, place: _Place) -> Any:
    if place.node.scalar in choices:
        return place.node.scalar
    found = _shown(place.node.data())
    values = {"expected": ", ".join(choices), "near": choice_meant(found, choices)}
    _tell(reading, place, "not_choice", values)
    return MISSING


def _read_list(read: Reader, listed: ListRule, reading: _Reading, place: _Place) -> Any:
    try:
        if listed.words:
            refuse_commas(place.node.data(), listed.needed)
        if place.node.entries is None:
            raise invalid("not_list")
        if listed.most is not None and len(place.node.entries) > listed.most:
            raise invalid("too_many", found=len(place.node.entries), limit=listed.most)
        values = tuple(read(reading, _Place(entry, None, place.name)) for entry in place.node.entries)
        if listed.needed and not values:
            raise invalid("list_empty")
    except InvalidValue as error:
        _tell(reading, place, error.code, error.values)
        return MISSING
    return MISSING if MISSING in values else values


class _Fields(msgspec.Struct, frozen=True):
    """The readers of a record's fields, and the names of the required ones."""

    readers: dict[str, Reader]
    needed: tuple[str, ...]


@lru_cache(maxsize=64)
def _fields(kind: type[Record]) -> _Fields:
    fields = declared_fields(kind)
    needed = tuple(name for name, each in fields.items() if each.required)
    return _Fields({name: _reader(each.declaration) for name, each in fields.items()}, needed)


def _read_record(kind: type[Record], reading: _Reading, place: _Place) -> Any:
    if place.node.items is None:
        _tell(reading, place, "not_mapping", {})
        return MISSING
    fields, values, meant = _fields(kind), {}, set()
    for key, node in place.node.items:
        name = key.scalar or ""
        if name in fields.readers:
            values[name] = fields.readers[name](reading, _Place(node, key, name))
        else:
            meant.add(_tell_unknown(reading, key, fields.readers))
    # A field with a mistyped name has been reported; to report it as missing too would be a repetition.
    for name in fields.needed:
        if name not in values and name not in meant:
            reading.add(place.node, "missing", field=name, found=_shown(place.node.data()), limit="")
    if meant or MISSING in values.values() or not values.keys() >= set(fields.needed):
        return MISSING
    try:
        return kind(**values)
    except InvalidValue as error:
        _tell(reading, place, error.code, error.values)
        return MISSING
