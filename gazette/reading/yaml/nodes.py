"""A value of a YAML file with the place where it stands."""

from __future__ import annotations

from typing import Any

import msgspec

from gazette.messages.problems import Loc


class Node(msgspec.Struct, frozen=True):
    """A YAML value with its place (from 1), and the `last` line of one that is written on several. A scalar is the text
    as a reader sees it (`flow.unmarked`). A mapping's items are (key node, value node) pairs.

    `style` is how it is written: `'`, `"`, `|` or `>` for a scalar, `{` or `[` for a collection; empty for a plain
    scalar, and for a collection in lines. `end`, where it was asked for, is the place behind the last character (line
    and column, from 1); of a collection in lines it is not known: it ends where its last entry does."""

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
        """Whether nothing at all is written, not even a colon."""
        return self.scalar is None and self.items is None and self.entries is None

    def data(self) -> Any:
        """The value as plain dicts, lists and text. Scalars stay text; an empty plain scalar is None."""
        if self.items is not None:
            return {key.scalar: value.data() for key, value in self.items}
        if self.entries is not None:
            return [entry.data() for entry in self.entries]
        if self.plain and self.scalar in ("", "~", "null"):
            return None
        return self.scalar

    def find(self, loc: Loc) -> Node:
        """The deepest node on the way `loc`; what does not exist is found at the node that should hold it."""
        node = self
        for step in loc:
            child = node._child(step)
            if child is None:
                return node
            node = child
        return node

    def find_key(self, loc: Loc) -> Node:
        """The key node for a `loc` that ends in a key of a mapping; else the same as `find`."""
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
