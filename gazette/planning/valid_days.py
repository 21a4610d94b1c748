"""Finds the days on which a unit's pages and fragments stay the same."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import NamedTuple

from gazette.model.forms.periods import following, period_with
from gazette.model.forms.record import Record, steps_into
from gazette.model.life.announced import told_by
from gazette.model.life.recurrence import rhythm_of
from gazette.model.life.status import DUE_WITHIN, status
from gazette.model.records.content import UnitFile
from gazette.model.records.notices import Notice, NoticeFile
from gazette.model.records.units import Pledge, Unit


class ValidDays(NamedTuple):
    """The days on which something holds, `first` and `last` included. `dated`: whether it holds on any date at all;
    `undated`: whether it holds on a site without a reference date."""

    first: datetime.date = datetime.date.min
    last: datetime.date = datetime.date.max
    dated: bool = True
    undated: bool = True

    def hold(self, as_of: datetime.date | None) -> bool:
        """Return whether it holds on the reference date `as_of` (None: the site has none)."""
        return self.undated if as_of is None else self.dated and self.first <= as_of <= self.last

    def also(self, other: ValidDays) -> ValidDays:
        """Return the days on which both hold."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return ValidDays(first, last, self.dated and other.dated, self.undated and other.undated)


ALWAYS = ValidDays()


def days_of_all(files: Iterable[UnitFile], as_of: datetime.date | None) -> ValidDays:
    """Return the days on which a unit and the other units on its pages (all in `files`) are the same as on the
    reference date."""
    return reduce(ValidDays.also, (valid_days(file.unit, as_of, file.notices) for file in files))


def valid_days(unit: Unit, as_of: datetime.date | None, notices: Sequence[NoticeFile] = ()) -> ValidDays:
    """Return the days on which a unit's pages and fragments are the same as on the reference date `as_of`: same states,
    no date of the unit in between, and no page that prints `as_of` itself. `notices`: those that name its pledges. A
    unit that has dates is not the same with a reference date and without one (None)."""
    steps = set(_days_told(unit))
    steps |= {day for file in notices for day in _notice_steps(file.notice)}
    steps |= {end + _DAY for end in _ends(unit) if end < datetime.date.max}
    if not steps and not any(map(rhythm_of, unit.pledges)):
        return ALWAYS
    if as_of is None:
        return ValidDays(dated=False)
    steps |= {day for pledge in unit.pledges for day in _period_steps(pledge, as_of)}
    pledges = (told_by(each, notices, as_of) for whole in unit.pledges for each in (whole, whole.without_drafts()))
    if any(status(pledge, as_of, notices).as_of for pledge in pledges):
        return ValidDays(as_of, as_of, undated=False)
    first = max((step for step in steps if step <= as_of), default=datetime.date.min)
    after = min((step for step in steps if step > as_of), default=None)
    return ValidDays(first, after - _DAY if after else datetime.date.max, undated=False)


def _ends(unit: Unit) -> Iterator[datetime.date]:
    """Yield the last days after which something may change: of deadlines and of the time before each is due soon, of
    public notices, of the time before a check."""
    for pledge in unit.pledges:
        deadlines = [pledge.deadline, *(moved.to for moved in pledge.moved)]
        deadlines += [update.deadline for update in pledge.updates if update.deadline is not None]
        for last in (deadline.last for deadline in deadlines if deadline.last is not None):
            yield from (last - DUE_WITHIN - _DAY, last)
        yield from (update.notice.end for update in pledge.updates if update.notice)
        yield from (update.recheck - _DAY for update in pledge.updates if update.recheck is not None)


def _notice_steps(notice: Notice) -> Iterator[datetime.date]:
    """Yield the first day on which a notice takes objections, the first on which it no longer does, the day it was
    withdrawn, and those of its results."""
    if notice.period is not None:
        yield from (notice.period.begin, notice.period.end + _DAY)
    if notice.withdrawn is not None:
        yield notice.withdrawn.date
    yield from (each.date for each in (notice.result, *notice.results) if each is not None)


def _period_steps(pledge: Pledge, as_of: datetime.date) -> Iterator[datetime.date]:
    """Yield the first day of the period of a recurring pledge that contains `as_of`, and of the next period."""
    if rhythm := rhythm_of(pledge):
        current = period_with(rhythm, as_of)
        yield from (current.first, following(current).first)


_DAY = datetime.timedelta(days=1)


TOLD = frozenset(("date", "since", "until"))
"""The fields with dates in the past: each is checked against the reference date."""


def _days_told(record: Record | tuple[object, ...]) -> Iterator[datetime.date]:
    """Yield the dates in these fields of a record and of the records in it, drafts included."""
    for name, value in steps_into(record):
        if isinstance(value, Record | tuple):
            yield from _days_told(value)
        elif name in TOLD and value is not None:
            yield value
