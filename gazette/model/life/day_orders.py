"""Lists which days of a step may not precede which others. Checks read the table; tests compare the editors' guides
with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from gazette.model.records.lifecycle import STEPS
from gazette.model.records.units import Update

Days = Mapping[str, datetime.date | None]
"""`{field: day}` of a step; None for a day that the step does not state."""


class DayOrder(NamedTuple):
    """In `steps`, the day `field` may not precede the day `after`, or may not follow the day `before`; one of the two
    is given.

    `code` is the message if it does. With `is_later`, the day may not equal `after` either.
    """

    code: str
    field: str
    after: str = ""
    before: str = ""
    steps: tuple[str, ...] = tuple(STEPS)
    is_later: bool = False


STATEMENTS, TURN = "statements", "turn"
"""Days that a step does not state itself: the day of the statements, and the day on which the last turn began (the
pledge was sent back or reopened, an objection was upheld or a later check was not passed)."""

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
"""All orders. Inspection, notice and acceptance follow each other within one turn; deadlines and checks set for later
lie later."""


class Misplaced(NamedTuple):
    """A day that breaks an order, and the other day of that order."""

    order: DayOrder
    day: datetime.date
    other: datetime.date


def misplaced(update: Update, turn: datetime.date | None, since: datetime.date | None) -> Iterator[Misplaced]:
    """The days of the update that break an order, at most one order for each day. `turn` is the day on which the
    current turn began, `since` the day of the statements; None if there is none."""
    days, reported = days_told(update) | {TURN: turn, STATEMENTS: since}, set()
    for order in DAY_ORDERS:
        day, other = days[order.field], days[order.after or order.before]
        if day is None or other is None or update.state not in order.steps or order.field in reported:
            continue
        wrong = day > other if order.before else day < other or (order.is_later and day == other)
        if wrong:
            reported.add(order.field)
            yield Misplaced(order, day, other)


def days_told(update: Update) -> dict[str, datetime.date | None]:
    """`{field: day}` of all days that the update states; None for those it does not state."""
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
    """The day of the last step against the unit or reopening among `updates`, which begins a new turn; None if there is
    none."""
    return max((each.date for each in updates if each.is_against or each.state == "reopened"), default=None)
