"""Lists how a pledge's deadline changed: by grants and reopenings, and by revisions of the stated deadline."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from gazette.model.forms.dates import Deadline
from gazette.model.records.revisions import PledgeRevision
from gazette.model.records.unit_parts import Moved
from gazette.model.records.units import Pledge, Update

DeadlineEvent = Literal["moved", "reopened", "correction", "change"]
"""How a deadline changed. `moved`: another was granted; `reopened`: set on reopening; `correction`: the editors
corrected the stated one; `change`: those who stated it changed it after publication."""


class DeadlineChange(NamedTuple):
    """From `date` on, the deadline is `to` instead of `before`. `source` is the record that says so."""

    date: datetime.date
    before: Deadline
    to: Deadline
    source: Moved | Update

    @property
    def moved(self) -> Moved | None:
        """The grant, with who granted it and why; None if a reopening set the deadline."""
        return self.source if isinstance(self.source, Moved) else None


class DeadlineStep(NamedTuple):
    """On `date` the deadline changed from `before` to `to`. `source` is the record that says so."""

    date: datetime.date
    event: DeadlineEvent
    before: Deadline
    to: Deadline
    source: Moved | Update | PledgeRevision


def deadline_changes(pledge: Pledge) -> list[DeadlineChange]:
    """All grants and reopenings that changed the deadline, by date; those of one day in file order."""
    new: list[tuple[datetime.date, Deadline, Moved | Update]] = [(each.date, each.to, each) for each in pledge.moved]
    new += [(update.date, update.deadline, update) for update in pledge.updates if update.deadline is not None]
    changes: list[DeadlineChange] = []
    before = pledge.deadline
    for date, to, source in sorted(new, key=lambda each: each[0]):
        changes.append(DeadlineChange(date, before, to, source))
        before = to
    return changes


def deadline_of(pledge: Pledge, day: datetime.date = datetime.date.max) -> Deadline:
    """The deadline that holds on `day` (default: now): that of the last change by then, otherwise the stated one."""
    changes = [change for change in deadline_changes(pledge) if change.date <= day]
    return changes[-1].to if changes else pledge.deadline


def deadline_history(pledge: Pledge) -> list[DeadlineStep]:
    """All changes of the deadline and revisions of the stated deadline, by date."""
    changes = (
        DeadlineStep(each.date, "moved" if each.moved else "reopened", each.before, each.to, each.source)
        for each in deadline_changes(pledge)
    )
    return sorted((*_revised(pledge), *changes), key=lambda each: each.date)


def _revised(pledge: Pledge) -> Iterator[DeadlineStep]:
    """Revisions of the stated deadline. Each leads to the value that the next one replaced, the last to today's
    value."""
    replaced = [(each, each.was.deadline) for each in pledge.revisions if each.was.deadline is not None]
    replaced.sort(key=lambda each: each[0].date)
    after = (*(before for _, before in replaced), pledge.deadline)[1:]
    for (revision, before), to in zip(replaced, after, strict=True):
        yield DeadlineStep(revision.date, revision.kind, before, to, revision)
