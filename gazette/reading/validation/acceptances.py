"""Checks that an acceptance agrees with the notice on which it rests, and that the notice was not withdrawn."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from gazette.model.life.announced import days_of, opens_a_period, turn
from gazette.model.life.own_names import is_itself
from gazette.model.records.notices import Notice, NoticeFile, NoticePeriod
from gazette.model.records.units import Pledge, Update
from gazette.reading.location import Location


def check_acceptances(location: Location, pledge: Pledge, notices: Iterable[NoticeFile]) -> None:
    """Report acceptances and notice steps of the pledge at `location` that contradict `notices` of the same days, or
    the pledge's own step for those days."""
    naming = [file for file in notices if pledge.id in file.notice.pledges]
    opening = [file for file in naming if opens_a_period(file.notice)]
    _check_withdrawn(location, pledge, naming)
    for position, update in enumerate(pledge.updates):
        place, days = location.within("updates", position), days_of(update)
        if update.state not in ("notice", "accepted") or days is None:
            continue
        agree = True
        for file in opening:
            period = file.notice.period
            if period is not None and _days(period) == days:
                agree &= _check_against(place, update, file)
        if update.state == "accepted":
            before = (each for each in pledge.updates[:position] if each.state == "notice" and days_of(each) == days)
            for step in before:
                where = str(location.within("updates", pledge.updates.index(step)))
                agree &= _check_inspected(place, update, step, where)
        if agree:
            _check_own_inspection(location, pledge, position)


def _check_own_inspection(location: Location, pledge: Pledge, position: int) -> None:
    """Report an inspection day that the pledge's inspections in that turn do not have, if it reports any. Called only
    if the notice agrees, so that one mistake is reported once."""
    update = pledge.updates[position]
    steps = turn(pledge.updates[:position], update.date)
    inspections = [each for each in steps if each.state == "inspected" and each.period is None and not each.draft]
    if inspections and update.inspected not in (None, *(each.date for each in inspections)):
        other = str(location.within("updates", pledge.updates.index(inspections[-1])))
        values = {"found": update.inspected, "expected": inspections[-1].date, "date": update.date, "other": other}
        location.within("updates", position, "inspected").report("inspected_untold", **values)


def _check_withdrawn(location: Location, pledge: Pledge, notices: Sequence[NoticeFile]) -> None:
    """Report a last acceptance that rests only on withdrawn notices, whenever they were withdrawn: nobody could object
    to what was accepted. Not if the pledge was reopened since."""
    last = next((n for n, each in reversed([*enumerate(pledge.updates)]) if each.state in ("accepted", "reopened")), -1)
    if last < 0 or pledge.updates[last].state == "reopened" or pledge.updates[last].draft:
        return
    update = pledge.updates[last]
    same = [file.notice for file in notices if (period := file.notice.period) and _days(period) == days_of(update)]
    if same and all(notice.withdrawn is not None and not notice.draft for notice in same):
        file = next(file for file in notices if file.notice is same[-1])
        withdrawn = same[-1].withdrawn
        values = {"found": update.date, "other": file.path, "date": withdrawn and withdrawn.date}
        location.within("updates", last, "notice").report("acceptance_of_withdrawn", **values)


def _days(period: NoticePeriod) -> tuple[datetime.date, datetime.date]:
    return period.begin, period.end


def _check_against(location: Location, update: Update, file: NoticeFile) -> bool:
    """Report a contradiction between a step and a notice in the day of inspection or the accepting body. Returns
    whether the days of inspection agree."""
    agree = _check_inspected(location, update, file.notice, file.path)
    accepted_by = file.notice.accepted_by
    if update.state != "accepted" or accepted_by is None or update.body is None:
        return agree
    for language, found in update.body.items():
        expected = accepted_by.get(language, "")
        if expected and not is_itself(found, [expected]):
            values = {"date": update.date, "expected": expected, "other": file.path}
            location.within("body", language).report("accepted_by_another", found=found, **values)
            break
    return agree


def _check_inspected(location: Location, update: Update, stated: Update | Notice, where: str) -> bool:
    if stated.inspected is None or update.inspected in (None, stated.inspected):
        return True
    location.within("inspected").report(
        "inspected_another", found=update.inspected, expected=stated.inspected, date=update.date, other=where
    )
    return False
