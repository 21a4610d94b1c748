"""Finds differences of a pledge or notice that arise because days went by: deadlines, checks, notices, periods."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gazette.model.forms.dates import RHYTHMS
from gazette.model.life.passed import is_newly_late
from gazette.model.life.status import LATE, NOTICE_OVER, RECHECK
from gazette.model.published.snapshots import Entry
from gazette.model.records.changes import Found

PASSED_ON = "passed"
"""The field with the days on which a date passed."""


def of_days(old: Entry, entry: Entry) -> Iterator[Found]:
    """All differences between `old` and `entry` that arise because days went by."""
    yield from _late(old, entry)
    yield from _rechecks(old, entry)
    yield from _passed(old, entry)
    yield from _periods(old, entry)
    yield from _state_of_notice(old, entry)


def _late(old: Entry, entry: Entry) -> Iterator[Found]:
    """A deadline or the days of a public notice have passed. A deadline that is merely near is no change."""
    if _is_newly_late(old, entry):
        yield Found(_alert(entry), before={"": entry.value("due")})
    (state, _, since), (before, _, day) = (each.value("state").partition(" ") for each in (entry, old))
    if state == NOTICE_OVER and (before != NOTICE_OVER or not _is_next(day, since)):
        yield Found("step", since, NOTICE_OVER)


def _is_newly_late(old: Entry, entry: Entry) -> bool:
    return is_newly_late(_alert(entry), entry.value("due"), _alert(old), old.value("due"))


def _is_next(day: str, other: str) -> bool:
    """True if `day` is `other` or the day before it. Earlier editions hold the last day of a notice that has run out,
    not the day after it."""
    return (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(day)).days in (0, 1)


def _alert(entry: Entry) -> str:
    """The alert of lateness without its suffix `-moved`; "" if there is none."""
    late = (alert for alert in entry.values("alert") if alert in LATE)
    return next(late, "").removesuffix("-moved")


def _rechecks(old: Entry, entry: Entry) -> Iterator[Found]:
    """The day of a check after closure has come without a result. The field with its day and the kind of change have
    the alert's name. Earlier editions know that a check was due, but not on which day."""
    if _is_newly_due(old, entry):
        yield Found(RECHECK, before={"": entry.value(RECHECK)})


def _is_newly_due(old: Entry, entry: Entry) -> bool:
    day = entry.value(RECHECK)
    was_told = RECHECK in old.values("alert") and old.value(RECHECK) in ("", day)
    return bool(day) and RECHECK in entry.values("alert") and not was_told


def _passed(old: Entry, entry: Entry) -> Iterator[Found]:
    """A date passed in between, and no other difference reports it because it is over or happened again. Earlier
    editions do not have this field."""
    if not old.values(PASSED_ON):
        return
    passed_days = [value.partition(" ") for value in entry.values(PASSED_ON) if value != "-"]
    late, checks = ([each for each in passed_days if (each[2] == RECHECK) == is_check] for is_check in (False, True))
    over = (late[:-1] if _is_newly_late(old, entry) else late) + (checks[:-1] if _is_newly_due(old, entry) else checks)
    for day, _, what in sorted(over):
        if f"{day} {what}" not in old.values(PASSED_ON):
            yield Found("step", day, what)


def _periods(old: Entry, entry: Entry) -> Iterator[Found]:
    """Periods that went by without a report, and missing ones that have a report now."""
    if not old.values("periods") and old.value("deadline") in RHYTHMS:
        return  # the older edition did not record periods
    before, now = (dict(value.split(" ") for value in each.values("periods") if value != "-") for each in (old, entry))
    missed = [period for period, what in now.items() if what == "missing" and before.get(period) != "missing"]
    caught_up = [period for period, what in now.items() if what == "reported" and before.get(period) == "missing"]
    for kind, periods in (("missed", missed), ("caught_up", caught_up)):
        if periods:
            yield Found(kind, after={"": " ".join(periods)}, n=len(periods))


def _state_of_notice(old: Entry, entry: Entry) -> Iterator[Found]:
    """A notice has opened, or its days are over."""
    state, _, end = entry.value("state").partition(" ")
    if entry.is_notice and state and entry.value("state") != old.value("state"):
        yield Found(f"notice_{state}", end)
