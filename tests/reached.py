"""What a test goes through is there: a loop over nothing asserts nothing, and would pass for ever."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def at_least_one(things: Iterable[T]) -> Iterator[T]:
    """The things, one after the other; an `AssertionError` at the end where there was none."""
    is_there = False
    for thing in things:
        is_there = True
        yield thing
    assert is_there, "there is nothing to look at"
