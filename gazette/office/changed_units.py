"""The files of units with what an office's tables change in them: spliced, decoded and checked before they are written;
what is wrong is told at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gazette.messages.problems import Loc, Problem
from gazette.model.columns import ID, Column, steps_before
from gazette.model.unit_records import Pledge
from gazette.office.content import OpenContent, OpenUnit, checked_again
from gazette.office.labels import Labels, is_entry
from gazette.office.layout import SheetRow
from gazette.office.rows import changes
from gazette.office.splice import Change, Insert, Unspliceable, spliced
from gazette.office.targets import Target
from gazette.office.yaml_writing import Unwritable
from gazette.reading.yaml_nodes import Node
from gazette.reading.yaml_parser import compose

_LAST = "9999"
"""Comes behind every day."""


class ChangedUnit(msgspec.Struct, frozen=True):
    """A unit with the new bytes of its file."""

    unit: OpenUnit
    bytes: bytes


class _Placed(msgspec.Struct, frozen=True):
    """A target with the changes that it makes, and where its record stands in the new file."""

    target: Target
    changes: tuple[Change, ...]
    loc: Loc


def changed_unit(
    unit: OpenUnit, targets: Sequence[Target], content: OpenContent, labels: Labels, problems: list[Problem]
) -> ChangedUnit | None:
    """The file of a unit with what the targets change in it; None where something is wrong, which is noted."""
    placed = list(_placed(targets, content))
    shown = unit.file.path
    try:
        data = spliced(shown, unit.bytes, [change for each in placed for change in each.changes])
    except (Unspliceable, Unwritable):
        problems += [each.target.row.at_field(ID, "row_unspliceable", file=shown) for each in placed]
        return None
    before = len(content.loaded.diagnostics.problems)
    checked_again(content, unit, data)
    wrong = content.loaded.diagnostics.problems[before:]
    del content.loaded.diagnostics.problems[before:]
    if wrong:
        places = _Places(compose(shown, content.loaded.diagnostics.texts[shown]), placed, labels)
        problems += [places.told(problem) for problem in wrong]
        return None
    return ChangedUnit(unit, data)


# ── changes and their places ─────────────────────────────────────────────────


def _placed(targets: Sequence[Target], content: OpenContent) -> Iterator[_Placed]:
    """The targets with their changes. New entries of a list come in the order of their days."""
    new = sorted((each for each in targets if each.is_new), key=_day)
    arrivals: dict[tuple[int, str], list[int]] = {}
    for each in new:
        arrivals.setdefault((each.pledge, each.row.layout.table), []).append(_position(each))
    for each in targets:
        if each.is_new:
            continue
        table, kind = each.row.layout.table, each.row.layout.kind
        loc: Loc = ("pledges", each.pledge)
        place = loc
        if is_entry(table) and each.entry is not None:
            earlier = sum(position <= each.entry for position in arrivals.get((each.pledge, table), ()))
            loc, place = (*loc, table, each.entry), (*loc, table, each.entry + earlier)
        yield _Placed(each, tuple(changes(kind, each.before, each.after, loc, content.languages)), place)
    count: dict[tuple[int, str], int] = {}
    for each in new:
        table = each.row.layout.table
        loc, position = ("pledges", each.pledge, table), _position(each)
        arrived = count[each.pledge, table] = count.get((each.pledge, table), 0) + 1
        insert = Insert(loc, position, each.after, steps_before(Pledge, (table,), content.languages))
        yield _Placed(each, (insert,), (*loc, position + arrived - 1))


def _day(target: Target) -> str:
    return str(target.after.get("date") or _LAST)


def _position(target: Target) -> int:
    """Before which entry a new one comes (from 0): behind all that are not later."""
    days = [str(entry.get("date") or _LAST) for entry in target.list]
    return max((number for number, day in enumerate(days, 1) if day <= _day(target)), default=0)


# ── problems ─────────────────────────────────────────────────────────────────


class _Places:
    """Which cell what stands in a new file came from."""

    def __init__(self, root: Node, placed: Sequence[_Placed], labels: Labels) -> None:
        self.marks = sorted(_marks(root, ()))
        self.labels, self.placed = labels, placed
        self.rows = {each.loc: each.target.row for each in placed}

    def told(self, problem: Problem) -> Problem:
        """A problem of the new file at the cell that it comes from. Where a row spoils what it does not hold, such as
        the order of entries, that is told at the row: of the same pledge, if there is one."""
        loc = self._loc(problem)
        cut = next((n for n in range(len(loc), 0, -1) if loc[:n] in self.rows), None)
        row, path = (self._nearest(loc), loc[:0]) if cut is None else (self.rows[loc[:cut]], loc[cut:])
        values = dict(problem.values)
        if own := self._own(problem.code, values, row, path):
            return own
        for name in ("field", "fields"):
            if values.get(name):
                values[name] = self.labels.fields(values[name])
        at = row.at_field(_column(row, path) or ID, "row_without_id")
        return at._replace(code=problem.code, values=tuple(sorted(values.items())))

    def _own(self, found: str, values: dict[str, str], row: SheetRow, path: Loc) -> Problem | None:
        """What is told of a table in other words than of a file."""
        if found == "missing":
            column = _column(row, (*path, values["field"]))
            label = self.labels.column(column) if column else self.labels.field(values["field"])
            return row.at_field(column or ID, "cell_needed", field=label)
        if found == "language_missing":
            column = _column(row, (*path, values["languages"].split(", ")[0]))
            return row.at_field(column, "cell_language", field=self.labels.column(column)) if column else None
        if found == "not_boolean":
            return row.at_field(_column(row, path) or ID, "cell_flag", found=values["found"])
        return None

    def _nearest(self, loc: Loc) -> SheetRow:
        """The row of a change to the same pledge as what stands at `loc`; else the first one."""
        same = [each.target.row for each in self.placed if each.loc[:2] == loc[:2]]
        return same[0] if same else self.placed[0].target.row

    def _loc(self, problem: Problem) -> Loc:
        """The way to the value at or before the place of a problem."""
        found: Loc = ()
        last = (0, 0)
        for mark, _, loc in self.marks:
            if mark > (problem.line, problem.column):
                break
            if mark != last:  # a mapping begins where its first key does
                found, last = loc, mark
        return found


def _marks(node: Node, loc: Loc) -> Iterator[tuple[tuple[int, int], int, Loc]]:
    """The place of every key and value, how deep it lies, and its way."""
    yield (node.line, node.column), len(loc), loc
    for key, value in node.items or ():
        yield (key.line, key.column), len(loc) + 1, (*loc, key.scalar or "")
        yield from _marks(value, (*loc, key.scalar or ""))
    for number, entry in enumerate(node.entries or ()):
        yield from _marks(entry, (*loc, number))


def _column(row: SheetRow, path: Loc) -> Column | None:
    """The column of a sheet that holds what stands at the end of a way, or the first that holds a part of it."""
    while path:
        for column in row.layout.columns:
            if column.path[: len(path)] == path or column.path == path[: len(column.path)]:
                return column
        path = path[:-1]
    return None
