"""Finds the days on which a deadline or a check after closure passed without result.

They follow from the records and the reference date, and state what was true on that day: that a pledge was late stays
true after it is closed. The end of a public notice or of a period is not such a day, since no rule says when its result
or report is due.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from gazette.model.forms.dates import Deadline
from gazette.model.life.deadline_changes import deadline_of
from gazette.model.life.earlier import notices_until, until
from gazette.model.life.history import Event
from gazette.model.life.status import LATE, RECHECK, Alert, status
from gazette.model.records.notices import NoticeFile
from gazette.model.records.units import Pledge

_NEXT = datetime.timedelta(days=1)


class _Day(NamedTuple):
    """What a day says of a pledge: the alert of lateness ("" for none), the deadline it refers to, and the check after
    closure that is due."""

    late: Alert = ""
    due: Deadline | None = None
    recheck: datetime.date | None = None


def is_newly_late(late: str, due: str, before: str, due_before: str) -> bool:
    """True if a pledge is late by a deadline, and was not late before or by another one."""
    return bool(late) and (not before or due != due_before)


def passed_dates(
    pledge: Pledge, notices: Iterable[NoticeFile], since: datetime.date | None, as_of: datetime.date | None
) -> Iterator[Event]:
    """Events of newly passed dates until `as_of`, by date. None without `as_of`; nothing is late before `since`, the
    day of the statements."""
    if as_of is None:
        return
    first, files = since or datetime.date.min, tuple(notices)
    dates = [*_dates(pledge)]
    if not any(day <= as_of for day in dates):
        return
    days = {max(day, first) for day in (*dates, *_changes(pledge, files))}
    before = _Day()
    for day in sorted(each for each in days if each <= as_of):
        now = _day(pledge, files, day)
        due, due_before = (each.due.stated if each.due else "" for each in (now, before))
        if is_newly_late(now.late, due, before.late, due_before):
            yield Event(day, now.late, {}, passed=now.due)
        if now.recheck and now.recheck != before.recheck:
            yield Event(day, RECHECK, {})
        before = now


def _day(pledge: Pledge, notices: tuple[NoticeFile, ...], day: datetime.date) -> _Day:
    earlier = until(pledge, day)
    alerts = status(earlier, day, notices_until(notices, day)).alerts
    late: Alert = next((alert for alert in alerts if alert in LATE), "")
    return _Day(late, deadline_of(earlier), earlier.updates[-1].recheck if RECHECK in alerts else None)


def _dates(pledge: Pledge) -> Iterator[datetime.date]:
    """The days on which the pledge may become late or a check may come due."""
    deadlines = [pledge.deadline, *(each.to for each in pledge.moved)]
    deadlines += [each.deadline for each in pledge.updates if each.deadline is not None]
    deadlines += [each.was.deadline for each in pledge.revisions if each.was.deadline is not None]
    yield from (each.last + _NEXT for each in deadlines if each.last is not None)
    yield from (each.recheck for each in pledge.updates if each.recheck is not None)


def _changes(pledge: Pledge, notices: Iterable[NoticeFile]) -> Iterator[datetime.date]:
    """The days of steps, grants, revisions, withdrawals and splits, which may begin or end lateness."""
    for entries in (pledge.updates, pledge.moved, pledge.revisions):
        yield from (each.date for each in entries)
    if pledge.withdrawn is not None:
        yield pledge.withdrawn.date
    if pledge.split is not None:
        yield pledge.split.date
    yield from (file.notice.withdrawn.date for file in notices if file.notice.withdrawn is not None)
