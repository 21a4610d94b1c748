"""What state a pledge is in: derived from its updates and the date it is measured against, never typed."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from gazette.model.record import choices
from gazette.model.unit_records import Pledge, State, Update

Alert = Literal["", "overdue", "past"]

ALERTS: tuple[str, ...] = tuple(alert for alert in choices(Alert) if alert)

NOTICE_OVER = "notice-over"
"""A public notice that has run out, and nothing is known of what came of it. No editor types this state."""

_REPORTED = tuple(
    code for state in choices(State) for code in ((state, NOTICE_OVER) if state == "notice" else (state,))
)

STATES: tuple[str, ...] = ("none", *_REPORTED, "withdrawn")
"""Every state, in the order of an item's life."""


class Status(msgspec.Struct, frozen=True):
    """`since` is the date of the update that made the state, or the last day of the notice that has run out. `alert` is
    `overdue` where the stated date has passed on reported work, `past` where it has passed and nothing was ever
    reported. `as_of` is the date that this is measured against, where it would be otherwise without: whoever says the
    state or the alert says that day too."""

    code: str
    since: datetime.date | None = None
    alert: Alert = ""
    as_of: datetime.date | None = None


def status(pledge: Pledge, as_of: datetime.date | None) -> Status:
    """The state of a pledge on `as_of`. Without `as_of`, or without a stated date, nothing is ever overdue, and no
    notice has run out."""
    if pledge.withdrawn is not None:
        return Status("withdrawn", pledge.withdrawn.date)
    late = _is_before(pledge.deadline.last, as_of)
    if not pledge.updates:
        return Status("none", None, "past", as_of) if late else Status("none")
    last = pledge.updates[-1]
    code, since = _reached(last, as_of)
    alert: Alert = "overdue" if late and code != "accepted" else ""
    return Status(code, since, alert, as_of if alert or code != last.state else None)


def _reached(last: Update, as_of: datetime.date | None) -> tuple[str, datetime.date]:
    """The state that the last update leads to on `as_of`, and since when."""
    if last.state == "notice" and last.notice and _is_before(last.notice.end, as_of):
        return NOTICE_OVER, last.notice.end
    return last.state, last.date


def _is_before(day: datetime.date | None, as_of: datetime.date | None) -> bool:
    return day is not None and as_of is not None and day < as_of
