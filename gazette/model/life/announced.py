"""Adds the steps that follow from notices: a notice puts the pledges that it names on public notice."""

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
"""The steps that follow a notice of the same day. Other steps of that day precede it."""


def opens_a_period(notice: Notice) -> bool:
    """True if the notice puts pledges on public notice: it has a period, is no draft and was not withdrawn."""
    return notice.period is not None and not notice.draft and notice.withdrawn is None


def was_open(notice: Notice) -> bool:
    """True if the notice puts, or once put, pledges on public notice. False for drafts, and for notices withdrawn
    before their first day."""
    if notice.period is None or notice.draft:
        return False
    return notice.withdrawn is None or first_day(notice, notice.period) <= notice.withdrawn.date


def first_day(notice: Notice, period: NoticePeriod) -> datetime.date:
    """The first day on which the notice put its pledges on public notice. It is never earlier than the notice's own
    date."""
    return max(notice.date, period.begin)


def as_told(unit_file: UnitFile, as_of: datetime.date | None) -> UnitFile:
    """A copy of the unit whose pledges have the steps that follow from its notices by `as_of`. Reports made after the
    unit ended name the successor."""
    unit = unit_file.unit
    reported = (_by_successor(pledge, unit.ended) for pledge in unit.pledges)
    pledges = tuple(told_by(pledge, unit_file.notices, as_of) for pledge in reported)
    return replace(unit_file, unit=replace(unit, pledges=pledges))


def _by_successor(pledge: Pledge, ended: Ended | None) -> Pledge:
    """The pledge with the successor named in the unit's own reports dated after its end, if it has exactly one
    successor. Steps taken by others, such as inspections, keep their author."""
    if ended is None or len(ended.into) > 1 or not any(update.date > ended.date for update in pledge.updates):
        return pledge
    by, day = ended.into[0].name, ended.date
    is_report = [each.date > day and each.by is None and each.state in OWN_REPORTS for each in pledge.updates]
    attributed = (
        replace(each, by=by) if is_own else each for each, is_own in zip(pledge.updates, is_report, strict=True)
    )
    return replace(pledge, updates=tuple(attributed))


def is_by_successor(update: Update, pledge: Pledge, ended: Ended | None) -> bool:
    """True if a successor of the unit, direct or indirect, reported this step. Bodies joint in the pledge are not
    successors."""
    if ended is None or update.date <= ended.date or update.by is None:
        return False
    if any(update.by == other.name for other in ended.into):
        return True
    joint = [name for other in pledge.joint for name in other.name.values()]
    return update.state in OWN_REPORTS and not any(is_itself(name, joint) for name in update.by.values())


def told_by(pledge: Pledge, notices: Iterable[NoticeFile], as_of: datetime.date | None) -> Pledge:
    """The pledge with the steps that follow from notices whose period has begun by `as_of`. Without `as_of`, the later
    of the notice's date and the last update's date counts."""
    last = pledge.updates[-1].date if pledge.updates else datetime.date.min
    return with_notices(
        pledge, (file for file in notices if has_begun(file.notice, as_of or max(file.notice.date, last)))
    )


def with_notices(pledge: Pledge, notices: Iterable[NoticeFile]) -> Pledge:
    """The pledge with the steps that follow from `notices`, begun or not, in order of date. A withdrawn notice adds its
    step only if the pledge's state allowed one: many are withdrawn because it did not."""
    updates, files = list(pledge.updates), tuple(notices)
    for file in files:
        step = step_from(file, pledge.id, updates)
        if step is not None:
            index = _place(updates, step)
            state = state_of(standing(pledge.id, updates[:index], files, step.date))
            if file.notice.withdrawn is None or state in STEPS["notice"].after:
                updates.insert(index, step)
    return pledge if len(updates) == len(pledge.updates) else replace(pledge, updates=tuple(updates))


def step_from(file: NoticeFile, pledge: str, updates: Sequence[Update]) -> Update | None:
    """The `notice` step that a notice adds to the pledge with the id `pledge`. None if the notice does not put that
    pledge on public notice, if `updates` already report it, or if no inspection day is known."""
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
    """The updates that the pledge's state follows from on `day` (None: all). Leaves out the step of a notice withdrawn
    by then, and the objections to it that were not upheld, with their answers."""
    steps = [*updates]
    for file in notices:
        gone = file.notice.withdrawn
        if gone is None or pledge not in file.notice.pledges or (day is not None and gone.date > day):
            continue
        withdrawn_step = step_of(file.notice, steps)
        if withdrawn_step is not None and withdrawn_step.state == "notice":
            index = next(n for n, update in enumerate(steps) if update is withdrawn_step)
            steps[index:] = dropwhile(_is_of_notice, steps[index + 1 :])
    return tuple(steps)


def _is_of_notice(update: Update) -> bool:
    """True if the step concerns only a public notice: an objection, or an answer that did not uphold one."""
    return update.state == "objection" or (update.state == "answered" and not update.is_against)


def state_of(steps: Sequence[Update]) -> str:
    """The state after the last of `steps`; NONE if there are none."""
    return state_after(steps[-1]) if steps else NONE


def is_told(period: NoticePeriod, updates: Iterable[Update]) -> bool:
    """True if one of `updates` is the public notice with this period."""
    days = period.begin, period.end
    return any(update.state == "notice" and days_of(update) == days for update in updates)


def days_of(update: Update) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day of the step's public notice; None if it has none."""
    return (update.notice.begin, update.notice.end) if update.notice is not None else None


def step_of(notice: Notice, updates: Iterable[Update]) -> Update | None:
    """The first of a pledge's updates whose public notice has the same days as this notice; None if there is none."""
    period = notice.period
    if period is None:
        return None
    return next((each for each in updates if days_of(each) == (period.begin, period.end)), None)


def _inspected(updates: Sequence[Update], days: object, begins: datetime.date) -> datetime.date | None:
    """The day of the inspection before a public notice with these `days`: from an update that names the same days, or
    else that of the last inspection passed by `begins`. None if unknown."""
    for update in updates:
        if days_of(update) == days:
            return update.inspected
    for update in reversed([*turn(updates, begins)]):
        if update.state == "inspected" and not update.is_against and update.date <= begins:
            return update.date
    return None


def turn(updates: Iterable[Update], day: datetime.date) -> Iterator[Update]:
    """The updates of the attempt at closing that `day` lies in. An attempt ends with a step against the unit or a
    reopening."""
    attempt: list[Update] = []
    for update in updates:
        ends = update.is_against or update.state == "reopened"
        if ends and update.date > day:
            break
        attempt = [] if ends else [*attempt, update]
    yield from attempt


def _place(updates: Sequence[Update], step: Update) -> int:
    """The index at which `step` belongs among `updates`."""
    later = (
        place
        for place, update in enumerate(updates)
        if update.date > step.date or (update.date == step.date and update.state in _AFTER_NOTICE)
    )
    return next(later, len(updates))
