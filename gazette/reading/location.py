"""Locates a value of a content file, and reports problems there."""

from __future__ import annotations

from typing import NamedTuple

from gazette.messages.problems import Loc, Problem
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.yaml.nodes import Node


class Location(NamedTuple):
    """A value of the file `path`, which is as editors type it. `loc` leads to the value; () is the whole file. As text
    it is `path:line`."""

    diagnostics: Diagnostics
    path: str
    loc: Loc = ()

    def within(self, *steps: str | int) -> Location:
        """The location of a value inside this one; `steps` are keys and indexes from 0."""
        return self._replace(loc=(*self.loc, *steps))

    @property
    def node(self) -> Node:
        """The node of the value, or of the one that should hold it."""
        return self.diagnostics.node(self.path, self.loc)

    @property
    def is_full(self) -> bool:
        """True if a further problem of the file is only counted, so that its details need not be worked out."""
        return self.diagnostics.is_full(self.path)

    def __str__(self) -> str:
        return f"{self.path}:{self.node.line}"

    def report(self, code: str, /, **values: object) -> None:
        """Report a problem of the value."""
        if not self.diagnostics.only_counts(self.path):
            node = self.node
            self.diagnostics.add(Problem.at(self.path, node.line, node.column, code, **values))

    def report_inside(self, offset: int, code: str, /, **values: object) -> None:
        """Report a problem inside a text, `offset` characters after its beginning. In a text of several lines, where
        lines are joined, it is placed at the first match of `found` in `values`."""
        if self.diagnostics.only_counts(self.path):
            return
        node = self.node
        line, column = node.line, node.column + offset + (0 if node.plain else 1)
        if node.last > node.line:
            lines = self.diagnostics.texts[self.path].split("\n")[node.line - 1 : node.last]
            wanted = str(values["found"]).partition(" ")[0]
            line, column = next(
                ((line, text.index(wanted) + 1) for line, text in enumerate(lines, node.line) if wanted in text),
                (node.line, node.column),
            )
        self.diagnostics.add(Problem.at(self.path, line, column, code, **values))
