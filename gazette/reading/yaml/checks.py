"""Finds YAML that is valid but not what an editor meant: comments, commas and colons in the wrong place."""

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
"""Markers of a text that continues below, indented."""

_COMMENT = pattern(" +#")
_WIDE_COMMA = pattern("[，、]")
_SENTENCE = pattern("[ \u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
"""Characters that a text has and a bare word (id, number, date) has not."""

Mark = tuple[int, int]
"""(line, column), from 1."""

NOT_ASKED: Mark = (0, 0)
"""The end of a node when ends were not requested."""

Pair = tuple[Node, Node]
"""(key, value) of a mapping."""


class YamlReport(msgspec.Struct):
    """The problems of the YAML text at `path`. `certain` is True as long as its meaning is clear despite them."""

    path: str
    problems: list[Problem] = []
    certain: bool = True

    def add(self, mark: Mark, code: str, /, **values: object) -> None:
        """Add a problem that leaves the meaning clear."""
        self.problems.append(Problem.at(self.path, *mark, code, **values))

    def add_doubt(self, mark: Mark, code: str, /, **values: object) -> None:
        """Add a problem that leaves the meaning unclear."""
        self.add(mark, code, **values)
        self.certain = False


def mark_of(event: Any) -> Mark:
    """The (line, column) at which a libyaml event begins, from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


# ── texts ────────────────────────────────────────────────────────────────────


def check_comment(report: YamlReport, text: str, event: Any) -> None:
    """Report a comment after a sentence: it is more likely part of the sentence. After a bare word it is accepted.
    `text` is the one that libyaml reads."""
    match = _COMMENT.match(text, event.end_mark.index)
    if match and _SENTENCE.search(event.value):
        column = event.end_mark.column + match.end() - match.start()
        report.add((event.end_mark.line + 1, column), "comment_cut")


def check_escapes(report: YamlReport, event: Any, value: str) -> None:
    """Report invisible characters written as escapes in double quotes."""
    for character in unseen(value):
        report.add(mark_of(event), "escaped_character", found=character)


def check_lines(report: YamlReport, lines: Sequence[str], first: int) -> None:
    """Report lines of a multi-line text that were meant to stand alone. `lines` are as written, `first` is the line
    number of the first (from 1)."""
    for number, column, code in run_on(lines):
        report.add((first + number, column), code)


# ── lists and mappings ───────────────────────────────────────────────────────


def check_commas(report: YamlReport, entries: Sequence[Node]) -> None:
    """Report full-width commas in a list in brackets: it holds ids and numbers, so they were meant as separators."""
    for entry in entries:
        match = _WIDE_COMMA.search(entry.scalar or "") if entry.plain else None
        if match:
            report.add_doubt((entry.line, entry.column + match.start()), "comma_wide")


def check_keys(report: YamlReport, pairs: Sequence[Pair]) -> None:
    """Report keys that are no text, occur twice, or merge another mapping."""
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
    """The intended pairs of a mapping in braces. A part without a colon belongs to the text before it, unless its colon
    is full-width or lacks a space. Reports each slip."""
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
    """The value of `key` with its commas restored: they were part of a text or a number."""
    code, values = unquoted_comma(key.scalar or "", ", ".join(parts))
    report.add((text.line, text.column), code, **values)
    return replace(text, scalar=("" if code == "comma_in_number" else ", ").join(parts))
