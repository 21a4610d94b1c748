"""The file of a unit that gets a new entry: what it holds, and what would be wrong with it then."""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gazette.messages.problems import ContentError, FileProblems, Loc, Problem
from gazette.model.content import UnitFile
from gazette.office.splice import Change, Unspliceable, spliced
from gazette.office.yaml_writing import Unwritable
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.loader import LoadedContent, load_shared
from gazette.reading.unfinished import places_in
from gazette.reading.unit_loader import UnitSource, load_unit
from gazette.reading.yaml_nodes import Node
from gazette.reading.yaml_parser import parse_leniently


def open_content(root: Path) -> LoadedContent:
    """The content folder, which may have no unit yet. Raises ContentError where what all units share is wrong."""
    opened = load_shared(root)
    problems = [problem for problem in opened.diagnostics.problems if problem.code != "folder_empty"]
    if problems or not opened.languages:
        raise ContentError(problems)
    return opened


class Content(msgspec.Struct, frozen=True):
    """The opened content folder."""

    opened: LoadedContent

    @property
    def languages(self) -> tuple[str, ...]:
        return self.opened.languages

    @property
    def as_of(self) -> datetime.date | None:
        return self.opened.content.site.as_of if self.opened.content else None

    def sources(self) -> dict[str, UnitSource]:
        """The files of the units, by id."""
        return {source.id: source for source, _ in self.opened.open_units()}

    def node_of(self, source: UnitSource) -> Node:
        """The nodes of a unit's file. Raises ContentError where it is no YAML."""
        text = source.data.decode("utf-8", "replace").removeprefix("\ufeff")
        node, problems = parse_leniently(source.path, text)
        if node is None or node.items is None or problems:
            raise ContentError(problems or [Problem.at(source.path, 1, 1, "file_empty")])
        return node

    def look(self, source: UnitSource) -> tuple[UnitFile | None, list[Problem]]:
        """A unit as its file has it, and what is wrong with it."""
        diagnostics = Diagnostics(self.opened.diagnostics.root, None, self.opened.diagnostics.fonts)
        unit = load_unit(diagnostics, source, self.opened.known, self.languages, self.as_of)
        return unit, diagnostics.problems

    def problems_of(self, source: UnitSource, within: Loc) -> list[Problem]:
        """What is wrong with a part of a unit's file; with all of it, where nothing is named."""
        _, problems = self.look(source)
        if not problems or not within:
            return problems
        places = dict(places_in(self.node_of(source), ()))
        starts = sorted(places)

        def loc_of(problem: Problem) -> Loc:
            """The innermost value that begins at the place of a problem, or before it."""
            number = bisect_right(starts, (problem.line, problem.column))
            return places[starts[number - 1]] if number else ()

        return [problem for problem in problems if loc_of(problem)[: len(within)] == within]


def changed(source: UnitSource, changes: Sequence[Change]) -> UnitSource:
    """The file after some changes. Raises FileProblems for what cannot be written."""
    try:
        return source._replace(data=spliced(source.path, source.data, changes))
    except (Unwritable, Unspliceable):
        raise FileProblems([Problem.at(source.path, 0, 0, "answer_unwritable")]) from None


def plain(problems: Sequence[Problem]) -> list[Problem]:
    """Problems without the places that they would have in a file that is not written yet; each is told once."""
    return list(dict.fromkeys(problem._replace(path="", line=0, column=0) for problem in problems))
