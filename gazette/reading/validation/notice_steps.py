"""Checks that pledges can be on public notice as a notice says, and agree with its result.

The days need not have come: no day turns correct content into an error.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from gazette.model.life.announced import (
    days_of,
    is_told,
    opens_a_period,
    standing,
    state_of,
    step_from,
    step_of,
    turn,
    with_notices,
)
from gazette.model.life.recurrence import recurs_still, rhythm_of
from gazette.model.records.lifecycle import STEPS, event_of, may_follow
from gazette.model.records.notices import Notice, NoticeFile, NoticePeriod
from gazette.model.records.units import Pledge, Update
from gazette.reading.location import Location
from gazette.reading.validation.days import check_days_of


def check_notice_steps(
    location: Location, file: NoticeFile, pledge: Pledge, notices: Sequence[NoticeFile], since: datetime.date | None
) -> None:
    """Report contradictions between the notice at `location` and a pledge that it names.

    The pledge's updates must state the same days if they state any in that turn; an inspection day must be known; the
    notice must come after a step that it may follow; its result may not be contradicted. `notices` are all notices of
    the unit, `since` is the day of the statements.
    """
    period = file.notice.period
    if period is None or not opens_a_period(file.notice):
        return
    spot = location.within("pledges", file.notice.pledges.index(pledge.id))
    values = {"found": pledge.id, "begin": period.begin, "end": period.end}
    twin = _of_the_same_days(file, pledge, notices)
    if twin is not None:
        spot.report("notice_same_days", **values, other=twin.path)
        return
    others, with_steps = _other_days(file.notice.date, period, pledge, notices), with_notices(pledge, notices)
    step = step_from(file, pledge.id, pledge.updates)
    if others:
        spot.report("notice_period_differs", **values, others=", ".join(others))
    elif step is not None and step_from(file, pledge.id, pledge.without_drafts().updates):
        if _check_follows(spot, step, with_steps, notices, values):
            check_days_of(location, step, _before(step, with_steps), since)
    elif step is not None or not is_told(period, pledge.updates):
        spot.report("notice_inspected_missing", **values)
    _check_result(
        _place_of_result(location, file.notice, pledge.id), file, (*_after_notice(file, with_steps),), pledge.id
    )


def _of_the_same_days(file: NoticeFile, pledge: Pledge, notices: Sequence[NoticeFile]) -> NoticeFile | None:
    """Another notice that puts the pledge on public notice for the same days; None if there is none."""
    others = (each for each in notices if each.path != file.path and opens_a_period(each.notice))
    alike = (each for each in others if each.notice.period == file.notice.period)
    return next((each for each in alike if pledge.id in each.notice.pledges), None)


def _other_days(
    date: datetime.date, period: NoticePeriod, pledge: Pledge, notices: Sequence[NoticeFile]
) -> tuple[str, ...]:
    """Days of public notices that the pledge's updates state in the same turn instead of `period`, and that no notice
    has."""
    periods = [each.notice.period for each in notices if pledge.id in each.notice.pledges]
    notice_days = {None, *((each.begin, each.end) for each in periods if each is not None)}
    stated = dict.fromkeys(days_of(update) for update in turn(pledge.updates, max(date, period.begin)))
    if (period.begin, period.end) in stated:
        return ()
    return tuple(f"{days[0]} – {days[1]}" for days in stated if days is not None and days not in notice_days)


def _check_follows(
    location: Location, step: Update, pledge: Pledge, notices: Sequence[NoticeFile], values: Mapping[str, object]
) -> bool:
    """Report a notice of a pledge that is gone, recurring, or in a state in which no notice may come. Returns True if
    there is nothing to report."""
    for gone in (pledge.withdrawn, pledge.split):
        if gone is not None and gone.date < step.date:
            location.report("notice_of_gone", **values, date=gone.date)
            return False
    if recurs_still(pledge):
        location.report("notice_recurring", **values, rhythm=rhythm_of(pledge))
        return False
    state = state_of(standing(pledge.id, _before(step, pledge), notices, step.date))
    if state not in STEPS["notice"].after:
        location.report("notice_out_of_order", **values, before=state, expected=", ".join(may_follow(state)))
        return False
    return True


def _before(step: Update, pledge: Pledge) -> tuple[Update, ...]:
    """The steps of the pledge before `step`."""
    return pledge.updates[: pledge.updates.index(step)]


_DENIED = {
    "unopposed": ("objection", "not-upheld", "upheld"),
    "not-upheld": ("upheld",),
    "upheld": ("not-upheld", "accepted"),
}
"""`{result of a notice: what the pledge's later steps may not say of it}`."""


def _check_result(location: Location, file: NoticeFile, steps: Sequence[Update], pledge: str) -> None:
    """Report a result that the pledge's `steps` after the notice contradict, that precedes the answer to an objection,
    or that was upheld on another day than the answer."""
    result = file.notice.result_of(pledge)
    if result is None:
        return
    denying = next((update for update in steps if _says(update) in _DENIED[result.outcome]), None)
    if denying is not None:
        values = {"pledge": pledge, "date": denying.date, "step": event_of(denying)}
        is_of_all = result is file.notice.result and len(file.notice.pledges) > 1
        code = "notice_result_denied_of_one" if is_of_all else "notice_result_denied"
        location.within("outcome").report(code, found=result.outcome, **values)
        return
    answers = [update for update in steps if update.state == "answered" and _says(update) == result.outcome]
    if answers and (result.date < answers[-1].date or (answers[-1].upheld and result.date != answers[-1].date)):
        values = {"pledge": pledge, "expected": answers[-1].date, "outcome": result.outcome}
        code = "result_before_answer" if result.date < answers[-1].date else "result_after_upheld"
        location.within("date").report(code, found=result.date, **values)


def _place_of_result(location: Location, notice: Notice, pledge: str) -> Location:
    """The location of the result for a pledge in the notice at `location`."""
    positions = (position for position, result in enumerate(notice.results) if pledge in result.pledges)
    position = next(positions, None)
    return location.within("result") if position is None else location.within("results", position)


def _after_notice(file: NoticeFile, pledge: Pledge) -> Iterator[Update]:
    """The steps of a pledge that belong to a notice: up to the next notice or turn."""
    step = step_of(file.notice, pledge.updates)
    index = next((n for n, update in enumerate(pledge.updates) if update is step), len(pledge.updates))
    for update in pledge.updates[index + 1 :]:
        if update.state in ("notice", "reopened"):
            return
        yield update
        if update.is_against:
            return


def _says(update: Update) -> str:
    """What a step says of an objection to a notice; "" if nothing."""
    if update.state == "answered":
        return "upheld" if update.upheld else "not-upheld"
    return update.state if update.state in ("objection", "accepted") else ""
