"""Applies the changes of an office's tables to the files of units, and checks them before they are written. Problems
are reported at their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from gazette.messages.problems import Loc, Problem
from gazette.office.content import OpenContent, OpenUnit
from gazette.office.joint_titles import Following, following
from gazette.office.splice import Change, spliced
from gazette.office.yaml_writing import CannotWrite
from gazette.reading.files.encoding import read_text
from gazette.reading.yaml.parser import compose
from gazette.reading.yaml.ways import Ways


class ChangedUnit(msgspec.Struct, frozen=True):
    """A unit with the new bytes of its file, and the titles in it that follow changed titles of other units'
    pledges."""

    unit: OpenUnit
    bytes: bytes
    followed: tuple[Following, ...] = ()


_MEASURED = {"reached_of_other": frozenset({"target", "target_changed"})}
"""The fields of its pledge that something is compared with, by the code of the problem."""


class Placed(msgspec.Struct, frozen=True):
    """The changes of one row to a unit's file. `loc` is the path in the new file to what the row is about. `tell` moves
    a problem of the new file to its cell, by the path from there; `unspliceable` is the problem to report if the
    changes cannot be written."""

    loc: Loc
    changes: tuple[Change, ...]
    tell: Callable[[Problem, Loc], Problem]
    unspliceable: Problem

    @property
    def changed(self) -> Loc:
        """The path from `loc` to the first change; () if the whole row is new."""
        return next((change.loc[len(self.loc) :] for change in self.changes), ())

    def changed_against(self, code: str, loc: Loc) -> Loc:
        """Return the path from `self.loc` to the first change of a field that a problem with this code at `loc`
        compares with; () if there is none."""
        fields = _MEASURED.get(code, frozenset()) if self.loc[:2] == loc[:2] else frozenset()
        ways = (each.loc for each in self.changes)
        return next((way[len(self.loc) :] for way in ways if not fields.isdisjoint(map(str, way))), ())


def changed_units(
    content: OpenContent, rows: Mapping[str, Sequence[Placed]], problems: list[Problem]
) -> list[ChangedUnit]:
    """Return the changed files of units. `rows` is by unit id. Adds the problems that the content would then have:
    those of a changed file at their cells, all others where they are."""
    units = {unit.id: unit for unit in (*content.units.values(), *content.drafts)}
    spliced_units = (_spliced(units[id], placed, problems) for id, placed in rows.items())
    changed = [*_with_titles(content, [each for each in spliced_units if each is not None])]
    of_one_file, together = content.problems_with({each.unit.id: each.bytes for each in changed})
    cells = {
        each.unit.shown: Cells(each.unit.shown, each.bytes, rows[each.unit.id])
        for each in changed
        if each.unit.id in rows
    }
    problems += [cells[each.path].of(each) if each.path in cells else each for each in of_one_file]
    problems += [cells[each.path].exactly(each) or each if each.path in cells else each for each in together]
    return changed


def _spliced(unit: OpenUnit, placed: Sequence[Placed], problems: list[Problem]) -> ChangedUnit | None:
    """Return a unit with the changes of rows; None, after adding its problems, if they cannot be written."""
    try:
        changes = [change for each in placed for change in each.changes]
        return ChangedUnit(unit, spliced(unit.shown, unit.bytes, changes))
    except CannotWrite:
        alone = [each for each in placed if not _is_spliceable(unit, each.changes)]
        problems += [each.unspliceable for each in alone or placed]
        return None


def _with_titles(content: OpenContent, spliced_units: Sequence[ChangedUnit]) -> Iterator[ChangedUnit]:
    """Yield the changed units with the titles that must follow, and units in which only such titles change."""
    changed = {each.unit.id: each for each in spliced_units}
    data = {id: compose(each.unit.shown, read_text(each.unit.shown, each.bytes)).data() for id, each in changed.items()}
    followed: dict[str, list[Following]] = {}
    for title in following(content, data):
        followed.setdefault(title.unit, []).append(title)
    yield from (each for id, each in changed.items() if id not in followed)
    for id, titles in followed.items():
        each = changed.get(id) or ChangedUnit(content.units[id], content.units[id].bytes)
        new = spliced(each.unit.shown, each.bytes, [title.put for title in titles])
        yield ChangedUnit(each.unit, new, tuple(titles))


def _is_spliceable(unit: OpenUnit, changes: Sequence[Change]) -> bool:
    """Return whether these changes alone can be written."""
    try:
        spliced(unit.shown, unit.bytes, changes)
    except CannotWrite:
        return False
    return True


class Cells:
    """Finds the cell that a place in a new file came from."""

    def __init__(self, path: str, data: bytes, placed: Sequence[Placed]) -> None:
        self.ways = Ways(compose(path, read_text(path, data)))
        self.placed, self.rows = placed, {each.loc: each for each in placed}

    def exactly(self, problem: Problem) -> Problem | None:
        """Return a problem of the new file at the cell that it comes from; None if it comes from no cell."""
        loc = self._loc(problem)
        cut = next((cut for cut in range(len(loc), 0, -1) if loc[:cut] in self.rows), None)
        if cut is None:
            return None
        row = self.rows[loc[:cut]]
        return row.tell(problem, row.changed_against(problem.code, loc) or loc[cut:])

    def of(self, problem: Problem) -> Problem:
        """Return a problem of the new file at the cell that it comes from. A problem that no row holds, such as the
        order of entries, goes to the change that it is compared with, or else to the nearest row, of the same pledge if
        there is one."""
        if exact := self.exactly(problem):
            return exact
        loc = self._loc(problem)
        near = max(
            self.placed, key=lambda each: (bool(each.changed_against(problem.code, loc)), _shared(each.loc, loc))
        )
        return near.tell(problem, near.changed_against(problem.code, loc) or near.changed)

    def _loc(self, problem: Problem) -> Loc:
        return self.ways.outer((problem.line, problem.column))


def _shared(one: Loc, other: Loc) -> int:
    """Return how many steps two paths have in common."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
