"""The order of the days that a step tells of: which may not lie before which. The checks read the table, and tests hold
the editors' guides to it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gazette.model.records.lifecycle import STEPS
from gazette.model.records.units import Update

Days = Mapping[str, datetime.date | None]
"""The days of a step by their names; None of those that it does not have."""


class DayOrder(NamedTuple):
    """The day `field` of the `steps` does not lie before the day `after`, nor after the day `before`, whichever is
    named; `code` tells that it does. Where it `is_later`, it is another day than `after`."""

    code: str
    field: str
    after: str = ""
    before: str = ""
    steps: tuple[str, ...] = tuple(STEPS)
    is_later: bool = False


STATEMENTS, TURN = "statements", "turn"
"""Days that a step does not tell itself: that of the statements; and that on which the pledge was sent back or reopened
last, or an objection was upheld, or a later check not passed."""

DAY_ORDERS: tuple[DayOrder, ...] = (
    DayOrder("date_before", "inspected", after=STATEMENTS),
    DayOrder("inspected_stale", "inspected", after=TURN),
    DayOrder("inspected_after_notice", "inspected", before="notice.begin"),
    DayOrder("update_dates", "inspected", before="date"),
    DayOrder("notice_stale", "notice.begin", after=TURN),
    DayOrder("update_dates", "notice.begin", before="date", steps=("notice",)),
    DayOrder("update_dates", "notice.end", before="date", steps=("accepted",)),
    DayOrder("deadline_past", "deadline", after="date"),
    DayOrder("recheck_before", "recheck", after="date", is_later=True),
)
"""Every order: an inspection comes first, then the notice, then the acceptance, all in the turn that they close; what
is set for later is later."""


class Misplaced(NamedTuple):
    """A day that breaks an order, and the `other` that it lies before or after."""

    order: DayOrder
    day: datetime.date
    other: datetime.date


def misplaced(update: Update, turn: datetime.date | None, since: datetime.date | None) -> Iterator[Misplaced]:
    """The days of a step that break an order: of each day the first order that it breaks. `turn` is the day on which
    the pledge was sent back or reopened last before, `since` that of the statements."""
    days, told = days_told(update) | {TURN: turn, STATEMENTS: since}, set()
    for order in DAY_ORDERS:
        day, other = days[order.field], days[order.after or order.before]
        if day is None or other is None or update.state not in order.steps or order.field in told:
            continue
        wrong = day > other if order.before else day < other or (order.is_later and day == other)
        if wrong:
            told.add(order.field)
            yield Misplaced(order, day, other)


def days_told(update: Update) -> dict[str, datetime.date | None]:
    """The days that a step tells of, by their fields."""
    notice = update.notice
    return {
        "date": update.date,
        "inspected": update.inspected,
        "notice.begin": notice.begin if notice else None,
        "notice.end": notice.end if notice else None,
        "recheck": update.recheck,
        "deadline": update.deadline.last if update.deadline else None,
    }


def turn_before(updates: Iterable[Update]) -> datetime.date | None:
    """The day on which the turn after some steps began: the last time that the pledge was sent back or reopened."""
    return max((each.date for each in updates if each.is_against or each.state == "reopened"), default=None)
