"""What YAML accepts although an editor meant something else: comments, commas and colons in the wrong place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import replace

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem
from gazette.model.text.flow import run_on
from gazette.reading.files.encoding import unseen
from gazette.reading.yaml.hints import missing_colon, unquoted_comma
from gazette.reading.yaml.nodes import Node

BLOCKS = ("|", ">")
"""How a text begins that goes on below, indented."""

_COMMENT = pattern(" +#")
_WIDE_COMMA = pattern("[，、]")
_SENTENCE = pattern("[ \u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
"""What a text has and a bare word (an id, a number, a date) has not."""

Mark = tuple[int, int]
"""Line and column, from 1."""

NOT_ASKED: Mark = (0, 0)
"""Stands for an end that nobody asked for."""

Pair = tuple[Node, Node]
"""A key of a mapping, and its value."""


class YamlReport(msgspec.Struct):
    """The problems of the YAML text at `path`. `certain`: they leave no doubt what was meant."""

    path: str
    problems: list[Problem] = []
    certain: bool = True

    def add(self, mark: Mark, code: str, /, **values: object) -> None:
        """Note a problem that leaves no doubt what was meant."""
        self.problems.append(Problem.at(self.path, *mark, code, **values))

    def add_doubt(self, mark: Mark, code: str, /, **values: object) -> None:
        """Note a problem after which nobody can tell what was meant."""
        self.add(mark, code, **values)
        self.certain = False


def mark_of(event: Any) -> Mark:
    """Where an event of libyaml begins."""
    return event.start_mark.line + 1, event.start_mark.column + 1


# ── texts ────────────────────────────────────────────────────────────────────


def check_comment(report: YamlReport, text: str, event: Any) -> None:
    """A comment may stand after a bare word; after a sentence it is more likely a part of it. `text` is the one that
    libyaml reads."""
    match = _COMMENT.match(text, event.end_mark.index)
    if match and _SENTENCE.search(event.value):
        column = event.end_mark.column + match.end() - match.start()
        report.add((event.end_mark.line + 1, column), "comment_cut")


def check_escapes(report: YamlReport, event: Any, value: str) -> None:
    """Characters in double quotes that were written as numbers and cannot be seen."""
    for found in unseen(value):
        report.add(mark_of(event), "escaped_character", found=found)


def check_lines(report: YamlReport, lines: Sequence[str], first: int) -> None:
    """A line of a text of several `lines`, as written, that was meant to stand alone. `first` is the number (from 1) of
    the first one."""
    for number, column, code in run_on(lines):
        report.add((first + number, column), code)


# ── lists and mappings ───────────────────────────────────────────────────────


def check_commas(report: YamlReport, entries: Sequence[Node]) -> None:
    """A list in brackets holds ids and numbers: a full-width comma in it was meant to part them."""
    for entry in entries:
        match = _WIDE_COMMA.search(entry.scalar or "") if entry.plain else None
        if match:
            report.add_doubt((entry.line, entry.column + match.start()), "comma_wide")


def check_keys(report: YamlReport, pairs: Sequence[Pair]) -> None:
    """Keys are texts, none is there twice, and none merges another mapping."""
    seen: dict[str, Node] = {}
    for key, _ in pairs:
        mark = (key.line, key.column)
        if key.scalar is None:
            report.add_doubt(mark, "yaml_key")
        elif key.scalar == "<<" and key.plain:
            report.add_doubt(mark, "yaml_merge")
        elif key.scalar in seen:
            report.add(mark, "yaml_duplicate", found=key.scalar, first=seen[key.scalar].line)
        else:
            seen[key.scalar] = key


def mend_pairs(report: YamlReport, pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    """The pairs of a mapping in braces as they were meant: what has no colon belongs to the text before it, or its
    colon is full-width or has no space."""
    mended: list[Pair] = []
    spilled: dict[int, list[str]] = {}
    for key, value in pairs:
        words = key.scalar or ""
        slip = missing_colon(words) if value.absent else None
        if not value.absent:
            mended.append((key, value))
        elif slip:
            offset, (code, values), name, meant = slip
            report.add((key.line, key.column + offset), code, **values)
            mended.append((replace(key, scalar=name), replace(value, scalar=meant)))
        elif mended and mended[-1][1].scalar and mended[-1][1].plain:
            spilled.setdefault(len(mended) - 1, [mended[-1][1].scalar or ""]).append(words)
        else:
            report.add_doubt((key.line, key.column), "no_colon_in_braces", found=words)
    for position, parts in spilled.items():
        key, text = mended[position]
        mended[position] = key, _joined(report, key, text, parts)
    return tuple(mended)


def _joined(report: YamlReport, key: Node, text: Node, parts: Sequence[str]) -> Node:
    """The value of `key` whose commas were meant as text, or as those of a number."""
    code, values = unquoted_comma(key.scalar or "", ", ".join(parts))
    report.add((text.line, text.column), code, **values)
    return replace(text, scalar=("" if code == "comma_in_number" else ", ").join(parts))
