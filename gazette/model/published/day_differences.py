"""What is different of a pledge or a notice because days have gone by: deadlines, checks, public notices, periods."""

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
    """All that is told of one thing because of the day."""
    yield from _late(old, entry)
    yield from _rechecks(old, entry)
    yield from _passed(old, entry)
    yield from _periods(old, entry)
    yield from _state_of_notice(old, entry)


def _late(old: Entry, entry: Entry) -> Iterator[Found]:
    """That a date has gone by, or the days of a public notice. What is only to be watched, such as a deadline that is
    near, is no change."""
    if _is_newly_late(old, entry):
        yield Found(_alert(entry), before={"": entry.value("due")})
    (state, _, since), (before, _, day) = (each.value("state").partition(" ") for each in (entry, old))
    if state == NOTICE_OVER and (before != NOTICE_OVER or not _is_next(day, since)):
        yield Found("step", since, NOTICE_OVER)


def _is_newly_late(old: Entry, entry: Entry) -> bool:
    return is_newly_late(_alert(entry), entry.value("due"), _alert(old), old.value("due"))


def _is_next(day: str, other: str) -> bool:
    """Whether a day is the `other` or the one before it: earlier editions have the last day of a notice that has run
    out, and not the first day after it."""
    return (datetime.date.fromisoformat(other) - datetime.date.fromisoformat(day)).days in (0, 1)


def _alert(entry: Entry) -> str:
    """The kind that tells that a pledge is late, by whichever deadline holds; empty where it is not."""
    late = (alert for alert in entry.values("alert") if alert in LATE)
    return next(late, "").removesuffix("-moved")


def _rechecks(old: Entry, entry: Entry) -> Iterator[Found]:
    """That the day of a check after closure has come, and no result of it is known. The field with its day and the
    kind are called as the alert is. Earlier editions know that it was due, and not on which day."""
    if _is_newly_due(old, entry):
        yield Found(RECHECK, before={"": entry.value(RECHECK)})


def _is_newly_due(old: Entry, entry: Entry) -> bool:
    day = entry.value(RECHECK)
    was_told = RECHECK in old.values("alert") and old.value(RECHECK) in ("", day)
    return bool(day) and RECHECK in entry.values("alert") and not was_told


def _passed(old: Entry, entry: Entry) -> Iterator[Found]:
    """That a date passed in between, where nothing else tells it: it is over, or it is so once more. Earlier editions
    know nothing of it."""
    if not old.values(PASSED_ON):
        return
    found = [value.partition(" ") for value in entry.values(PASSED_ON) if value != "-"]
    late, checks = ([each for each in found if (each[2] == RECHECK) == is_check] for is_check in (False, True))
    over = (late[:-1] if _is_newly_late(old, entry) else late) + (checks[:-1] if _is_newly_due(old, entry) else checks)
    for day, _, what in sorted(over):
        if f"{day} {what}" not in old.values(PASSED_ON):
            yield Found("step", day, what)


def _periods(old: Entry, entry: Entry) -> Iterator[Found]:
    """The periods that went by without a report, and those on which one came after there had been none."""
    if not old.values("periods") and old.value("deadline") in RHYTHMS:
        return  # an edition that knows nothing of periods
    before, now = (dict(value.split(" ") for value in each.values("periods") if value != "-") for each in (old, entry))
    missed = [own for own, what in now.items() if what == "missing" and before.get(own) != "missing"]
    caught_up = [own for own, what in now.items() if what == "reported" and before.get(own) == "missing"]
    for kind, some in (("missed", missed), ("caught_up", caught_up)):
        if some:
            yield Found(kind, after={"": " ".join(some)}, n=len(some))


def _state_of_notice(old: Entry, entry: Entry) -> Iterator[Found]:
    """That a notice is open, or its days are over."""
    state, _, end = entry.value("state").partition(" ")
    if entry.is_notice and state and entry.value("state") != old.value("state"):
        yield Found(f"notice_{state}", end)
