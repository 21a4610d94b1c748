"""Turns the rows of a workbook into changes of units' files, and problems of these files into problems of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from gazette.messages.problems import Loc, Problem
from gazette.model.forms.fields import Languages
from gazette.model.records.columns import ID, Column, steps_before
from gazette.model.records.units import Pledge
from gazette.office.changed_units import Placed
from gazette.office.splice import Change, Insert
from gazette.office.tables.labels import Labels, is_entry
from gazette.office.tables.layout import SheetRow, is_own
from gazette.office.tables.rows import changes
from gazette.office.tables.targets import Target

_LAST = "9999"
"""Sorts after every day."""


def placed_by_unit(targets: Sequence[Target], languages: Languages, labels: Labels) -> dict[str, list[Placed]]:
    """Return the changes of targets: `{unit id: changes}`."""
    by_unit: dict[str, list[Target]] = {}
    for target in targets:
        by_unit.setdefault(target.unit.id, []).append(target)
    return {id: list(_placed(of_unit, languages, labels)) for id, of_unit in by_unit.items()}


def _placed(targets: Sequence[Target], languages: Languages, labels: Labels) -> Iterator[Placed]:
    """Yield the targets of a unit with their changes. New entries of a list are sorted by day."""
    new = sorted((each for each in targets if each.is_new), key=_day)
    arrivals: dict[tuple[int, str], list[int]] = {}
    for each in new:
        arrivals.setdefault((each.pledge, each.row.layout.table), []).append(_position(each))
    for each in targets:
        if each.is_new:
            continue
        table, kind = each.row.layout.table, each.row.layout.kind
        loc: Loc = ("pledges", each.pledge)
        new_loc = loc
        if is_entry(table) and each.entry is not None:
            earlier = sum(position <= each.entry for position in arrivals.get((each.pledge, table), ()))
            loc, new_loc = (*loc, table, each.entry), (*loc, table, each.entry + earlier)
        yield _of(each, new_loc, tuple(changes(kind, each.before, each.after, loc, languages)), labels)
    count: dict[tuple[int, str], int] = {}
    for each in new:
        table = each.row.layout.table
        loc, position = ("pledges", each.pledge, table), _position(each)
        arrived = count[each.pledge, table] = count.get((each.pledge, table), 0) + 1
        insert = Insert(loc, position, each.after, steps_before(Pledge, (table,), languages))
        yield _of(each, (*loc, position + arrived - 1), (insert,), labels)


def _of(target: Target, loc: Loc, made: tuple[Change, ...], labels: Labels) -> Placed:
    row = target.row
    return Placed(loc, made, partial(_told, row, labels), row.at_field(ID, "row_unspliceable", file=target.unit.shown))


def _day(target: Target) -> str:
    return str(target.after.get("date") or _LAST)


def _position(target: Target) -> int:
    """Return the position (from 0) at which a new entry is inserted: after all that are not later."""
    days = [str(entry.get("date") or _LAST) for entry in target.list]
    return max((number for number, day in enumerate(days, 1) if day <= _day(target)), default=0)


# ── problems ─────────────────────────────────────────────────────────────────


def _told(row: SheetRow, labels: Labels, problem: Problem, path: Loc) -> Problem:
    """Return a problem of what a row is about, at the cell of `path`."""
    values = dict(problem.values)
    if in_other_words := _own(row, labels, problem.code, values, path):
        return in_other_words
    for name in ("field", "fields"):
        if values.get(name):
            values[name] = labels.fields(values[name])
    return row.at_field(_column(row, path) or ID, problem.code, **values)


_SHEETS = ("moved", "target_changed", "revisions")

_IN_SHEETS = {
    "published_changed": "cell_published",
    "published_gone": "cell_published",
    "published_step": "cell_step",
    "published_moved": "cell_moved",
    "published_figure": "cell_figure",
    "reached_of_other": "cell_total",
}
"""Problems of a file that a workbook solves with a row of another sheet, with their messages."""


def _own(row: SheetRow, labels: Labels, found: str, values: Mapping[str, str], path: Loc) -> Problem | None:
    """Return the problem in words for a table, if these differ from those for a file; else None."""
    if found == "missing":
        column = _column(row, (*path, values["field"]))
        label = labels.column(column) if column else labels.field(values["field"])
        return row.at_field(column or ID, "cell_needed", field=label)
    if found == "language_missing":
        column = _column(row, (*path, values["languages"].split(", ")[0]))
        return row.at_field(column, "cell_language", field=labels.column(column)) if column else None
    if found == "not_boolean":
        return row.at_field(_column(row, path) or ID, "cell_flag", found=values["found"])
    if found in _IN_SHEETS and is_own(row.layout):
        sheets = {name: labels.table(name) for name in ("pledges", "updates", *_SHEETS)}
        return row.at_field(_column(row, path) or ID, _IN_SHEETS[found], **values, **sheets)
    return None


def _column(row: SheetRow, path: Loc) -> Column | None:
    """Return the column of a sheet that holds what is at a path, or the first that holds a part of it; None if none
    does."""
    while path:
        for column in row.layout.columns:
            if column.path[: len(path)] == path or column.path == path[: len(column.path)]:
                return column
        path = path[:-1]
    return None
