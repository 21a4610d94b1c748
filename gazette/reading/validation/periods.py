"""Checks that reports on a recurring pledge fit its periods."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gazette.model.forms.periods import Period, period_with
from gazette.model.life.recurrence import last_unreported, recurs_still, rhythm_of
from gazette.model.records.lifecycle import CLOSING
from gazette.model.records.units import Pledge, Update
from gazette.reading.location import Location


def check_periods(location: Location, pledge: Pledge, since: datetime.date | None) -> None:
    """Report periods that are not the pledge's own, not yet over when reported on, or reported twice, and steps that
    would close a recurring pledge. `since` is the day of the statements."""
    _check_closing(location, pledge)
    _check_unnamed(location, pledge, since)
    reported: set[tuple[str, bool]] = set()
    for place, period, update in _named(location, pledge, since):
        if update is None:
            continue
        about = period.stated, update.state == "inspected"
        if about in reported:
            place.report("period_twice", found=period.stated)
        reported.add(about)
        if update.date <= period.last:
            place.report("period_not_over", found=period.stated, last=period.last, date=update.date)
        if pledge.first_period is not None and period.first < pledge.first_period.first:
            place.report("period_before_first", found=period.stated, first=pledge.first_period.stated)


def _check_closing(location: Location, pledge: Pledge) -> None:
    """Report steps towards an acceptance of a pledge that recurs without an end."""
    if recurs_still(pledge):
        for position, update in enumerate(pledge.updates):
            if update.state in CLOSING:
                rhythm = rhythm_of(pledge)
                over = period_with(rhythm, period_with(rhythm, update.date).first - _DAY)
                place = location.within("updates", position, "state")
                place.report("recurring_closed", found=update.state, rhythm=rhythm, likely=over.stated)


def _check_unnamed(location: Location, pledge: Pledge, since: datetime.date | None) -> None:
    """Report an update of a recurring pledge that names no period although a past one has no report. Otherwise it can
    only concern the current period."""
    for position, update in enumerate(pledge.updates):
        if update.state == "under-way" and update.period is None:
            likely = last_unreported(pledge, since, update.date)
            if likely is not None:
                place = location.within("updates", position, "period")
                place.report("period_missing", rhythm=rhythm_of(pledge), likely=likely.stated)


_DAY = datetime.timedelta(days=1)


def _named(
    location: Location, pledge: Pledge, since: datetime.date | None
) -> Iterator[tuple[Location, Period, Update | None]]:
    """Valid periods that a pledge names, as (location, period, update); update is None for the first period."""
    rhythm = rhythm_of(pledge)
    for place, period, update in _places(location, pledge):
        if not rhythm:
            place.report("period_without_rhythm", found=period.stated, deadline=pledge.deadline.stated)
        elif period.rhythm != rhythm:
            likely = period_with(rhythm, period.first).stated
            place.report("period_other", found=period.stated, rhythm=rhythm, likely=likely)
        elif since is not None and period.last < since:
            place.report("period_early", found=period.stated, since=since)
        else:
            yield place, period, update


def _places(location: Location, pledge: Pledge) -> Iterator[tuple[Location, Period, Update | None]]:
    if pledge.first_period is not None:
        yield location.within("first_period"), pledge.first_period, None
    for position, update in enumerate(pledge.updates):
        if update.period is not None:
            yield location.within("updates", position, "period"), update.period, update
