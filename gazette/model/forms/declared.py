"""Reads what the annotations of records declare. No other module reads them."""

from __future__ import annotations

from functools import lru_cache
from types import NoneType
from typing import Annotated, Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import msgspec
from msgspec.structs import fields

from gazette.model.forms.fields import FieldType, ListRule, NotBlank
from gazette.model.forms.record import Record


class Choice(msgspec.Struct, frozen=True, eq=False):
    """A value that is one of `words`."""

    words: tuple[str, ...]


class ListOf(msgspec.Struct, frozen=True, eq=False):
    """A list of entries."""

    entry: Declaration
    rule: ListRule


class Nullable(msgspec.Struct, frozen=True, eq=False):
    """A value that may be missing; then it is None."""

    there: Declaration


class Declaration(msgspec.Struct, frozen=True, eq=False):
    """What a field of a content file may hold: a single value, a list or a record (by its class). A value that is not
    `blank` may be left out, but not written empty."""

    kind: Kind
    blank: bool = True


Kind: TypeAlias = FieldType | Choice | ListOf | Nullable | type[Record]


class DeclaredField(msgspec.Struct, frozen=True, eq=False):
    """A field of a record. If it is not `required`, it has a `default`."""

    declaration: Declaration
    required: bool
    default: Any


@lru_cache(maxsize=256)
def declared(annotation: Any) -> Declaration:
    """The declaration that an annotation makes."""
    marks = annotation.__metadata__ if get_origin(annotation) is Annotated else ()
    inner = annotation.__origin__ if marks else annotation
    field_type = next((mark for mark in marks if isinstance(mark, FieldType)), None)
    rule = next((mark for mark in marks if isinstance(mark, ListRule)), ListRule())
    return Declaration(field_type or _kind(inner, rule), not any(isinstance(mark, NotBlank) for mark in marks))


def _kind(annotation: Any, rule: ListRule) -> Kind:
    if get_origin(annotation) is Literal:
        return Choice(get_args(annotation))
    if get_origin(annotation) is tuple:
        return ListOf(declared(get_args(annotation)[0]), rule)
    if NoneType in get_args(annotation):
        (there,) = (each for each in get_args(annotation) if each is not NoneType)
        return Nullable(declared(there))
    record: type[Record] = annotation
    return record


@lru_cache(maxsize=64)
def declared_fields(kind: type[Record]) -> dict[str, DeclaredField]:
    """`{name: field}` of a kind of record, in the order of its fields."""
    hints = get_type_hints(kind, include_extras=True)
    return {each.name: DeclaredField(declared(hints[each.name]), each.required, each.default) for each in fields(kind)}
