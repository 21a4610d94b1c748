"""The changes of an import as sentences."""

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
"""So many characters of a value are shown."""

AROUND = 12
"""So many characters are shown before the place where two texts begin to differ."""


def sentences(target: Target, labels: Labels) -> Iterator[str]:
    """What a row changes, in a sentence a change: the pledge, its unit, the field, the value before and after."""
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
    """What becomes of a field: what it said, where it said anything, and what it is to say."""
    office = labels.told.office
    old, new = _where_they_differ(" ".join(before.split()), " ".join(after.split()))
    template = office["changed"] if old and new else office["filled"] if new else office["emptied"]
    return template.format(field=field, before=old, after=new)


def of_followed(units: Iterable[ChangedUnit], labels: Labels) -> Iterator[str]:
    """The titles of joint pledges that followed, a sentence each."""
    for each in units:
        for title in each.followed:
            *way, language = title.put.loc
            field = labels.in_language(labels.way(tuple(way)), str(language))
            name = each.unit.name(labels.shown)
            yield of_text(name, each.unit.id, change(labels, field, title.before, str(title.put.value)), labels)


def of_text(name: str, owner: str, words: str, labels: Labels) -> str:
    """Something that is said of a text of what has a `name`: of a unit itself, or of a pledge or entry (`owner`)."""
    return labels.told.office["pledge"].format(id=owner, unit=name, change=words)


def _cells(target: Target, labels: Labels) -> str:
    office = labels.told.office
    of = columns(target.row.layout.kind, tuple(labels.languages), {"evidence": MOST_ENTRIES})
    found = cells_of(target.after, of)
    cells = [
        office["cell"].format(field=labels.column(column), value=_brief(labels, column, found[column.key]))
        for column in of
        if column.key in found
    ]
    return office["between_cells"].join(cells)


def _flat(labels: Labels, column: Column, value: CellValue) -> str:
    return " ".join(shown(column, value, labels.told).split())


def _brief(labels: Labels, column: Column, value: CellValue) -> str:
    return clip(_flat(labels, column, value), LONGEST)


def _where_they_differ(old: str, new: str) -> tuple[str, str]:
    """Two texts, or of long ones the piece in which they differ, with a little of what stands before."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
    if max(len(old), len(new)) <= LONGEST or same <= AROUND:
        return clip(old, LONGEST), clip(new, LONGEST)
    old, new = (f"…{text[same - AROUND :]}" for text in (old, new))
    return clip(old, LONGEST), clip(new, LONGEST)
