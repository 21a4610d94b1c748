"""Locates a value in a YAML file: its node, its key, the collection that holds it."""

from __future__ import annotations

import msgspec

from gazette.messages.problems import Loc
from gazette.office.file_lines import FileLines
from gazette.reading.yaml.nodes import Node


class Place(msgspec.Struct, frozen=True):
    """Where a value is, or is to be. `node` is None if nothing is there yet; `parent` is the mapping or list that holds
    it, `step` the key or position in it. `in_flow` is true inside braces or brackets."""

    lines: FileLines
    parent: Node
    step: str | int
    node: Node | None
    in_flow: bool

    @classmethod
    def at(cls, lines: FileLines, root: Node, loc: Loc) -> Place:
        """Return the place `loc`, of which all steps but the last must exist. Raises LookupError."""
        parent, in_flow = root, bool(root.style)
        for step in loc[:-1]:
            inner = child(parent, step)
            if inner is None:
                raise LookupError(loc)
            parent, in_flow = inner, in_flow or inner.style in ("{", "[")
        node = child(parent, loc[-1])
        if node is None and not isinstance(loc[-1], str):
            raise LookupError(loc)
        return cls(lines, parent, loc[-1], node, in_flow)

    # ── the collection ──

    @property
    def keys(self) -> list[str]:
        """The keys of the mapping that holds the value."""
        return [key.scalar or "" for key, _ in self.parent.items or ()]

    @property
    def number(self) -> int:
        """The position of the value in the mapping or list, from 0."""
        return self.step if isinstance(self.step, int) else self.keys.index(self.step)

    @property
    def count(self) -> int:
        """The number of keys or entries."""
        return len(self.parent.items or self.parent.entries or ())

    @property
    def indent(self) -> int:
        """The indentation (spaces) of the keys, or of the dashes of a block list."""
        return (self.parent.items[0][0].column if self.parent.items else self.parent.column) - 1

    def begin(self, number: int) -> int:
        """Return the offset where a key of the mapping begins, or an entry of a list."""
        pairs, entries = self.parent.items, self.parent.entries
        return self.start_of(pairs[number][0] if pairs is not None else (entries or ())[number])

    def end(self, number: int) -> int:
        """Return the offset after a value of the mapping or list."""
        pairs, entries = self.parent.items, self.parent.entries
        return self.end_of(pairs[number][1] if pairs is not None else (entries or ())[number])

    # ── values ──

    def start_of(self, node: Node) -> int:
        """Return the offset where a value begins."""
        return self.lines.offset((node.line, node.column))

    def end_of(self, node: Node) -> int:
        """Return the offset after a value. Empty lines after a block text do not belong to it."""
        last = node
        while not last.style and (last.items or last.entries):
            last = last.items[-1][1] if last.items else (last.entries or ())[-1]
        end = self.lines.offset(last.end)
        return max(self.start_of(last), self.lines.trimmed(end)) if last.style in ("|", ">") else end

    def after_colon(self) -> int:
        """Return the offset after the colon of the value's key."""
        key = (self.parent.items or ())[self.number][0]
        return self.lines.text.index(":", self.lines.offset(key.end)) + 1


def child(node: Node, step: str | int) -> Node | None:
    """Return what a mapping or list holds at a step; None if it has no such step."""
    if isinstance(step, int):
        entries = node.entries or ()
        return entries[step] if step < len(entries) else None
    return next((value for key, value in node.items or () if key.scalar == step), None)
