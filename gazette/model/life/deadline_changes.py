"""How the deadline of a pledge changed: each that was granted or set anew, with the one before it."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from gazette.model.forms.dates import Deadline
from gazette.model.records.unit_parts import Moved
from gazette.model.records.units import Pledge


class DeadlineChange(NamedTuple):
    """From `date` on the deadline is `to` and no longer `before`; `moved` says who granted it, where it was not set by
    a reopening."""

    date: datetime.date
    before: Deadline
    to: Deadline
    moved: Moved | None


def deadline_changes(pledge: Pledge) -> list[DeadlineChange]:
    """All changes, in order of date; of one day in the order of the file."""
    new: list[tuple[datetime.date, Deadline, Moved | None]] = [(each.date, each.to, each) for each in pledge.moved]
    new += [(update.date, update.deadline, None) for update in pledge.updates if update.deadline is not None]
    found: list[DeadlineChange] = []
    before = pledge.deadline
    for date, to, moved in sorted(new, key=lambda each: each[0]):
        found.append(DeadlineChange(date, before, to, moved))
        before = to
    return found


def deadline_of(pledge: Pledge) -> Deadline:
    """The deadline that holds now: the stated one, or that of the last change."""
    changes = deadline_changes(pledge)
    return changes[-1].to if changes else pledge.deadline
