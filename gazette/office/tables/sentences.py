"""Puts the changes of an import into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from gazette.messages.problems import clip
from gazette.model.records.columns import ID, MOST_ENTRIES, Column, columns
from gazette.office.cells import CellValue, shown
from gazette.office.changed_units import ChangedUnit
from gazette.office.tables.labels import Labels, is_entry
from gazette.office.tables.rows import cells_of
from gazette.office.tables.targets import Target

LONGEST = 60
"""The most characters of a value that are shown."""

AROUND = 12
"""How many characters are shown before the first difference of two texts."""


def sentences(target: Target, labels: Labels) -> Iterator[str]:
    """Yield a sentence for each change of a row: the pledge, its unit, the field, the value before and after."""
    office, table = labels.told.office, target.row.layout.table
    names = {"id": target.unit.pledges[target.pledge][ID], "unit": target.unit.name(labels.shown)}
    if target.is_new:
        yield office["added"].format(**names, entry=labels.table(table), cells=_cells(target, labels))
        return
    for change in _changes(target, labels):
        if is_entry(table):
            number = (target.entry or 0) + 1
            yield office["entry"].format(**names, entry=labels.table(table), number=number, change=change)
        else:
            yield office["pledge"].format(**names, change=change)


def _changes(target: Target, labels: Labels) -> Iterator[str]:
    of = columns(target.row.layout.kind, tuple(labels.languages), {"evidence": MOST_ENTRIES})
    before, after = cells_of(target.before, of), cells_of(target.after, of)
    for column in of:
        if before.get(column.key) != after.get(column.key):
            old, new = (_flat(labels, column, each.get(column.key, "")) for each in (before, after))
            yield change(labels, labels.column(column), old, new)


def change(labels: Labels, field: str, before: str, after: str) -> str:
    """Return what happens to a field: what it said, if anything, and what it will say."""
    office = labels.told.office
    old, new = _where_they_differ(" ".join(before.split()), " ".join(after.split()))
    template = office["changed"] if old and new else office["filled"] if new else office["emptied"]
    return template.format(field=field, before=old, after=new)


def of_followed(units: Iterable[ChangedUnit], labels: Labels) -> Iterator[str]:
    """Yield a sentence for each title of a joint pledge that follows a changed one."""
    for each in units:
        for title in each.followed:
            *path, language = title.put.loc
            field = labels.in_language(labels.way(tuple(path)), str(language))
            name = each.unit.name(labels.shown)
            yield of_text(name, each.unit.id, change(labels, field, title.before, str(title.put.value)), labels)


def of_text(name: str, owner: str, words: str, labels: Labels) -> str:
    """Return a sentence about a text of the unit called `name`, or of a pledge or entry (`owner`)."""
    return labels.told.office["pledge"].format(id=owner, unit=name, change=words)


def _cells(target: Target, labels: Labels) -> str:
    office = labels.told.office
    of = columns(target.row.layout.kind, tuple(labels.languages), {"evidence": MOST_ENTRIES})
    values = cells_of(target.after, of)
    cells = [
        office["cell"].format(field=labels.column(column), value=_brief(labels, column, values[column.key]))
        for column in of
        if column.key in values
    ]
    return office["between_cells"].join(cells)


def _flat(labels: Labels, column: Column, value: CellValue) -> str:
    return " ".join(shown(column, value, labels.told).split())


def _brief(labels: Labels, column: Column, value: CellValue) -> str:
    return clip(_flat(labels, column, value), LONGEST)


def _where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Return two texts; of long ones the part that differs, with a few characters before it."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    if max(len(old), len(new)) <= LONGEST or same <= AROUND:
        return clip(old, LONGEST), clip(new, LONGEST)
    old, new = (f"…{text[same - AROUND :]}" for text in (old, new))
    return clip(old, LONGEST), clip(new, LONGEST)
