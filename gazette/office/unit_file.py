"""Adds entries to the file of a unit, and finds what would be wrong with it then."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.messages.problems import ContentError, FileProblems, Loc, Problem
from gazette.office.content import Content
from gazette.office.splice import Change, spliced
from gazette.office.yaml_writing import CannotWrite
from gazette.reading.unit_loader import UnitSource
from gazette.reading.yaml.nodes import Node
from gazette.reading.yaml.parser import parse_leniently
from gazette.reading.yaml.ways import Ways


def node_of(source: UnitSource) -> Node:
    """Return the nodes of a unit's file. Raises ContentError if it is not YAML."""
    text = source.data.decode("utf-8", "replace").removeprefix("\ufeff")
    node, problems = parse_leniently(source.path, text)
    if node is None or node.items is None or problems:
        raise ContentError(problems or [Problem.at(source.path, 1, 1, "file_empty")])
    return node


def problems_of(content: Content, source: UnitSource, within: Loc) -> list[Problem]:
    """Return the problems of a part of a unit's file; of all of it if `within` is ()."""
    _, problems = content.look(source)
    if not problems or not within:
        return problems
    ways = Ways(node_of(source))
    return [each for each in problems if ways.inner((each.line, each.column))[: len(within)] == within]


def changed(source: UnitSource, changes: Sequence[Change]) -> UnitSource:
    """Return the file after some changes. Raises FileProblems for what cannot be written."""
    try:
        return source._replace(data=spliced(source.path, source.data, changes))
    except CannotWrite:
        raise unwritable(source.path) from None


def unwritable(path: str) -> FileProblems:
    """Return the error that an answer cannot be written into a file."""
    return FileProblems([Problem.at(path, 0, 0, "answer_unwritable")])


def plain(problems: Sequence[Problem]) -> list[Problem]:
    """Return problems without their places, which are of no use before the file is written; each once."""
    return list(dict.fromkeys(problem._replace(path="", line=0, column=0) for problem in problems))
