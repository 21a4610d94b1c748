"""The days on which what a unit gives the site stays as it is."""

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
    """The days on which something holds, first and last included. `dated`: whether it holds on any date at all;
    `undated`: whether it holds on a site without a date."""

    first: datetime.date = datetime.date.min
    last: datetime.date = datetime.date.max
    dated: bool = True
    undated: bool = True

    def hold(self, as_of: datetime.date | None) -> bool:
        """Whether it holds on a site's date (None: the site has no date)."""
        return self.undated if as_of is None else self.dated and self.first <= as_of <= self.last

    def also(self, other: ValidDays) -> ValidDays:
        """The days that are in both."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return ValidDays(first, last, self.dated and other.dated, self.undated and other.undated)


ALWAYS = ValidDays()


def days_of_all(files: Iterable[UnitFile], as_of: datetime.date | None) -> ValidDays:
    """The days on which a unit and the other units on its pages (all in `files`) are the same as on `as_of`."""
    return reduce(ValidDays.also, (valid_days(file.unit, as_of, file.notices) for file in files))


def valid_days(unit: Unit, as_of: datetime.date | None, notices: Sequence[NoticeFile] = ()) -> ValidDays:
    """The days on which a unit's pages and fragments are the same as on `as_of`: same states, no date of the unit in
    between, and no page that prints `as_of` itself. `notices`: those that name its pledges. A unit that tells of dates
    is not the same with a date and without one (None)."""
    steps = set(_days_told(unit))
    steps |= {day for file in notices for day in _notice_steps(file.notice)}
    steps |= {end + _DAY for end in _ends(unit) if end < datetime.date.max}
    if not steps and not any(map(rhythm_of, unit.pledges)):
        return ALWAYS
    if as_of is None:
        return ValidDays(dated=False)
    steps |= {day for pledge in unit.pledges for day in _period_steps(pledge, as_of)}
    told = (told_by(each, notices, as_of) for own in unit.pledges for each in (own, own.without_drafts()))
    if any(status(pledge, as_of, notices).as_of for pledge in told):
        return ValidDays(as_of, as_of, undated=False)
    first = max((step for step in steps if step <= as_of), default=datetime.date.min)
    after = min((step for step in steps if step > as_of), default=None)
    return ValidDays(first, after - _DAY if after else datetime.date.max, undated=False)


def _ends(unit: Unit) -> Iterator[datetime.date]:
    """The last days of what may be other on the day after: of deadlines and the time before each is due soon, of public
    notices, of the time before a check."""
    for pledge in unit.pledges:
        deadlines = [pledge.deadline, *(moved.to for moved in pledge.moved)]
        deadlines += [update.deadline for update in pledge.updates if update.deadline is not None]
        for last in (deadline.last for deadline in deadlines if deadline.last is not None):
            yield from (last - DUE_WITHIN - _DAY, last)
        yield from (update.notice.end for update in pledge.updates if update.notice)
        yield from (update.recheck - _DAY for update in pledge.updates if update.recheck is not None)


def _notice_steps(notice: Notice) -> Iterator[datetime.date]:
    """The first day on which objections to a notice are taken, the first on which they no longer are, that on which it
    was withdrawn, and those of its results."""
    if notice.period is not None:
        yield from (notice.period.begin, notice.period.end + _DAY)
    if notice.withdrawn is not None:
        yield notice.withdrawn.date
    yield from (each.date for each in (notice.result, *notice.results) if each is not None)


def _period_steps(pledge: Pledge, as_of: datetime.date) -> Iterator[datetime.date]:
    """The first day of the period of a recurring pledge that `as_of` lies in, and of the one after it."""
    if rhythm := rhythm_of(pledge):
        own = period_with(rhythm, as_of)
        yield from (own.first, following(own).first)


_DAY = datetime.timedelta(days=1)


TOLD = frozenset(("date", "since", "until"))
"""The fields whose days have come: each is checked against the date that the site speaks of."""


def _days_told(record: Record | tuple[object, ...]) -> Iterator[datetime.date]:
    """The days that a record and those in it tell of, of drafts too."""
    for name, value in steps_into(record):
        if isinstance(value, Record | tuple):
            yield from _days_told(value)
        elif name in TOLD and value is not None:
            yield value
