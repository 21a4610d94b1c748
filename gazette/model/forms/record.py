"""Defines the base of all records of the content."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, get_args

import msgspec

from gazette.model.forms.fields import FILLED, ListRule
from gazette.model.forms.values import Id, Reference


class Record(msgspec.Struct, frozen=True):
    """Base of all records. Records are immutable and have only declared fields. Making one whose values contradict each
    other raises InvalidValue."""


def steps_into(value: Record | tuple[object, ...]) -> Iterable[tuple[str | int, Any]]:
    """The parts of a record or of a tuple, each with the step that leads to it: a field name, or an index from 0."""
    if isinstance(value, tuple):
        return enumerate(value)
    return ((name, getattr(value, name)) for name in value.__struct_fields__)


class Former(Record, frozen=True):
    """A former value: nothing in it holds now, so its addresses need not work and its files need not exist."""


FormerIds = Annotated[tuple[Id, ...], ListRule(most=50, words=True), FILLED]
"""Former ids, including those of merged items. Their old addresses redirect."""

References = Annotated[tuple[Reference, ...], ListRule(most=50, words=True), FILLED]


def choices(annotation: Any) -> tuple[str, ...]:
    """The words that a `Literal` allows, in order."""
    return get_args(annotation)
