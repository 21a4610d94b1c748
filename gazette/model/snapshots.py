"""What an edition knows of each unit and pledge on its day, as lines of text: what it stated, and how far it was.

A line holds the unit, the unit or pledge that it is about, a field, a language (empty where it is the same in all) and
a value. The lines are made from the records alone, so the same content gives the same lines in any order of work.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from gazette.model.content import UnitFile
from gazette.model.deadline_changes import deadline_changes, deadline_of
from gazette.model.history import history
from gazette.model.lifecycle import EVENTS
from gazette.model.published import one_line, stated_facts
from gazette.model.status import status
from gazette.model.unit_records import Pledge

TEXTS = ("name", "signed_by", "summary", "title", "text", "done_when", "target")
"""The fields that have a value in each language."""

FIELDS = (*TEXTS, "order", "deadline", "due", "state", "alert", "event", "moved", "revision", "formerly")
"""`due` is the deadline that holds, `deadline` the stated one. Of `event`, `moved`, `revision` and `formerly` there may
be several: `DATE WHAT`; `DATE FROM TO` and, in each language, who granted it; `DATE KIND FIELD`; a former id."""


class SnapshotLine(NamedTuple):
    """One line: a `value` of the `field` of `id`, a unit or a pledge of `unit`."""

    unit: str
    id: str
    field: str
    language: str
    value: str


class Entry(msgspec.Struct, frozen=True):
    """All that is known of a unit, or of a pledge of `unit`: the values of each field, by language."""

    unit: str
    id: str
    said: Mapping[tuple[str, str], tuple[str, ...]]

    @property
    def is_unit(self) -> bool:
        return self.id == self.unit

    def texts(self, field: str) -> dict[str, str]:
        """A field that has a value in each language."""
        return {language: values[0] for (name, language), values in self.said.items() if name == field and language}

    def values(self, field: str) -> tuple[str, ...]:
        """The values of a field that is the same in all languages."""
        return self.said.get((field, ""), ())

    def value(self, field: str) -> str:
        """The one value of such a field; empty where there is none."""
        return next(iter(self.values(field)), "")


Snapshot = Mapping[str, Entry]
"""The units and pledges of a day, by id."""


def gathered(lines: Iterable[SnapshotLine]) -> dict[str, Entry]:
    """The lines of a snapshot by what they are about, in their order."""
    said: dict[tuple[str, str], dict[tuple[str, str], list[str]]] = {}
    for line in sorted(set(lines)):
        of_one = said.setdefault((line.unit, line.id), {})
        of_one.setdefault((line.field, line.language), []).append(line.value)
    return {
        id: Entry(unit, id, {key: tuple(values) for key, values in of_one.items()})
        for (unit, id), of_one in said.items()
    }


def lines_of(unit_file: UnitFile, as_of: datetime.date | None) -> Iterator[SnapshotLine]:
    """What is known of a unit on the day `as_of`. The unit is as the public sees it, without its drafts."""
    unit, id = unit_file.unit, unit_file.id
    yield SnapshotLine(id, id, "order", "", str(unit.order))
    yield from (SnapshotLine(id, id, "formerly", "", former) for former in unit.formerly)
    for fact in stated_facts(id, unit):
        if fact.field in TEXTS:
            yield SnapshotLine(id, *fact)
    for renamed in unit.renamed:
        yield SnapshotLine(id, id, "revision", "", f"{renamed.date} change name")
    for revision in unit.revisions:
        yield from (
            SnapshotLine(id, id, "revision", "", f"{revision.date} {revision.kind} {field}")
            for field in revision.was.__struct_fields__
            if getattr(revision.was, field) is not None
        )
    for pledge in unit.pledges:
        for field, value in _of_pledge(pledge, as_of):
            yield SnapshotLine(id, pledge.id, field, "", value)
        yield from _granted(id, pledge)


def _of_pledge(pledge: Pledge, as_of: datetime.date | None) -> Iterator[tuple[str, str]]:
    own = status(pledge, as_of)
    yield "deadline", pledge.deadline.stated
    yield "due", deadline_of(pledge).stated
    yield "state", f"{own.code} {own.since}" if own.since else own.code
    if own.alert:
        yield "alert", own.alert
    for event in history(pledge):
        if event.what in EVENTS and event.what != "moved":
            yield "event", f"{event.date} {event.what}"
    for change in deadline_changes(pledge):
        yield "moved", f"{change.date} {change.before.stated} {change.to.stated}"
    for revision in pledge.revisions:
        for field in revision.was.__struct_fields__:
            if getattr(revision.was, field) is not None:
                yield "revision", f"{revision.date} {revision.kind} {field}"
    yield from (("formerly", former) for former in pledge.formerly)


def _granted(unit: str, pledge: Pledge) -> Iterator[SnapshotLine]:
    """Who granted each deadline that was moved."""
    for change in deadline_changes(pledge):
        if change.moved is not None:
            what = f"{change.date} {change.before.stated} {change.to.stated}"
            for language, by in change.moved.by.items():
                yield SnapshotLine(unit, pledge.id, "moved", language, f"{what} {one_line(by)}")
