"""A recurring pledge period by period: which periods are over, and what was reported of each."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from gazette.model.forms.periods import Period, following, period_with
from gazette.model.life.deadline_changes import deadline_changes
from gazette.model.records.units import Pledge, Update


class PeriodRecord(NamedTuple):
    """A period that is over, and the reports on it; none is no failure."""

    period: Period
    updates: tuple[Update, ...]


def rhythm_of(pledge: Pledge) -> str:
    """How often a pledge recurs, as the source states it (one of `dates.RHYTHMS`); empty where it does not."""
    return pledge.deadline.stated if pledge.deadline.kind == "rhythm" else ""


def recurs_still(pledge: Pledge) -> bool:
    """Whether a pledge recurs without an end: no date was granted or set in place of its rhythm."""
    return bool(rhythm_of(pledge)) and all(change.to.kind == "rhythm" for change in deadline_changes(pledge))


def period_records(
    pledge: Pledge, since: datetime.date | None, as_of: datetime.date | None
) -> tuple[PeriodRecord, ...]:
    """The periods of a recurring pledge that are over on `as_of`, in order. They begin with the stated first one; where
    none is stated, with the first that began on or after the day of the statements (`since`), or an earlier one that
    was reported on. Without `as_of`, or with nothing to begin with, there are none. They go on after the end of a unit:
    whoever took over is asked for its reports."""
    rhythm, first = rhythm_of(pledge), first_period(pledge, since)
    if not rhythm or first is None or as_of is None:
        return ()
    ends = min([as_of, *ends_of(pledge)])
    reports: dict[str, list[Update]] = {}
    for update in pledge.updates:
        if update.period is not None:
            reports.setdefault(update.period.stated, []).append(update)
    found, own = [], first
    while own.last < ends:
        found.append(PeriodRecord(own, tuple(reports.get(own.stated, ()))))
        own = following(own)
    return tuple(found)


def first_period(pledge: Pledge, since: datetime.date | None) -> Period | None:
    """The period that a recurring pledge begins with (`period_records`), if anything says which."""
    if pledge.first_period is not None:
        return pledge.first_period
    begins = [update.period for update in pledge.updates if update.period is not None]
    rhythm = rhythm_of(pledge)
    if rhythm and since is not None:
        own = period_with(rhythm, since)
        begins.append(own if own.first == since else following(own))
    return min(begins, key=lambda period: period.first, default=None)


def last_over(pledge: Pledge, since: datetime.date | None, day: datetime.date) -> Period | None:
    """The last period of a recurring pledge that is over on a `day`; None where none is, or it recurs no more."""
    rhythm, first = rhythm_of(pledge), first_period(pledge, since)
    if not rhythm or day >= min(ends_of(pledge), default=datetime.date.max):
        return None
    own = period_with(rhythm, period_with(rhythm, day).first - datetime.timedelta(days=1))
    return own if first is None or own.last >= first.last else None


def last_unreported(pledge: Pledge, since: datetime.date | None, day: datetime.date) -> Period | None:
    """The last period of a recurring pledge that is over on a `day` and that no report names; None where there is
    none."""
    over = last_over(pledge, since, day)
    own, found = first_period(pledge, since) or over, None
    named = {update.period.stated for update in pledge.updates if update.period and update.state != "inspected"}
    while own is not None and over is not None and own.last <= over.last:
        found = found if own.stated in named else own
        own = following(own)
    return found


def ends_of(pledge: Pledge) -> Iterator[datetime.date]:
    """The days from which a pledge recurs no more: it was withdrawn or split, or has another kind of deadline."""
    for gone in (pledge.withdrawn, pledge.split):
        if gone is not None:
            yield gone.date
    yield from (change.date for change in deadline_changes(pledge) if change.to.kind != "rhythm")
