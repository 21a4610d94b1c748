"""The way from a YAML text to nodes that know their places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import msgspec
import yaml
from msgspec.structs import replace

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Loc, Problem
from gazette.model.flow import marked, run_on, unmarked
from gazette.reading.encoding import unseen
from gazette.reading.yaml_hints import ParseFailure, likely_typos, missing_colon, reading_problems, unquoted_comma

MAX_DEPTH = 32
MAX_NODES = 200_000

BLOCKS = ("|", ">")
"""How a text begins that goes on below, indented."""


class Node(msgspec.Struct, frozen=True):
    """A YAML value with its place (from 1), and the `last` line of one that is written on several. A scalar is the text
    as a reader sees it (`flow.unmarked`). A mapping's items are (key node, value node) pairs."""

    line: int
    column: int
    scalar: str | None = None
    plain: bool = True
    last: int = 0
    items: tuple[tuple[Node, Node], ...] | None = None
    entries: tuple[Node, ...] | None = None

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


def compose(path: str, text: str) -> Node:
    """The nodes of a YAML text. Raises FileProblems with everything that is wrong with it as YAML."""
    node, problems = parse_leniently(path, text)
    if problems or node is None:
        raise FileProblems(problems)
    return node


def parse_leniently(path: str, text: str) -> tuple[Node | None, list[Problem]]:
    """The nodes of a YAML text, and what is wrong with it as YAML. Where that leaves no doubt what was meant there are
    nodes all the same, so that the rest of the file can be looked at.

    The event stream is read by our own loop: libyaml's composer crashes the process on some 100,000 nested
    brackets, and the limits must hold before anything is built.
    """
    tabs = _tabs(path, text)
    if tabs:
        return None, tabs
    composer = _Composer(path, text)
    try:
        node = composer.run(yaml.CBaseLoader(composer.text).get_event)
    except _Stopped:
        return None, composer.problems
    except yaml.MarkedYAMLError as error:
        return None, composer.problems + reading_problems(path, text, composer.stop(error), composer.problems)
    except yaml.YAMLError as error:
        reason = str(error).split("\n")[0]
        return None, [*composer.problems, Problem.at(path, 1, 1, "yaml", reason=reason)]
    if node is None:
        return None, composer.problems or [Problem.at(path, 1, 1, "file_empty")]
    if node.scalar is not None and node.plain:
        composer.problems += likely_typos(path, text)
        return (None if composer.problems else node), composer.problems
    return (node if composer.whole else None), composer.problems


def _tabs(path: str, text: str) -> list[Problem]:
    if "\t" not in text:
        return []
    return [
        Problem.at(path, number, line.index("\t") + 1, "tab_inside" if line.partition("\t")[0].strip() else "tab")
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line
    ]


class _Stopped(Exception):
    """A limit is passed."""


_COMMENT = pattern(" +#")
_WIDE_COMMA = pattern("[，、]")
_SENTENCE = pattern("[ \u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
"""What a text has and a bare word (an id, a number, a date) has not."""


class _Composer:
    """Builds nodes from events, bottom up, with a stack of open collections. `text` is what libyaml reads."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.original, self.text = path, text, marked(text)
        self.commented, self.escaped = " #" in text, "\\" in text
        self.problems: list[Problem] = []
        self.stack: list[tuple[Any, list[Node]]] = []
        self.root: Node | None = None
        self.last: Any = None
        """The scalar before."""
        self.bare = False
        """Whether some key in braces has no colon."""
        self.whole = True
        """Whether the nodes are what was meant, whatever the problems."""
        self.count = 0
        self.documents = 0

    def run(self, next_event: Callable[[], yaml.Event | None]) -> Node | None:
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

    def stop(self, error: yaml.MarkedYAMLError) -> ParseFailure:
        """What is to be known of the place where reading stopped."""
        opened = [event.start_mark for event, _ in self.stack if event.flow_style]
        last = self.last
        quoted = last is not None and last.style in ("'", '"') and last.start_mark.line < last.end_mark.line
        return ParseFailure(
            self.lines,
            error,
            (opened[-1].line, opened[-1].column) if opened else None,
            (last.start_mark.line, last.start_mark.column) if quoted else None,
        )

    @cached_property
    def lines(self) -> list[str]:
        """The lines as they were written."""
        return self.original.split("\n")

    def _problem(self, event: yaml.Event, code: str, **values: object) -> None:
        self.problems.append(Problem.at(self.path, *_mark(event), code, **values))

    def _stop(self, event: yaml.Event, code: str, **values: object) -> None:
        self._problem(event, code, **values)
        raise _Stopped

    def _count(self, event: Any) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self._stop(event, "yaml_size", limit=MAX_NODES)
        if event.anchor is not None:
            self._problem(event, "yaml_anchor", found=event.anchor)
            self.whole = False
            if len(self.problems) > 20:
                raise _Stopped
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._problem(event, "yaml_tag", found=tag.replace("tag:yaml.org,2002:", "!!"))
            self.whole = False

    def _document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "yaml_documents")

    def _alias(self, event: Any) -> None:
        self._count(event)
        line, column = _mark(event)
        self._add(Node(line, column, scalar=""))

    def _scalar(self, event: Any) -> None:
        self._count(event)
        line, column = _mark(event)
        plain = event.style in (None, "")
        value = unmarked(event.value, event.style or "")
        last = event.end_mark.line + (0 if event.style in BLOCKS else 1)
        node = Node(line, column, scalar=value, plain=plain, last=last)
        if plain and value == "":
            node = self._nothing(event, node)
        elif plain and self.commented:
            self._check_comment(event)
        elif self.escaped and event.style == '"':
            for found in unseen(value):
                self._problem(event, "escaped_character", found=found)
        if last > line + (event.style in BLOCKS):
            self._check_lines(event, last)
        self.last = event
        self._add(node)

    def _nothing(self, event: Any, node: Node) -> Node:
        """The value of a key in braces that has not even a colon is no scalar: a comma was meant as text."""
        if not self.stack or not self.stack[-1][0].flow_style or len(self.stack[-1][1]) % 2 == 0:
            return node
        if self.last is None or self.stack[-1][1][-1].scalar is None:
            return node  # the key is no text: that is told by itself
        if ":" in self.text[self.last.end_mark.index : event.start_mark.index]:
            return node
        self.bare = True
        return replace(node, scalar=None)

    def _check_lines(self, event: Any, last: int) -> None:
        """A line of a text that was meant to stand alone."""
        first = event.start_mark.line + (1 if event.style in BLOCKS else 0)
        for number, column, code in run_on(self.lines[first:last]):
            self.problems.append(Problem.at(self.path, first + number + 1, column, code))

    def _check_comment(self, event: Any) -> None:
        """A comment may stand after a bare word; after a text it is more likely a part of it."""
        match = _COMMENT.match(self.text, event.end_mark.index)
        if match and _SENTENCE.search(event.value):
            column = event.end_mark.column + match.end() - match.start()
            self.problems.append(Problem.at(self.path, event.end_mark.line + 1, column, "comment_cut"))

    def _open(self, event: Any) -> None:
        self._count(event)
        if len(self.stack) >= MAX_DEPTH:
            self._stop(event, "yaml_depth", limit=MAX_DEPTH)
        self.stack.append((event, []))

    def _close(self, _: Any) -> None:
        event, children = self.stack.pop()
        line, column = _mark(event)
        if isinstance(event, yaml.SequenceStartEvent):
            self._check_commas(event, children)
            self._add(Node(line, column, entries=tuple(children)))
        else:
            pairs = tuple(zip(children[::2], children[1::2], strict=True))
            if self.bare and event.flow_style:
                pairs = tuple(self._mended(pairs))
            self._check_keys(pairs)
            self._add(Node(line, column, items=pairs))

    def _check_commas(self, event: Any, entries: list[Node]) -> None:
        """A list in brackets holds ids and numbers: a full-width comma there was meant to part them."""
        for entry in entries if event.flow_style else ():
            match = _WIDE_COMMA.search(entry.scalar or "") if entry.plain else None
            if match:
                self.whole = False
                place = (self.path, entry.line, entry.column + match.start())
                self.problems.append(Problem.at(*place, "comma_wide"))

    def _mended(self, pairs: Iterable[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
        """The pairs of a mapping in braces as they were meant: what has no colon belongs to the text before it, or its
        colon is full-width or has no space."""
        mended: list[tuple[Node, Node]] = []
        spilled: dict[int, list[str]] = {}
        for key, value in pairs:
            words = key.scalar or ""
            slip = missing_colon(words) if value.absent else None
            if not value.absent:
                mended.append((key, value))
            elif slip:
                place, (code, values), name, meant = slip
                self.problems.append(Problem.at(self.path, key.line, key.column + place, code, **values))
                mended.append((replace(key, scalar=name), replace(value, scalar=meant)))
            elif mended and mended[-1][1].scalar and mended[-1][1].plain:
                spilled.setdefault(len(mended) - 1, [mended[-1][1].scalar or ""]).append(words)
            else:
                self.problems.append(Problem.at(self.path, key.line, key.column, "no_colon_in_braces", found=words))
                self.whole = False
        for position, parts in spilled.items():
            key, text = mended[position]
            code, values = unquoted_comma(key.scalar or "", ", ".join(parts))
            self.problems.append(Problem.at(self.path, text.line, text.column, code, **values))
            mended[position] = (
                key,
                replace(text, scalar=("" if code == "comma_in_number" else ", ").join(parts)),
            )
        return mended

    def _add(self, node: Node) -> None:
        if self.stack:
            self.stack[-1][1].append(node)
        else:
            self.root = node

    def _check_keys(self, pairs: tuple[tuple[Node, Node], ...]) -> None:
        seen: dict[str, Node] = {}
        for key, _ in pairs:
            place = (self.path, key.line, key.column)
            if key.scalar is None:
                self.problems.append(Problem.at(*place, "yaml_key"))
                self.whole = False
            elif key.scalar == "<<" and key.plain:
                self.problems.append(Problem.at(*place, "yaml_merge"))
                self.whole = False
            elif key.scalar in seen:
                first = seen[key.scalar].line
                self.problems.append(Problem.at(*place, "yaml_duplicate", found=key.scalar, first=first))
            else:
                seen[key.scalar] = key


def _mark(event: Any) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
