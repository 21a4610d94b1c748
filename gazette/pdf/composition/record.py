"""The record of one document: what functions that WeasyPrint calls have to tell each other while it is made.

WeasyPrint calls them one by one and passes nothing from one to the next. What they note is kept here and not in objects
of WeasyPrint. A record belongs to one document and ends with it, so that no document can change another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")

Record = dict[Any, Any]
"""The parts of a record, each by what made it. Only this module looks inside."""

_record: ContextVar[Record] = ContextVar("record")


@contextmanager
def recording(record: Record) -> Iterator[None]:
    """Inside, `part` takes the parts of this record. A new document begins with an empty one; to draw a document, its
    layout's record is needed again."""
    token = _record.set(record)
    try:
        yield
    finally:
        _record.reset(token)


def part(make: Callable[[], T]) -> T:
    """The part of the present record that `make` makes when it is first asked for. Raises LookupError where no document
    is being made."""
    record = _record.get()
    found: T | None = record.get(make)
    if found is None:
        found = record[make] = make()
    return found


def once_a_style(work_out: Callable[[Any], T]) -> Callable[[Any], T]:
    """A function of a style that works its result out once for each style in a document.

    Styles of WeasyPrint are dictionaries, which cannot be keys: they are told apart by identity. The record holds them,
    so that no other style can take the identity of one that is gone.
    """

    def result(style: Any) -> T:
        record = _record.get()
        results: dict[int, tuple[Any, T]] | None = record.get(work_out)
        if results is None:
            results = record[work_out] = {}
        found = results.get(id(style))
        if found is None:
            found = results[id(style)] = style, work_out(style)
        return found[1]

    return result
