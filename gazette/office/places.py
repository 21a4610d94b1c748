"""The place of a value in a YAML file: what stands there, under which key, in which collection."""

from __future__ import annotations

import msgspec

from gazette.messages.problems import Loc
from gazette.office.file_lines import FileLines
from gazette.reading.yaml.nodes import Node


class Place(msgspec.Struct, frozen=True):
    """Where a value stands, or is to stand. `node` is None where nothing is there yet; `parent` is the mapping or list
    that holds it, `step` the key or position in it. `in_flow`: it stands inside braces or brackets."""

    lines: FileLines
    parent: Node
    step: str | int
    node: Node | None
    in_flow: bool

    @classmethod
    def at(cls, lines: FileLines, root: Node, loc: Loc) -> Place:
        """The place `loc`, of which all but the last step must exist. Raises LookupError."""
        parent, in_flow = root, bool(root.style)
        for step in loc[:-1]:
            found = child(parent, step)
            if found is None:
                raise LookupError(loc)
            parent, in_flow = found, in_flow or found.style in ("{", "[")
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
        """Where in the mapping or list the value stands, from 0."""
        return self.step if isinstance(self.step, int) else self.keys.index(self.step)

    @property
    def count(self) -> int:
        """How many keys or entries there are."""
        return len(self.parent.items or self.parent.entries or ())

    @property
    def indent(self) -> int:
        """By how many spaces the keys are indented, or the dashes of a list in lines."""
        return (self.parent.items[0][0].column if self.parent.items else self.parent.column) - 1

    def begin(self, number: int) -> int:
        """The offset where a key of the mapping begins, or an entry of a list in brackets."""
        pairs, entries = self.parent.items, self.parent.entries
        return self.start_of(pairs[number][0] if pairs is not None else (entries or ())[number])

    def end(self, number: int) -> int:
        """The offset behind a value of the mapping or list."""
        pairs, entries = self.parent.items, self.parent.entries
        return self.end_of(pairs[number][1] if pairs is not None else (entries or ())[number])

    # ── values ──

    def start_of(self, node: Node) -> int:
        """The offset where a value begins."""
        return self.lines.offset((node.line, node.column))

    def end_of(self, node: Node) -> int:
        """The offset behind a value. Empty lines after a text of several lines are no part of it."""
        last = node
        while not last.style and (last.items or last.entries):
            last = last.items[-1][1] if last.items else (last.entries or ())[-1]
        end = self.lines.offset(last.end)
        return max(self.start_of(last), self.lines.trimmed(end)) if last.style in ("|", ">") else end

    def after_colon(self) -> int:
        """The offset behind the colon of the key that the value stands under."""
        key = (self.parent.items or ())[self.number][0]
        return self.lines.text.index(":", self.lines.offset(key.end)) + 1


def child(node: Node, step: str | int) -> Node | None:
    """What a mapping or list holds at a step, if it does."""
    if isinstance(step, int):
        entries = node.entries or ()
        return entries[step] if step < len(entries) else None
    return next((value for key, value in node.items or () if key.scalar == step), None)
