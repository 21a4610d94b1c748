"""The question whether the reports on a recurring pledge fit its periods."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gazette.model.forms.periods import Period, period_with
from gazette.model.life.recurrence import last_unreported, recurs_still, rhythm_of
from gazette.model.records.lifecycle import CLOSING
from gazette.model.records.units import Pledge, Update
from gazette.reading.location import Location


def check_periods(location: Location, pledge: Pledge, since: datetime.date | None) -> None:
    """The periods that a pledge at `location` names: each is one of its own, is over when it is reported on, and is
    reported once. A pledge that recurs is not closed. `since` is the day of the statements."""
    _check_closing(location, pledge)
    _check_unnamed(location, pledge, since)
    reported: set[tuple[str, bool]] = set()
    for own, named, update in _named(location, pledge, since):
        if update is None:
            continue
        about = named.stated, update.state == "inspected"
        if about in reported:
            own.report("period_twice", found=named.stated)
        reported.add(about)
        if update.date <= named.last:
            own.report("period_not_over", found=named.stated, last=named.last, date=update.date)
        if pledge.first_period is not None and named.first < pledge.first_period.first:
            own.report("period_before_first", found=named.stated, first=pledge.first_period.stated)


def _check_closing(location: Location, pledge: Pledge) -> None:
    """No step towards an acceptance is reported of a pledge that goes on without an end."""
    if recurs_still(pledge):
        for position, update in enumerate(pledge.updates):
            if update.state in CLOSING:
                rhythm = rhythm_of(pledge)
                over = period_with(rhythm, period_with(rhythm, update.date).first - _DAY)
                own = location.within("updates", position, "state")
                own.report("recurring_closed", found=update.state, rhythm=rhythm, likely=over.stated)


def _check_unnamed(location: Location, pledge: Pledge, since: datetime.date | None) -> None:
    """A report on a pledge that recurs names the period that it is about, once one is over that nothing else reports
    on: where there is none, it can only be about the one that goes on."""
    for position, update in enumerate(pledge.updates):
        if update.state == "under-way" and update.period is None:
            likely = last_unreported(pledge, since, update.date)
            if likely is not None:
                own = location.within("updates", position, "period")
                own.report("period_missing", rhythm=rhythm_of(pledge), likely=likely.stated)


_DAY = datetime.timedelta(days=1)


def _named(
    location: Location, pledge: Pledge, since: datetime.date | None
) -> Iterator[tuple[Location, Period, Update | None]]:
    """The periods that a pledge rightly names, with their place and the update that does; none is the first."""
    rhythm = rhythm_of(pledge)
    for own, named, update in _places(location, pledge):
        if not rhythm:
            own.report("period_without_rhythm", found=named.stated, deadline=pledge.deadline.stated)
        elif named.rhythm != rhythm:
            likely = period_with(rhythm, named.first).stated
            own.report("period_other", found=named.stated, rhythm=rhythm, likely=likely)
        elif since is not None and named.last < since:
            own.report("period_early", found=named.stated, since=since)
        else:
            yield own, named, update


def _places(location: Location, pledge: Pledge) -> Iterator[tuple[Location, Period, Update | None]]:
    if pledge.first_period is not None:
        yield location.within("first_period"), pledge.first_period, None
    for position, update in enumerate(pledge.updates):
        if update.period is not None:
            yield location.within("updates", position, "period"), update.period, update
