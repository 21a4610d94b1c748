"""The files of units with what an office's tables change in them: spliced, decoded and checked before they are written;
what is wrong is told at its cell."""

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
    """A unit with the new bytes of its file, and the titles in it that followed those of other units' pledges."""

    unit: OpenUnit
    bytes: bytes
    followed: tuple[Following, ...] = ()


_MEASURED = {"reached_of_other": frozenset({"target", "target_changed"})}
"""Against which fields of its pledge something is measured, by the code of the problem."""


class Placed(msgspec.Struct, frozen=True):
    """What one row changes in a unit's file, and where in the new file stands what the row is about. `tell` gives a
    problem of the new file at its cell, by the way to it from there; `unspliceable` is told where the program cannot
    write the changes."""

    loc: Loc
    changes: tuple[Change, ...]
    tell: Callable[[Problem, Loc], Problem]
    unspliceable: Problem

    @property
    def changed(self) -> Loc:
        """The way from there to the first that changes; empty where the whole row is new."""
        return next((change.loc[len(self.loc) :] for change in self.changes), ())

    def changed_against(self, code: str, loc: Loc) -> Loc:
        """The way to the first change of what a problem of that code, at that way, is measured against; or empty."""
        fields = _MEASURED.get(code, frozenset()) if self.loc[:2] == loc[:2] else frozenset()
        ways = (each.loc for each in self.changes)
        return next((way[len(self.loc) :] for way in ways if not fields.isdisjoint(map(str, way))), ())


def changed_units(
    content: OpenContent, rows: Mapping[str, Sequence[Placed]], problems: list[Problem]
) -> list[ChangedUnit]:
    """The files of units with what rows change in them, by the unit's id. What would be wrong with the content then is
    noted: what is wrong with one of these files at its cell, all else where it stands."""
    units = {unit.id: unit for unit in (*content.units.values(), *content.drafts)}
    spliced_units = (_spliced(units[id], placed, problems) for id, placed in rows.items())
    found = [*_with_titles(content, [each for each in spliced_units if each is not None])]
    own, together = content.problems_with({each.unit.id: each.bytes for each in found})
    cells = {
        each.unit.shown: Cells(each.unit.shown, each.bytes, rows[each.unit.id])
        for each in found
        if each.unit.id in rows
    }
    problems += [cells[each.path].of(each) if each.path in cells else each for each in own]
    problems += [cells[each.path].exactly(each) or each if each.path in cells else each for each in together]
    return found


def _spliced(unit: OpenUnit, placed: Sequence[Placed], problems: list[Problem]) -> ChangedUnit | None:
    """A unit with what rows change in it; None, with its problems noted, where that cannot be written."""
    try:
        changes = [change for each in placed for change in each.changes]
        return ChangedUnit(unit, spliced(unit.shown, unit.bytes, changes))
    except CannotWrite:
        alone = [each for each in placed if not _is_spliceable(unit, each.changes)]
        problems += [each.unspliceable for each in alone or placed]
        return None


def _with_titles(content: OpenContent, found: Sequence[ChangedUnit]) -> Iterator[ChangedUnit]:
    """The changed units with the titles that follow, and the units in which nothing changes but those."""
    changed = {each.unit.id: each for each in found}
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
    """Whether some changes alone can be written."""
    try:
        spliced(unit.shown, unit.bytes, changes)
    except CannotWrite:
        return False
    return True


class Cells:
    """Which cell what stands in a new file came from."""

    def __init__(self, shown: str, data: bytes, placed: Sequence[Placed]) -> None:
        self.ways = Ways(compose(shown, read_text(shown, data)))
        self.placed, self.rows = placed, {each.loc: each for each in placed}

    def exactly(self, problem: Problem) -> Problem | None:
        """A problem of the new file at the cell that it comes from; None where it is of no cell."""
        loc = self._loc(problem)
        cut = next((cut for cut in range(len(loc), 0, -1) if loc[:cut] in self.rows), None)
        if cut is None:
            return None
        row = self.rows[loc[:cut]]
        return row.tell(problem, row.changed_against(problem.code, loc) or loc[cut:])

    def of(self, problem: Problem) -> Problem:
        """A problem of the new file at the cell that it comes from. Where a row spoils what it does not hold, such as
        the order of entries, that is told at what was changed in the row that it is measured against, or else in the
        one that lies nearest: of the same pledge, if there is one."""
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
    """How many steps two ways have in common."""
    return next(
        (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
    )
