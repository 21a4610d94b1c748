"""Finds the location of a value in a YAML file from its line and column."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from gazette.messages.problems import Loc
from gazette.reading.yaml.nodes import Node

Spot = tuple[int, int]
"""(line, column), from 1."""


class Ways:
    """The locations of the keys and values below a node. Several may begin at one spot: a mapping begins where its
    first key does."""

    def __init__(self, root: Node) -> None:
        self._found: dict[Spot, list[Loc]] = {}
        for spot, loc in _places(root, ()):
            self._found.setdefault(spot, []).append(loc)
        self._spots = sorted(self._found)

    def inner(self, spot: Spot) -> Loc:
        """The innermost location that begins at `spot`, or at the nearest spot before it."""
        return max(self._at(spot), key=len)

    def outer(self, spot: Spot) -> Loc:
        """The outermost location that begins at `spot`, or at the nearest spot before it."""
        return min(self._at(spot), key=len)

    def _at(self, spot: Spot) -> list[Loc]:
        number = bisect_right(self._spots, spot)
        return self._found[self._spots[number - 1]] if number else [()]


def _places(node: Node, loc: Loc) -> Iterator[tuple[Spot, Loc]]:
    yield (node.line, node.column), loc
    for key, value in node.items or ():
        key_loc = (*loc, key.scalar or "")
        yield (key.line, key.column), key_loc
        yield from _places(value, key_loc)
    for position, entry in enumerate(node.entries or ()):
        yield from _places(entry, (*loc, position))
