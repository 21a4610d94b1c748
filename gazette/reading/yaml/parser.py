"""Parses YAML text into nodes and collects all problems of its syntax."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NoReturn

import msgspec
import yaml
from msgspec.structs import replace

from gazette.messages.problems import FileProblems, Problem
from gazette.model.text.flow import marked, unmarked
from gazette.reading.yaml.checks import (
    BLOCKS,
    NOT_ASKED,
    Mark,
    YamlReport,
    check_commas,
    check_comment,
    check_escapes,
    check_keys,
    check_lines,
    mark_of,
    mend_pairs,
)
from gazette.reading.yaml.hints import ParseFailure, likely_typos, reading_problems
from gazette.reading.yaml.nodes import Node

MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_PROBLEMS = 20
"""With more problems than this, the next anchor stops parsing: the text cannot be a content file."""


def compose(path: str, text: str, with_ends: bool = False) -> Node:
    """Parse a YAML text; `with_ends` adds the ends of nodes. Raises FileProblems with all problems of its syntax."""
    node, problems = parse_leniently(path, text, with_ends)
    if problems or node is None:
        raise FileProblems(problems)
    return node


def parse_leniently(path: str, text: str, with_ends: bool = False) -> tuple[Node | None, list[Problem]]:
    """Parse a YAML text. Returns the nodes (None if its meaning is unclear) and all problems of its syntax, so that the
    rest of the file can be checked despite slips.

    This module reads libyaml's event stream itself: libyaml's composer crashes the process on some 100,000 nested
    brackets, and the limits must hold before anything is built.
    """
    tabs = _tabs(path, text)
    if tabs:
        return None, tabs
    report = YamlReport(path)
    composer = _Composer(_Source(text), report, with_ends)
    try:
        node = composer.run(yaml.CBaseLoader(composer.source.text).get_event)
    except FileProblems as stopped:
        return None, stopped.problems
    except yaml.MarkedYAMLError as error:
        return None, report.problems + reading_problems(path, text, composer.failure(error), report.problems)
    except yaml.YAMLError as error:
        reason = str(error).split("\n")[0]
        return None, [*report.problems, Problem.at(path, 1, 1, "yaml", reason=reason)]
    if node is None:
        return None, report.problems or [Problem.at(path, 1, 1, "file_empty")]
    if node.scalar is not None and node.plain:
        report.problems += likely_typos(path, text)
        return (None if report.problems else node), report.problems
    return (node if report.certain else None), report.problems


def _tabs(path: str, text: str) -> list[Problem]:
    if "\t" not in text:
        return []
    return [
        Problem.at(path, number, line.index("\t") + 1, "tab_inside" if line.partition("\t")[0].strip() else "tab")
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line
    ]


class _Source:
    """A YAML text: as `written`, and the `text` that libyaml reads (`flow.marked`)."""

    def __init__(self, written: str) -> None:
        self.written, self.text = written, marked(written)
        self.has_comments, self.has_escapes = " #" in written, "\\" in written

    @cached_property
    def lines(self) -> list[str]:
        """The lines as written."""
        return self.written.split("\n")


class _Open(msgspec.Struct, frozen=True):
    """A collection being read: its opening event and the nodes read so far."""

    event: Any
    children: list[Node]


class _Composer:
    """Builds nodes from events, bottom up, with a stack of open collections."""

    def __init__(self, source: _Source, report: YamlReport, with_ends: bool) -> None:
        self.source, self.report, self.with_ends = source, report, with_ends
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.last: Any = None
        """The event of the previous scalar."""
        self.bare = False
        """True if a key in braces has no colon."""
        self.count = 0
        self.documents = 0

    def run(self, next_event: Callable[[], yaml.Event | None]) -> Node | None:
        """The node of the whole text; None if it is empty. Raises FileProblems if a limit is exceeded."""
        steps = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._open,
            yaml.SequenceStartEvent: self._open,
            yaml.MappingEndEvent: self._close,
            yaml.SequenceEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }
        while (event := next_event()) is not None:
            step = steps.get(type(event))
            if step is not None:
                step(event)
        return self.root

    def failure(self, error: yaml.MarkedYAMLError) -> ParseFailure:
        """Describe where parsing stopped."""
        opened = [each.event.start_mark for each in self.stack if each.event.flow_style]
        last = self.last
        quoted = last is not None and last.style in ("'", '"') and last.start_mark.line < last.end_mark.line
        return ParseFailure(
            self.source.lines,
            error,
            (opened[-1].line, opened[-1].column) if opened else None,
            (last.start_mark.line, last.start_mark.column) if quoted else None,
        )

    def _stop(self, event: yaml.Event, code: str, **values: object) -> NoReturn:
        self.report.add(mark_of(event), code, **values)
        raise FileProblems(self.report.problems)

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "yaml_documents")

    def _count(self, event: Any) -> None:
        """Count a node against the limit, and report its anchor or tag."""
        self.count += 1
        if self.count > MAX_NODES:
            self._stop(event, "yaml_size", limit=MAX_NODES)
        if event.anchor is not None:
            self.report.add_doubt(mark_of(event), "yaml_anchor", found=event.anchor)
            if len(self.report.problems) > MAX_PROBLEMS:
                raise FileProblems(self.report.problems)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.report.add_doubt(mark_of(event), "yaml_tag", found=tag.replace("tag:yaml.org,2002:", "!!"))

    def _alias(self, event: Any) -> None:
        self._count(event)
        line, column = mark_of(event)
        self._add(Node(line, column, scalar=""))

    def _scalar(self, event: Any) -> None:
        self._count(event)
        line, column = mark_of(event)
        plain = event.style in (None, "")
        value = unmarked(event.value, event.style or "")
        last = event.end_mark.line + (0 if event.style in BLOCKS else 1)
        node = Node(line, column, scalar=value, plain=plain, last=last, style=event.style or "", end=self._end(event))
        if plain and value == "":
            node = self._nothing(event, node)
        elif plain and self.source.has_comments:
            check_comment(self.report, self.source.text, event)
        elif self.source.has_escapes and event.style == '"':
            check_escapes(self.report, event, value)
        first = line + (event.style in BLOCKS)
        if last > first:
            check_lines(self.report, self.source.lines[first - 1 : last], first)
        self.last = event
        self._add(node)

    def _nothing(self, event: Any, node: Node) -> Node:
        """The node of an empty value. If its key, in braces, has no colon either, the node is absent and not empty,
        because its comma was meant as text."""
        if not self.stack or not self.stack[-1].event.flow_style or len(self.stack[-1].children) % 2 == 0:
            return node
        if self.last is None or self.stack[-1].children[-1].scalar is None:
            return node  # `check_keys` reports a key that is no text
        if ":" in self.source.text[self.last.end_mark.index : event.start_mark.index]:
            return node
        self.bare = True
        return replace(node, scalar=None)

    def _open(self, event: Any) -> None:
        self._count(event)
        if len(self.stack) >= MAX_DEPTH:
            self._stop(event, "yaml_depth", limit=MAX_DEPTH)
        self.stack.append(_Open(event, []))

    def _close(self, event: Any) -> None:
        opened = self.stack.pop()
        line, column = mark_of(opened.event)
        in_flow = opened.event.flow_style
        end = self._end(event) if in_flow else NOT_ASKED
        if isinstance(opened.event, yaml.SequenceStartEvent):
            if in_flow:
                check_commas(self.report, opened.children)
            self._add(Node(line, column, entries=tuple(opened.children), style="[" if in_flow else "", end=end))
        else:
            pairs = tuple(zip(opened.children[::2], opened.children[1::2], strict=True))
            if self.bare and in_flow:
                pairs = mend_pairs(self.report, pairs)
            check_keys(self.report, pairs)
            self._add(Node(line, column, items=pairs, style="{" if in_flow else "", end=end))

    def _end(self, event: Any) -> Mark:
        """The end of a scalar or of a collection in brackets. Only requested by code that edits the text."""
        return (event.end_mark.line + 1, event.end_mark.column + 1) if self.with_ends else NOT_ASKED

    def _add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node
