"""How the deadline of a pledge changed: each that was granted or set anew, with the one before it; and all that its
history tells, with what was revised."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal, NamedTuple

from gazette.model.forms.dates import Deadline
from gazette.model.records.revisions import PledgeRevision
from gazette.model.records.unit_parts import Moved
from gazette.model.records.units import Pledge, Update

DeadlineEvent = Literal["moved", "reopened", "correction", "change"]
"""How a deadline became another: it was granted, or set on reopening; or the stated one was corrected by the editors,
or changed by those who had stated it, after it was published."""


class DeadlineChange(NamedTuple):
    """From `date` on the deadline is `to` and no longer `before`, as `source` says."""

    date: datetime.date
    before: Deadline
    to: Deadline
    source: Moved | Update

    @property
    def moved(self) -> Moved | None:
        """Who granted it and why, where it was not set by a reopening."""
        return self.source if isinstance(self.source, Moved) else None


class DeadlineStep(NamedTuple):
    """What happened to a deadline on `date`: it was `before` and became `to`, as `source` says."""

    date: datetime.date
    event: DeadlineEvent
    before: Deadline
    to: Deadline
    source: Moved | Update | PledgeRevision


def deadline_changes(pledge: Pledge) -> list[DeadlineChange]:
    """All changes, in order of date; of one day in the order of the file."""
    new: list[tuple[datetime.date, Deadline, Moved | Update]] = [(each.date, each.to, each) for each in pledge.moved]
    new += [(update.date, update.deadline, update) for update in pledge.updates if update.deadline is not None]
    found: list[DeadlineChange] = []
    before = pledge.deadline
    for date, to, source in sorted(new, key=lambda each: each[0]):
        found.append(DeadlineChange(date, before, to, source))
        before = to
    return found


def deadline_of(pledge: Pledge, day: datetime.date = datetime.date.max) -> Deadline:
    """The deadline that holds now, or that held on a `day`: the stated one, or that of the last change until then."""
    changes = [change for change in deadline_changes(pledge) if change.date <= day]
    return changes[-1].to if changes else pledge.deadline


def deadline_history(pledge: Pledge) -> list[DeadlineStep]:
    """The changes of the deadline and the revisions of the stated one, in order of date."""
    changes = (
        DeadlineStep(each.date, "moved" if each.moved else "reopened", each.before, each.to, each.source)
        for each in deadline_changes(pledge)
    )
    return sorted((*_revised(pledge), *changes), key=lambda each: each.date)


def _revised(pledge: Pledge) -> Iterator[DeadlineStep]:
    """What was revised is what was stated: each revision leads to what the next one found, the last to what is stated
    now."""
    found = [(each, each.was.deadline) for each in pledge.revisions if each.was.deadline is not None]
    found.sort(key=lambda each: each[0].date)
    after = (*(before for _, before in found), pledge.deadline)[1:]
    for (revision, before), to in zip(found, after, strict=True):
        yield DeadlineStep(revision.date, revision.kind, before, to, revision)
