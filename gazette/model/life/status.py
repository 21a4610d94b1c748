"""What state a pledge is in: derived from its updates and the date it is measured against, never typed."""

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
"""What a day says of a pledge beside its state: that it is late, then what is to be watched."""

LATE: tuple[str, ...] = ("overdue", "overdue-moved", "past", "past-moved")
"""The alerts of a deadline that has passed: on reported work, or with nothing ever reported; by the stated date, or by
the one that holds in its place."""

RECHECK: Alert = "recheck"
"""The alert of a check after closure that is due."""

PASSED: tuple[str, ...] = (*LATE, RECHECK)
"""The alerts that say that a date has passed: what happens to a pledge because a day came."""

UNREPORTED: tuple[str, ...] = ("past", "past-moved")
"""Those of a deadline that has passed with nothing ever reported."""

WATCHED: tuple[str, ...] = tuple(alert for alert in ALERTS if alert not in LATE)
"""The alerts of pledges that are not late: one that is due soon, one that is past its stated date and in the time that
was granted, and one that was closed and whose next check has come without a result."""

DUE_WITHIN = datetime.timedelta(days=30)
"""A pledge is due soon so long before the last day of its deadline."""

NOTICE_OVER = "notice-over"
"""A public notice that has run out, and nothing is known of what came of it. No update leads to this state."""

NOTICE_RESULT = "notice-result"
"""A public notice of which it is known what came of it, by its own file. No update leads to this state either."""

STATES: tuple[str, ...] = (
    *(NONE, "under-way", "applied", "inspected", "sent-back", "notice", NOTICE_OVER, NOTICE_RESULT),
    "objection",
    *("accepted", "not-held", "reopened", "withdrawn", "split"),
)
"""Every state, in the order of an item's life."""


def is_any_late(alerts: Iterable[str]) -> bool:
    """Whether one of some alerts says that a deadline has passed."""
    return any(alert in LATE for alert in alerts)


class Status(msgspec.Struct, frozen=True):
    """`since` is the day on which the state was reached: that of the update that made it, the day after the last one
    (`ended`) of the notice that has run out, or that on which a notice was withdrawn, where this brought the pledge
    back to the state (`is_back`). `alerts` are those of `ALERTS` that hold, in their order: a pledge may be due soon
    and past its stated date. `is_moved` says that the deadline that holds is not the stated one. `days_late` counts how
    many days after the stated date a pledge was accepted (of one that was reopened, after the date that was set then:
    `is_again`), and `in_moved_time` says that this was within the deadline that was granted. `as_of` is the date that
    the state and the alerts are measured against, where they would be otherwise without: whoever says them says that
    day too."""

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
        """Whether the deadline that holds has passed, and the pledge is not closed."""
        return is_any_late(self.alerts)


def status(pledge: Pledge, as_of: datetime.date | None, notices: Iterable[NoticeFile] = ()) -> Status:
    """The state of a pledge on `as_of`; of `notices` those count that name it. Without `as_of`, or without a date to be
    done by, nothing is ever overdue, and no notice has run out."""
    if pledge.withdrawn is not None:
        return Status("withdrawn", pledge.withdrawn.date)
    if pledge.split is not None:
        return Status("split", pledge.split.date)
    deadline, own = deadline_of(pledge), tuple(notices)
    is_moved = deadline is not pledge.deadline
    steps = standing(pledge.id, pledge.updates, own)
    if not steps:
        alerts = _alerts(pledge, deadline, NONE, as_of)
        return Status(NONE, None, alerts, as_of if alerts else None, is_moved)
    code, since, ended = _reached(pledge, steps, as_of, own)
    alerts = _alerts(pledge, deadline, code, as_of)
    is_measured = bool(alerts) or code == NOTICE_OVER
    late_by = _days_late(pledge, code)
    in_time = late_by > 0 and _is_in_moved_time(pledge, since)
    is_again = late_by > 0 and _reopened(pledge) is not None
    found = Status(code, since, alerts, as_of if is_measured else None, is_moved, late_by, in_time, is_again, ended)
    back = _brought_back(pledge, steps, own)
    return replace(found, since=back, is_back=True) if back and back > since else found


def _brought_back(pledge: Pledge, steps: Sequence[Update], notices: Iterable[NoticeFile]) -> datetime.date | None:
    """The day on which a notice was withdrawn, if the pledge is in another state than on the day before because of
    that. Until then it was on public notice: a reader who is told an earlier day would take that for untrue."""
    gone = (file.notice.withdrawn for file in notices if pledge.id in file.notice.pledges)
    day = max((each.date for each in gone if each is not None), default=None)
    if day is None:
        return None
    before = standing(pledge.id, pledge.updates, notices, day - datetime.timedelta(days=1))
    return day if state_of(before) != state_of(steps) else None


def _alerts(pledge: Pledge, deadline: Deadline, code: str, as_of: datetime.date | None) -> tuple[Alert, ...]:
    """What `as_of` says of a pledge whose `deadline` holds now. A closed one has no deadline any more, only a check."""
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
    """The last reopening, if there was one."""
    return next((update for update in reversed(pledge.updates) if update.state == "reopened"), None)


def _measure(pledge: Pledge) -> Deadline | None:
    """The deadline that lateness is counted from: the stated one; of a pledge that was reopened the one that was set
    then, if any was, as the stated date was that of the first time."""
    reopened = _reopened(pledge)
    return pledge.deadline if reopened is None else reopened.deadline


def _days_late(pledge: Pledge, code: str) -> int:
    """How many days late a pledge was accepted that still is; 0 for one in time or without a date."""
    measure = _measure(pledge)
    if code != "accepted" or measure is None or measure.last is None:
        return 0
    return max(0, (_accepted_on(pledge.updates) - measure.last).days)


def _is_in_moved_time(pledge: Pledge, day: datetime.date) -> bool:
    """Whether a pledge that was accepted on a day was within a deadline that had been granted by then."""
    held = deadline_of(pledge, day)
    return held is not pledge.deadline and held.last is not None and day <= held.last


def _accepted_on(updates: Sequence[Update]) -> datetime.date:
    """The day of the last acceptance."""
    accepted = (update.date for update in reversed(updates) if update.state == "accepted")
    return next(accepted, updates[-1].date)  # an acceptance that is a draft is not among them


class _Reached(NamedTuple):
    """A state, the day since which it holds, and the last day of a notice that has run out."""

    code: str
    since: datetime.date
    ended: datetime.date | None = None


def _reached(
    pledge: Pledge, steps: Sequence[Update], as_of: datetime.date | None, notices: Iterable[NoticeFile]
) -> _Reached:
    """The state that the last of the `steps` leads to on `as_of`. A notice goes on while objections to it are answered,
    and until its result is known."""
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
    """The day on which it was known what came of the notice that a step tells of, by the file of the notice."""
    for file in notices:
        result = file.notice.result_of(pledge.id)
        if result is not None and pledge.id in file.notice.pledges and step_of(file.notice, pledge.updates) is step:
            return result.date
    return None


def _is_before(day: datetime.date | None, as_of: datetime.date | None) -> bool:
    return day is not None and as_of is not None and day < as_of
