"""The files of units with what an office's tables change in them: spliced, decoded and checked before they are written;
what is wrong is told at its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import msgspec

from gazette.messages.problems import Loc, Problem
from gazette.office.content import OpenContent, OpenUnit
from gazette.office.splice import Change, Unspliceable, spliced
from gazette.office.yaml_writing import Unwritable
from gazette.reading.encoding import read_text
from gazette.reading.yaml_parser import compose
from gazette.reading.yaml_ways import Ways


class ChangedUnit(msgspec.Struct, frozen=True):
    """A unit with the new bytes of its file."""

    unit: OpenUnit
    bytes: bytes


class Placed(msgspec.Struct, frozen=True):
    """What one row changes in a unit's file, and where in the new file stands what the row is about. `tell` gives a
    problem of the new file at its cell, by the way to it from there; `unspliceable` is told where the program cannot
    write the changes."""

    loc: Loc
    changes: tuple[Change, ...]
    tell: Callable[[Problem, Loc], Problem]
    unspliceable: Problem


def changed_units(
    content: OpenContent, rows: Mapping[str, Sequence[Placed]], problems: list[Problem]
) -> list[ChangedUnit]:
    """The files of units with what rows change in them, by the unit's id. What would be wrong with the content then is
    noted: what is wrong with one of these files at its cell, all else where it stands."""
    units = {unit.id: unit for unit in (*content.units.values(), *content.drafts)}
    found: list[ChangedUnit] = []
    for id, placed in rows.items():
        unit = units[id]
        try:
            data = spliced(unit.shown, unit.bytes, [change for each in placed for change in each.changes])
        except (Unspliceable, Unwritable):
            problems += [each.unspliceable for each in placed]
        else:
            found.append(ChangedUnit(unit, data))
    changed = {each.unit.shown: each for each in found}
    ways: dict[str, Ways] = {}
    for problem in content.problems_with({each.unit.id: each.bytes for each in found}):
        new = changed.get(problem.path)
        if new is None:
            problems.append(problem)
            continue
        if problem.path not in ways:
            ways[problem.path] = Ways(compose(problem.path, read_text(problem.path, new.bytes)))
        problems.append(_told(problem, ways[problem.path], rows[new.unit.id]))
    return found


def _told(problem: Problem, ways: Ways, placed: Sequence[Placed]) -> Problem:
    """A problem of a new file at the cell that it comes from. Where a row spoils what it does not hold, such as the
    order of entries, that is told at a row: of the same pledge, if there is one."""
    loc = ways.outer((problem.line, problem.column))
    rows = {each.loc: each for each in placed}
    for cut in range(len(loc), 0, -1):
        if loc[:cut] in rows:
            return rows[loc[:cut]].tell(problem, loc[cut:])
    nearest = next((each for each in placed if each.loc[:2] == loc[:2]), placed[0])
    return nearest.tell(problem, ())
