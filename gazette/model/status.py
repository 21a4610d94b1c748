"""What state a pledge is in: derived from its updates and the date it is measured against, never typed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal

import msgspec

from gazette.model.deadline_changes import deadline_of
from gazette.model.lifecycle import NONE, state_after
from gazette.model.record import choices
from gazette.model.unit_records import Pledge, Update

Alert = Literal["", "overdue", "past"]

ALERTS: tuple[str, ...] = tuple(alert for alert in choices(Alert) if alert)

NOTICE_OVER = "notice-over"
"""A public notice that has run out, and nothing is known of what came of it. No update leads to this state."""

STATES: tuple[str, ...] = (
    *(NONE, "under-way", "applied", "inspected", "sent-back", "notice", NOTICE_OVER, "objection"),
    *("accepted", "not-held", "reopened", "withdrawn", "split"),
)
"""Every state, in the order of an item's life."""


class Status(msgspec.Struct, frozen=True):
    """`since` is the date of the update that made the state, or the last day of the notice that has run out. `alert` is
    `overdue` where the deadline has passed on reported work, `past` where it has passed and nothing was ever reported;
    `is_moved` says that this deadline is not the stated one. `days_late` counts how many days after the stated date a
    pledge was accepted, and `in_moved_time` says that this was within the deadline that was granted. `as_of` is the
    date that the state and the alert are measured against, where they would be otherwise without: whoever says them
    says that day too."""

    code: str
    since: datetime.date | None = None
    alert: Alert = ""
    as_of: datetime.date | None = None
    is_moved: bool = False
    days_late: int = 0
    in_moved_time: bool = False


def status(pledge: Pledge, as_of: datetime.date | None) -> Status:
    """The state of a pledge on `as_of`. Without `as_of`, or without a date to be done by, nothing is ever overdue, and
    no notice has run out."""
    if pledge.withdrawn is not None:
        return Status("withdrawn", pledge.withdrawn.date)
    if pledge.split is not None:
        return Status("split", pledge.split.date)
    deadline = deadline_of(pledge)
    is_moved = deadline is not pledge.deadline
    late = _is_before(deadline.last, as_of)
    if not pledge.updates:
        return Status(NONE, None, "past", as_of, is_moved) if late else Status(NONE, is_moved=is_moved)
    code, since = _reached(pledge.updates, as_of)
    alert: Alert = "overdue" if late and code not in ("accepted", "not-held") else ""
    is_measured = bool(alert) or code == NOTICE_OVER
    late_by = _days_late(pledge, code)
    in_time = late_by > 0 and is_moved and deadline.last is not None and since <= deadline.last
    return Status(code, since, alert, as_of if is_measured else None, is_moved, late_by, in_time)


def _days_late(pledge: Pledge, code: str) -> int:
    """How many days after the stated date a pledge was accepted that still is; 0 for one in time or without a date, and
    for one that was accepted before and reopened."""
    is_again = any(update.state == "reopened" for update in pledge.updates)
    if code != "accepted" or is_again or pledge.deadline.last is None:
        return 0
    return max(0, (_accepted_on(pledge.updates) - pledge.deadline.last).days)


def _accepted_on(updates: Sequence[Update]) -> datetime.date:
    """The day of the last acceptance."""
    return next(update.date for update in reversed(updates) if update.state == "accepted")


def _reached(updates: Sequence[Update], as_of: datetime.date | None) -> tuple[str, datetime.date]:
    """The state that the last update leads to on `as_of`, and since when. A notice goes on while objections to it are
    answered."""
    last = updates[-1]
    code = state_after(last)
    if code == "notice":
        notice = next((update.notice for update in reversed(updates) if update.notice is not None), None)
        if notice is not None and _is_before(notice.end, as_of):
            return NOTICE_OVER, max(notice.end, last.date)
    return code, _accepted_on(updates) if code == "accepted" else last.date


def _is_before(day: datetime.date | None, as_of: datetime.date | None) -> bool:
    return day is not None and as_of is not None and day < as_of
