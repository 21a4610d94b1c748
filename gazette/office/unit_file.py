"""The file of a unit that gets a new entry: what it holds, and what would be wrong with it then."""

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
    """The nodes of a unit's file. Raises ContentError where it is no YAML."""
    text = source.data.decode("utf-8", "replace").removeprefix("\ufeff")
    node, problems = parse_leniently(source.path, text)
    if node is None or node.items is None or problems:
        raise ContentError(problems or [Problem.at(source.path, 1, 1, "file_empty")])
    return node


def problems_of(content: Content, source: UnitSource, within: Loc) -> list[Problem]:
    """What is wrong with a part of a unit's file; with all of it, where nothing is named."""
    _, problems = content.look(source)
    if not problems or not within:
        return problems
    ways = Ways(node_of(source))
    return [each for each in problems if ways.inner((each.line, each.column))[: len(within)] == within]


def changed(source: UnitSource, changes: Sequence[Change]) -> UnitSource:
    """The file after some changes. Raises FileProblems for what cannot be written."""
    try:
        return source._replace(data=spliced(source.path, source.data, changes))
    except CannotWrite:
        raise unwritable(source.path) from None


def unwritable(path: str) -> FileProblems:
    """That an answer cannot be written into a file."""
    return FileProblems([Problem.at(path, 0, 0, "answer_unwritable")])


def plain(problems: Sequence[Problem]) -> list[Problem]:
    """Problems without the places that they would have in a file that is not written yet; each is told once."""
    return list(dict.fromkeys(problem._replace(path="", line=0, column=0) for problem in problems))
