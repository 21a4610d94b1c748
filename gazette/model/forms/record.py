"""What all records of the content share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, get_args

import msgspec

from gazette.model.forms.fields import FILLED, ListRule
from gazette.model.forms.values import Id, Reference


class Record(msgspec.Struct, frozen=True):
    """What every record shares: it never changes, and has no fields but those that are declared. What does not fit
    together in one record raises InvalidValue when it is made."""


def steps_into(value: Record | tuple[object, ...]) -> Iterable[tuple[str | int, Any]]:
    """What a record or a list of them holds, each with the step that leads to it: a field, or a place (from 0)."""
    if isinstance(value, tuple):
        return enumerate(value)
    return ((name, getattr(value, name)) for name in value.__struct_fields__)


class Former(Record, frozen=True):
    """What stood somewhere before: nothing in it is so now, no address need lead anywhere, no file need be there."""


FormerIds = Annotated[tuple[Id, ...], ListRule(most=50, words=True), FILLED]
"""What something was called before, or what was merged into it: its old addresses lead on."""

References = Annotated[tuple[Reference, ...], ListRule(most=50, words=True), FILLED]


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a `Literal` allows, in order."""
    return get_args(annotation)
