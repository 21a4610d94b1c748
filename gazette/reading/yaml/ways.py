"""The ways to the values of a YAML file, by the places where they stand."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from gazette.messages.problems import Loc
from gazette.reading.yaml.nodes import Node

Spot = tuple[int, int]
"""A line and a column, from 1."""


class Ways:
    """The ways to the keys and values below a node. Several may begin in one place: a mapping does where its first key
    does."""

    def __init__(self, root: Node) -> None:
        self._found: dict[Spot, list[Loc]] = {}
        for spot, loc in _places(root, ()):
            self._found.setdefault(spot, []).append(loc)
        self._spots = sorted(self._found)

    def inner(self, spot: Spot) -> Loc:
        """The way to the innermost of those that begin at a place, or last before it."""
        return max(self._at(spot), key=len)

    def outer(self, spot: Spot) -> Loc:
        """The way to the outermost of those."""
        return min(self._at(spot), key=len)

    def _at(self, spot: Spot) -> list[Loc]:
        number = bisect_right(self._spots, spot)
        return self._found[self._spots[number - 1]] if number else [()]


def _places(node: Node, loc: Loc) -> Iterator[tuple[Spot, Loc]]:
    yield (node.line, node.column), loc
    for key, value in node.items or ():
        own = (*loc, key.scalar or "")
        yield (key.line, key.column), own
        yield from _places(value, own)
    for position, entry in enumerate(node.entries or ()):
        yield from _places(entry, (*loc, position))
