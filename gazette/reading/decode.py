"""The way from nodes to a model, with every problem in its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from types import NoneType
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import msgspec

from gazette.messages.catalogue import choice_meant
from gazette.messages.problems import MOST_OF_ONE_FILE, FileProblems, Problem
from gazette.model.fields import FieldType, InvalidParts, InvalidValue, ListRule, NotBlank, Told, invalid, refuse_commas
from gazette.model.records import Record
from gazette.reading.yaml_hints import missing_colon
from gazette.reading.yaml_nodes import Node

T = TypeVar("T")


def decode(path: str, node: Node, kind: type[T], languages: Iterable[str] = ()) -> T:
    """`node` as a `kind`: a record, a list of records, or a form. Texts are in `languages`. Raises FileProblems with
    everything that is wrong."""
    reading = _Reading(path, tuple(languages))
    declared: Any = kind
    value = _reader(declared)(reading, _Place(node))
    if reading.problems:
        raise FileProblems(reading.problems, reading.more)
    return value  # type: ignore[no-any-return]


class _Reading(msgspec.Struct):
    """One file being read."""

    path: str
    languages: tuple[str, ...]
    problems: list[Problem] = []
    more: int = 0

    def add(self, node: Node, code: str, **values: object) -> None:
        if len(self.problems) <= MOST_OF_ONE_FILE:
            self.problems.append(Problem.at(self.path, node.line, node.column, code, **values))
        else:
            self.more += 1


class _Place(msgspec.Struct, frozen=True):
    """Where a value stands: its node, the node of its key, and the name of the field that it belongs to."""

    node: Node
    key: Node | None = None
    name: str = ""

    @property
    def shown(self) -> Node:
        """An empty value has no place of its own, so its key is shown."""
        return self.key if self.key is not None and self.node.plain and self.node.scalar == "" else self.node


class _Missing:
    """What a reader gives that has told what is wrong."""


MISSING = _Missing()

Reader = Callable[[_Reading, _Place], Any]
"""Reads a value; tells what is wrong with it and gives MISSING then."""


# ── what is told ─────────────────────────────────────────────────────────────

_TELLS_OF_NOTHING = ("text_shape", "empty_optional", "empty_record")
"""What is told of a value that is not there says so itself."""

_SHAPES = ("not_mapping", "not_list", "text_shape")
"""Where fields were expected: a text there may be a field whose colon YAML does not see."""


def _tell(reading: _Reading, place: _Place, code: str, values: Mapping[str, object]) -> None:
    """What is wrong with a value as a whole."""
    data = place.node.data()
    if data is None and place.name and code not in _TELLS_OF_NOTHING:
        code = "empty" if place.key is not None else "empty_entry"
    spot = place.shown
    if code in _SHAPES and spot.plain and (slip := missing_colon(spot.scalar or "")):
        _, (code, values), _, _ = slip
    reading.add(spot, code, **{"found": _shown(data), "field": place.name, "limit": "", **values})


def _tell_inside(reading: _Reading, place: _Place, told: Iterable[Told]) -> None:
    """What is wrong inside a value, each thing at the key that it concerns."""
    for key, code, values in told:
        reading.add(place.shown if key is None else place.node.find_key((key,)), code, **values)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: …" for key in list(value)[:4]) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_shown(entry) for entry in value[:4]) + "]"
    return "" if value is None else str(value)


def _tell_unknown(reading: _Reading, key: Node, expected: Iterable[str]) -> str:
    """A key that no field has. Returns the field that was probably meant; empty where nobody can tell."""
    found = key.scalar or ""
    near = difflib.get_close_matches(found.lower().replace("-", "_"), expected, 1)
    if near:
        reading.add(key, "unknown_key_near", found=found, near=near[0])
        return near[0]
    reading.add(key, "unknown_key", found=found, expected=", ".join(expected))
    return ""


# ── the readers ──────────────────────────────────────────────────────────────


@lru_cache(maxsize=256)
def _reader(kind: Any) -> Reader:
    """How a declared type is read."""
    marks = kind.__metadata__ if get_origin(kind) is Annotated else ()
    inner = kind.__origin__ if marks else kind
    form = next((mark for mark in marks if isinstance(mark, FieldType)), None)
    listed = next((mark for mark in marks if isinstance(mark, ListRule)), ListRule())
    read = partial(_read_form, form) if form else _plain_reader(inner, listed)
    if any(isinstance(mark, NotBlank) for mark in marks):
        return partial(_read_filled, read, ", ".join(_needed(inner)))
    return read


def _plain_reader(kind: Any, listed: ListRule) -> Reader:
    if get_origin(kind) is Literal:
        return partial(_read_choice, get_args(kind))
    if get_origin(kind) is tuple:
        return partial(_read_list, _reader(get_args(kind)[0]), listed)
    if NoneType in get_args(kind):
        (inner,) = (each for each in get_args(kind) if each is not NoneType)
        return partial(_read_if_there, _reader(inner))
    return partial(_read_record, kind)


def _needed(kind: Any) -> list[str]:
    """What must stand in the record that a type such as `Target | None` holds."""
    records = [each for each in get_args(kind) if isinstance(each, type) and issubclass(each, Record)]
    return [name for each in records if get_origin(kind) is not tuple for name in _fields(each).needed]


def _read_form(form: FieldType, reading: _Reading, place: _Place) -> Any:
    try:
        return form.read(place.node.data(), reading.languages)
    except InvalidValue as error:
        _tell(reading, place, error.code, error.values)
    except InvalidParts as error:
        _tell_inside(reading, place, error.told)
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
    """The fields of a kind of record: the reader of each, and the names of those that must be there."""

    readers: dict[str, Reader]
    needed: tuple[str, ...]


@lru_cache(maxsize=64)
def _fields(kind: type[Record]) -> _Fields:
    hints = get_type_hints(kind, include_extras=True)
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    pairs = zip(reversed(names), reversed(defaults), strict=False)
    optional = {name for name, default in pairs if default is not msgspec.NODEFAULT}
    needed = tuple(name for name in names if name not in optional)
    return _Fields({name: _reader(hints[name]) for name in names}, needed)


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
    # A field under a mistyped name is told where it stands; that it is missing as well would be told twice.
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
