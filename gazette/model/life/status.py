"""Derives the state of a pledge from its updates and the reference date; it is never typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from gazette.model.forms.dates import Deadline
from gazette.model.forms.record import choices
from gazette.model.life.announced import standing, state_of, step_of
from gazette.model.life.deadline_changes import deadline_of
from gazette.model.records.lifecycle import CLOSED, NONE, state_after
from gazette.model.records.notices import NoticeFile
from gazette.model.records.units import Pledge, Update

Alert = Literal["", "overdue", "overdue-moved", "past", "past-moved", "due", "extended", "recheck"]

ALERTS: tuple[str, ...] = tuple(alert for alert in choices(Alert) if alert)
"""What a day says of a pledge besides its state: first those of lateness, then those to be watched."""

LATE: tuple[str, ...] = ("overdue", "overdue-moved", "past", "past-moved")
"""Alerts of a deadline that has passed: with work reported (`overdue`) or nothing ever reported (`past`), by the stated
deadline or by one that replaced it (`-moved`)."""

RECHECK: Alert = "recheck"
"""The alert that a check after closure is due."""

PASSED: tuple[str, ...] = (*LATE, RECHECK)
"""Alerts that a date has passed, which occur only because a day came."""

UNREPORTED: tuple[str, ...] = ("past", "past-moved")
"""Alerts of a deadline that has passed with nothing ever reported."""

WATCHED: tuple[str, ...] = tuple(alert for alert in ALERTS if alert not in LATE)
"""Alerts of pledges that are not late: due soon, past the stated date within the time granted, or closed with a check
due."""

DUE_WITHIN = datetime.timedelta(days=30)
"""How long before the last day of its deadline a pledge is due soon."""

NOTICE_OVER = "notice-over"
"""A public notice has run out and its result is unknown. No update leads to this state."""

NOTICE_RESULT = "notice-result"
"""A public notice has a known result, stated in its own file. No update leads to this state."""

STATES: tuple[str, ...] = (
    *(NONE, "under-way", "applied", "inspected", "sent-back", "notice", NOTICE_OVER, NOTICE_RESULT),
    "objection",
    *("accepted", "not-held", "reopened", "withdrawn", "split"),
)
"""Every state, in the order of a pledge's life."""


def is_any_late(alerts: Iterable[str]) -> bool:
    """Whether one of some alerts says that a deadline has passed."""
    return any(alert in LATE for alert in alerts)


class Status(msgspec.Struct, frozen=True):
    """The state of a pledge.

    `since` is the day on which it was reached: that of the update, the day after the last day (`ended`) of a notice
    that has run out, or the day on which a withdrawn notice brought the pledge back to it (`is_back`).

    `alerts` holds the members of `ALERTS` that apply, in their order; a pledge may be due soon and past its stated
    date. `is_moved` says that the current deadline is not the stated one.

    `days_late` is the number of days between the stated date and the acceptance (after a reopening, from the date set
    then: `is_again`); `in_moved_time` says that this was within a granted deadline.

    `as_of` is the reference date where the state or the alerts depend on it; a text that states them names that day
    too.
    """

    code: str
    since: datetime.date | None = None
    alerts: tuple[Alert, ...] = ()
    as_of: datetime.date | None = None
    is_moved: bool = False
    days_late: int = 0
    in_moved_time: bool = False
    is_again: bool = False
    ended: datetime.date | None = None
    is_back: bool = False

    @property
    def is_late(self) -> bool:
        """True if the current deadline has passed and the pledge is not closed."""
        return is_any_late(self.alerts)


def status(pledge: Pledge, as_of: datetime.date | None, notices: Iterable[NoticeFile] = ()) -> Status:
    """The state of `pledge` on `as_of`, from its updates and those of `notices` that name it. Without `as_of` no notice
    runs out, and without it or a dated deadline nothing is overdue."""
    if pledge.withdrawn is not None:
        return Status("withdrawn", pledge.withdrawn.date)
    if pledge.split is not None:
        return Status("split", pledge.split.date)
    deadline, files = deadline_of(pledge), tuple(notices)
    is_moved = deadline is not pledge.deadline
    steps = standing(pledge.id, pledge.updates, files)
    if not steps:
        alerts = _alerts(pledge, deadline, NONE, as_of)
        return Status(NONE, None, alerts, as_of if alerts else None, is_moved)
    code, since, ended = _reached(pledge, steps, as_of, files)
    alerts = _alerts(pledge, deadline, code, as_of)
    is_measured = bool(alerts) or code == NOTICE_OVER
    late_by = _days_late(pledge, code)
    in_time = late_by > 0 and _is_in_moved_time(pledge, since)
    is_again = late_by > 0 and _reopened(pledge) is not None
    reached = Status(
        code=code,
        since=since,
        alerts=alerts,
        as_of=as_of if is_measured else None,
        is_moved=is_moved,
        days_late=late_by,
        in_moved_time=in_time,
        is_again=is_again,
        ended=ended,
    )
    back = _brought_back(pledge, steps, files)
    return replace(reached, since=back, is_back=True) if back and back > since else reached


def _brought_back(pledge: Pledge, steps: Sequence[Update], notices: Iterable[NoticeFile]) -> datetime.date | None:
    """The day on which the withdrawal of a notice changed the state; None if none did. An earlier day would look untrue
    to readers: until then the pledge was on public notice."""
    gone = (file.notice.withdrawn for file in notices if pledge.id in file.notice.pledges)
    day = max((each.date for each in gone if each is not None), default=None)
    if day is None:
        return None
    before = standing(pledge.id, pledge.updates, notices, day - datetime.timedelta(days=1))
    return day if state_of(before) != state_of(steps) else None


def _alerts(pledge: Pledge, deadline: Deadline, code: str, as_of: datetime.date | None) -> tuple[Alert, ...]:
    """The alerts on `as_of` for a pledge whose current deadline is `deadline`. A closed pledge has no deadline, only a
    check."""
    if as_of is None:
        return ()
    if code in CLOSED:
        recheck = pledge.updates[-1].recheck
        return (RECHECK,) if recheck is not None and recheck <= as_of else ()
    if deadline.last is None:
        return ()
    if deadline.last < as_of:
        return (_late(bool(pledge.updates), deadline is not pledge.deadline),)
    measure = _measure(pledge)
    is_extended = measure is not None and _is_before(measure.last, as_of)
    is_due = deadline.last - as_of <= DUE_WITHIN
    return (*(("due",) if is_due else ()), *(("extended",) if is_extended else ()))


def _late(is_reported: bool, is_moved: bool) -> Alert:
    if is_reported:
        return "overdue-moved" if is_moved else "overdue"
    return "past-moved" if is_moved else "past"


def _reopened(pledge: Pledge) -> Update | None:
    """The last reopening; None if there was none."""
    return next((update for update in reversed(pledge.updates) if update.state == "reopened"), None)


def _measure(pledge: Pledge) -> Deadline | None:
    """The deadline from which lateness is counted: the stated one; after a reopening the one set then, or None if none
    was set, because the stated date belonged to the first attempt."""
    reopened = _reopened(pledge)
    return pledge.deadline if reopened is None else reopened.deadline


def _days_late(pledge: Pledge, code: str) -> int:
    """How many days late an accepted pledge was; 0 if it was in time, has no date or is not accepted."""
    measure = _measure(pledge)
    if code != "accepted" or measure is None or measure.last is None:
        return 0
    return max(0, (_accepted_on(pledge.updates) - measure.last).days)


def _is_in_moved_time(pledge: Pledge, day: datetime.date) -> bool:
    """True if the pledge, accepted on `day`, met a deadline granted by then."""
    held = deadline_of(pledge, day)
    return held is not pledge.deadline and held.last is not None and day <= held.last


def _accepted_on(updates: Sequence[Update]) -> datetime.date:
    """The day of the last acceptance."""
    accepted = (update.date for update in reversed(updates) if update.state == "accepted")
    return next(accepted, updates[-1].date)  # `updates` lacks an acceptance that is a draft


class _Reached(NamedTuple):
    """A state, the day since which it holds, and the last day of the notice if that has run out."""

    code: str
    since: datetime.date
    ended: datetime.date | None = None


def _reached(
    pledge: Pledge, steps: Sequence[Update], as_of: datetime.date | None, notices: Iterable[NoticeFile]
) -> _Reached:
    """The state after the last of `steps` on `as_of`. A notice lasts while objections to it are being answered and
    until its result is known."""
    last = steps[-1]
    code = state_after(last)
    if code == "notice":
        step = next((update for update in reversed(steps) if update.notice is not None), None)
        result = step and _result_of(step, pledge, notices)
        if result and not _is_before(as_of, result):
            return _Reached(NOTICE_RESULT, max(result, last.date))
        if step is not None and step.notice is not None and _is_before(step.notice.end, as_of):
            end = step.notice.end
            return _Reached(NOTICE_OVER, max(end + datetime.timedelta(days=1), last.date), end)
    return _Reached(code, _accepted_on(steps) if code == "accepted" else last.date)


def _result_of(step: Update, pledge: Pledge, notices: Iterable[NoticeFile]) -> datetime.date | None:
    """The day on which the notice of this step got its result, according to the notice's file; None if there is
    none."""
    for file in notices:
        result = file.notice.result_of(pledge.id)
        if result is not None and pledge.id in file.notice.pledges and step_of(file.notice, pledge.updates) is step:
            return result.date
    return None


def _is_before(day: datetime.date | None, as_of: datetime.date | None) -> bool:
    return day is not None and as_of is not None and day < as_of
