"""Follows a recurring pledge period by period: which periods are over, and which reports each has."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import NamedTuple

from gazette.model.forms.periods import Period, following, period_with
from gazette.model.life.deadline_changes import deadline_changes
from gazette.model.records.units import Pledge, Update


class PeriodRecord(NamedTuple):
    """A period that is over, and the reports on it. A period without reports is not counted as a failure."""

    period: Period
    updates: tuple[Update, ...]


def rhythm_of(pledge: Pledge) -> str:
    """The pledge's rhythm as stated (one of `dates.RHYTHMS`); "" if it does not recur."""
    return pledge.deadline.stated if pledge.deadline.kind == "rhythm" else ""


def recurs_still(pledge: Pledge) -> bool:
    """True if the pledge recurs without an end: no date was granted or set in place of its rhythm."""
    return bool(rhythm_of(pledge)) and all(change.to.kind == "rhythm" for change in deadline_changes(pledge))


def period_records(
    pledge: Pledge, since: datetime.date | None, as_of: datetime.date | None
) -> tuple[PeriodRecord, ...]:
    """The periods of a recurring pledge that are over on `as_of`, in order.

    They begin with the stated first period; otherwise with the first one that began on or after `since`, the day of the
    statements, or an earlier one that has a report. Empty without `as_of` or without a first period. They continue
    after the end of a unit: its successor has to report on them.
    """
    rhythm, first = rhythm_of(pledge), first_period(pledge, since)
    if not rhythm or first is None or as_of is None:
        return ()
    ends = min([as_of, *ends_of(pledge)])
    reports: dict[str, list[Update]] = {}
    for update in pledge.updates:
        if update.period is not None:
            reports.setdefault(update.period.stated, []).append(update)
    records, period = [], first
    while period.last < ends:
        records.append(PeriodRecord(period, tuple(reports.get(period.stated, ()))))
        period = following(period)
    return tuple(records)


def first_period(pledge: Pledge, since: datetime.date | None) -> Period | None:
    """The period with which a recurring pledge begins (see `period_records`); None if nothing says so."""
    if pledge.first_period is not None:
        return pledge.first_period
    begins = [update.period for update in pledge.updates if update.period is not None]
    rhythm = rhythm_of(pledge)
    if rhythm and since is not None:
        period_at_start = period_with(rhythm, since)
        begins.append(period_at_start if period_at_start.first == since else following(period_at_start))
    return min(begins, key=lambda period: period.first, default=None)


def last_over(pledge: Pledge, since: datetime.date | None, day: datetime.date) -> Period | None:
    """The last period of a recurring pledge that is over on `day`; None if there is none or it no longer recurs."""
    rhythm, first = rhythm_of(pledge), first_period(pledge, since)
    if not rhythm or day >= min(ends_of(pledge), default=datetime.date.max):
        return None
    period = period_with(rhythm, period_with(rhythm, day).first - datetime.timedelta(days=1))
    return period if first is None or period.last >= first.last else None


def last_unreported(pledge: Pledge, since: datetime.date | None, day: datetime.date) -> Period | None:
    """The last period that is over on `day` and has no report; None if there is none."""
    over = last_over(pledge, since, day)
    period, unreported = first_period(pledge, since) or over, None
    reported = {update.period.stated for update in pledge.updates if update.period and update.state != "inspected"}
    while period is not None and over is not None and period.last <= over.last:
        unreported = unreported if period.stated in reported else period
        period = following(period)
    return unreported


def ends_of(pledge: Pledge) -> Iterator[datetime.date]:
    """The days from which the pledge no longer recurs: withdrawn, split, or given another kind of deadline."""
    for gone in (pledge.withdrawn, pledge.split):
        if gone is not None:
            yield gone.date
    yield from (change.date for change in deadline_changes(pledge) if change.to.kind != "rhythm")
