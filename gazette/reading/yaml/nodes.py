"""Defines a YAML value that knows its position."""

from __future__ import annotations

from typing import Any

import msgspec

from gazette.messages.problems import Loc


class Node(msgspec.Struct, frozen=True):
    """A YAML value. Positions count from 1.

    `scalar` is a text as readers see it (`flow.unmarked`), `items` are the (key, value) pairs of a mapping, `entries`
    the values of a list; the other two are None. `last` is the last line of a scalar on several lines. `style` is how
    it is written: `'`, `"`, `|` or `>` for a scalar, `{` or `[` for a collection; "" for a plain scalar or a collection
    in lines.

    `end` is the (line, column) behind the last character, if ends were requested. A collection in lines has none: it
    ends with its last entry.
    """

    line: int
    column: int
    scalar: str | None = None
    plain: bool = True
    last: int = 0
    items: tuple[tuple[Node, Node], ...] | None = None
    entries: tuple[Node, ...] | None = None
    style: str = ""
    end: tuple[int, int] = (0, 0)

    @property
    def absent(self) -> bool:
        """True if nothing at all is written, not even a colon."""
        return self.scalar is None and self.items is None and self.entries is None

    def data(self) -> Any:
        """The value as plain dicts, lists and texts. Scalars stay text; an empty plain scalar is None."""
        if self.items is not None:
            return {key.scalar: value.data() for key, value in self.items}
        if self.entries is not None:
            return [entry.data() for entry in self.entries]
        if self.plain and self.scalar in ("", "~", "null"):
            return None
        return self.scalar

    def find(self, loc: Loc) -> Node:
        """The deepest existing node on the way `loc`. A missing value is thus located at the node that should hold
        it."""
        node = self
        for step in loc:
            child = node._child(step)
            if child is None:
                return node
            node = child
        return node

    def find_key(self, loc: Loc) -> Node:
        """The key node of a `loc` that ends in a mapping's key; otherwise like `find`."""
        parent = self.find(loc[:-1])
        for key, _ in parent.items or ():
            if loc and key.scalar == loc[-1]:
                return key
        return self.find(loc)

    def _child(self, step: str | int) -> Node | None:
        if isinstance(step, int):
            entries = self.entries or ()
            return entries[step] if step < len(entries) else None
        return next((value for key, value in self.items or () if key.scalar == step), None)
