"""The steps that follow from notices: a pledge that a notice names is on public notice from its first day on."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile

from msgspec.structs import replace

from gazette.model.life.notice_status import has_begun
from gazette.model.life.own_names import is_itself
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import NONE, OWN_REPORTS, STEPS, state_after
from gazette.model.records.notices import Notice, NoticeFile, NoticePeriod
from gazette.model.records.successions import Ended
from gazette.model.records.unit_parts import PublicNotice
from gazette.model.records.units import Pledge, Update

_AFTER_NOTICE = ("objection", "answered", "accepted", "rechecked")
"""The steps that come after a notice of the same day; others of that day come before it."""


def opens_a_period(notice: Notice) -> bool:
    """Whether a notice puts pledges on public notice for some days: none that is a draft or was withdrawn does."""
    return notice.period is not None and not notice.draft and notice.withdrawn is None


def was_open(notice: Notice) -> bool:
    """Whether a notice puts, or put, pledges on public notice for some days: no draft does, nor one that was withdrawn
    before its first day."""
    if notice.period is None or notice.draft:
        return False
    return notice.withdrawn is None or first_day(notice, notice.period) <= notice.withdrawn.date


def first_day(notice: Notice, period: NoticePeriod) -> datetime.date:
    """The first day on which a notice with this period put its pledges on public notice: none before it was dated."""
    return max(notice.date, period.begin)


def as_told(unit_file: UnitFile, as_of: datetime.date | None) -> UnitFile:
    """A unit with the steps of its pledges that follow from its notices by `as_of`; what was reported after its
    end says by whom."""
    unit = unit_file.unit
    reported = (_by_successor(pledge, unit.ended) for pledge in unit.pledges)
    pledges = tuple(told_by(pledge, unit_file.notices, as_of) for pledge in reported)
    return replace(unit_file, unit=replace(unit, pledges=pledges))


def _by_successor(pledge: Pledge, ended: Ended | None) -> Pledge:
    """A pledge of a unit that ended, whose later reports are those of the one that took over, if it is one alone. What
    others did with it, such as an inspection, is theirs."""
    if ended is None or len(ended.into) > 1 or not any(update.date > ended.date for update in pledge.updates):
        return pledge
    by, day = ended.into[0].name, ended.date
    is_report = [each.date > day and each.by is None and each.state in OWN_REPORTS for each in pledge.updates]
    found = (replace(each, by=by) if own else each for each, own in zip(pledge.updates, is_report, strict=True))
    return replace(pledge, updates=tuple(found))


def is_by_successor(update: Update, pledge: Pledge, ended: Ended | None) -> bool:
    """Whether a step of a `pledge` of a unit that `ended` is reported by one that took over from it, or from one that
    did, and not by one that was joint in it."""
    if ended is None or update.date <= ended.date or update.by is None:
        return False
    if any(update.by == other.name for other in ended.into):
        return True
    joint = [name for other in pledge.joint for name in other.name.values()]
    return update.state in OWN_REPORTS and not any(is_itself(name, joint) for name in update.by.values())


def told_by(pledge: Pledge, notices: Iterable[NoticeFile], as_of: datetime.date | None) -> Pledge:
    """A pledge with the steps that follow from the notices whose days have come by `as_of`. Where there is no such
    date, the last day that is told counts."""
    last = pledge.updates[-1].date if pledge.updates else datetime.date.min
    return with_notices(
        pledge, (file for file in notices if has_begun(file.notice, as_of or max(file.notice.date, last)))
    )


def with_notices(pledge: Pledge, notices: Iterable[NoticeFile]) -> Pledge:
    """A pledge with the steps that follow from some notices, begun or not, each at its place in time. One that was
    withdrawn put a pledge on public notice if it could: many are withdrawn because they could not."""
    updates, own = list(pledge.updates), tuple(notices)
    for file in own:
        step = step_from(file, pledge.id, updates)
        if step is not None:
            place = _place(updates, step)
            state = state_of(standing(pledge.id, updates[:place], own, step.date))
            if file.notice.withdrawn is None or state in STEPS["notice"].after:
                updates.insert(place, step)
    return pledge if len(updates) == len(pledge.updates) else replace(pledge, updates=tuple(updates))


def step_from(file: NoticeFile, pledge: str, updates: Sequence[Update]) -> Update | None:
    """The step `notice` of a pledge that follows from a notice; None where the notice does not put it on public notice,
    one of its `updates` tells of that itself, or nothing says when it was inspected."""
    notice = file.notice
    if pledge not in notice.pledges or not was_open(notice) or notice.period is None:
        return None
    days = notice.period.begin, notice.period.end
    if is_told(notice.period, updates):
        return None
    begins = first_day(notice, notice.period)
    inspected = notice.inspected or _inspected(updates, days, begins)
    if inspected is None:
        return None
    return Update(
        date=begins,
        state="notice",
        text=notice.title,
        inspected=inspected,
        body=notice.accepted_by or notice.body,
        notice=PublicNotice(begin=days[0], end=days[1]),
    )


def standing(
    pledge: str, updates: Sequence[Update], notices: Iterable[NoticeFile], day: datetime.date | None = None
) -> tuple[Update, ...]:
    """Those of a pledge's `updates` that its state follows from on a `day` (without one, in the end): not that it was
    on public notice where that notice was withdrawn by then, nor an objection to that, and its answer, unless it was
    upheld."""
    found = [*updates]
    for file in notices:
        gone = file.notice.withdrawn
        if gone is None or pledge not in file.notice.pledges or (day is not None and gone.date > day):
            continue
        own = step_of(file.notice, found)
        if own is not None and own.state == "notice":
            place = next(n for n, update in enumerate(found) if update is own)
            found[place:] = dropwhile(_is_of_notice, found[place + 1 :])
    return tuple(found)


def _is_of_notice(update: Update) -> bool:
    """Whether a step is about a public notice alone."""
    return update.state == "objection" or (update.state == "answered" and not update.is_against)


def state_of(steps: Sequence[Update]) -> str:
    """The state that some steps lead to."""
    return state_after(steps[-1]) if steps else NONE


def is_told(period: NoticePeriod, updates: Iterable[Update]) -> bool:
    """Whether one of some steps is the public notice of a period."""
    days = period.begin, period.end
    return any(update.state == "notice" and days_of(update) == days for update in updates)


def days_of(update: Update) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of the public notice that a step tells of."""
    return (update.notice.begin, update.notice.end) if update.notice is not None else None


def step_of(notice: Notice, updates: Iterable[Update]) -> Update | None:
    """The one of a pledge's steps that an acceptance notice belongs to: the first that tells of a public notice of the
    same days."""
    period = notice.period
    if period is None:
        return None
    return next((each for each in updates if days_of(each) == (period.begin, period.end)), None)


def _inspected(updates: Sequence[Update], days: object, begins: datetime.date) -> datetime.date | None:
    """When a pledge was inspected, by what else is told: the acceptance that rests on a notice of the same `days`, or
    the last inspection that was passed before that."""
    for update in updates:
        if days_of(update) == days:
            return update.inspected
    for update in reversed([*turn(updates, begins)]):
        if update.state == "inspected" and not update.is_against and update.date <= begins:
            return update.date
    return None


def turn(updates: Iterable[Update], day: datetime.date) -> Iterator[Update]:
    """The steps of one try at closing a pledge, which a `day` lies in: from what went against the unit, or a reopening,
    to the next."""
    found: list[Update] = []
    for update in updates:
        ends = update.is_against or update.state == "reopened"
        if ends and update.date > day:
            break
        found = [] if ends else [*found, update]
    yield from found


def _place(updates: Sequence[Update], step: Update) -> int:
    """Where a step belongs among others."""
    later = (
        place
        for place, update in enumerate(updates)
        if update.date > step.date or (update.date == step.date and update.state in _AFTER_NOTICE)
    )
    return next(later, len(updates))
