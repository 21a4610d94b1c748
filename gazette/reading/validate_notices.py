"""The question whether what notices say of a unit's pledges fits with the unit's file and with what was published."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence

from gazette.model.announced import days_of, is_told, opens_a_period, step_from, step_of, turn, with_notices
from gazette.model.content import UnitFile
from gazette.model.lifecycle import NONE, STEPS, event_of, may_follow, state_after
from gazette.model.notice_records import Notice, NoticeFile, NoticePeriod
from gazette.model.published import NOTICE, PublishedFact, explained_titles, facts_of_notices
from gazette.model.recurrence import recurs_still, rhythm_of
from gazette.model.unit_records import Pledge, Unit, Update
from gazette.model.values import unit_of
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.references import near, texts
from gazette.reading.validate_history import check_body


def check_notices_of(diagnostics: Diagnostics, unit_file: UnitFile) -> None:
    """The notices that name pledges of a unit: each pledge is there and public, and can be on public notice on those
    days, come or not, so that no day makes an error of what was right before; no unit accepts its own pledge; and
    nobody is called to account by name unawares."""
    pledges = {pledge.id: pledge for pledge in unit_file.unit.pledges}
    for file in unit_file.notices:
        diagnostics.texts[file.path] = file.text
        place = Location(diagnostics, file.path)
        named = [pledges[id] for id in file.notice.pledges if id in pledges]
        check_body(place.within("accepted_by"), file.notice.accepted_by or {}, named, unit_file.unit)
        _check_persons(place, file, unit_file.unit)
        for position, id in enumerate(file.notice.pledges):
            if unit_of(id) == unit_file.id:
                spot = place.within("pledges", position)
                if _is_there(spot, file.notice, id, pledges, unit_file):
                    _check_step(spot, file, pledges[id], unit_file.notices)
                    _check_result(place.within("result", "outcome"), file, pledges[id], unit_file.notices)


def _is_there(place: Location, notice: Notice, id: str, pledges: Mapping[str, Pledge], unit_file: UnitFile) -> bool:
    """Whether a pledge that a notice names at `place` is there, and as public as the notice."""
    pledge = pledges.get(id)
    if pledge is None:
        values = {"found": id, "near": _called_now(unit_file.unit, id) or near(id, pledges), "unit": unit_file.path}
        place.report("notice_pledge_unknown", **values)
    elif not notice.draft and (pledge.draft or unit_file.unit.draft):
        place.report("notice_pledge_draft", found=id)
    else:
        return True
    return False


def _called_now(unit: Unit, former: str) -> str:
    return next((pledge.id for pledge in unit.pledges if former in pledge.formerly), "")


def _check_step(place: Location, file: NoticeFile, pledge: Pledge, notices: Sequence[NoticeFile]) -> None:
    """A pledge can be on public notice on the days of a notice: its updates tell of the same days, if of any in that
    turn; something says when it was inspected; and the notice comes after a step that it may follow."""
    period = file.notice.period
    if period is None or not opens_a_period(file.notice):
        return
    values = {"found": pledge.id, "begin": period.begin, "end": period.end}
    others = _other_days(file.notice.date, period, pledge, notices)
    step = step_from(file, pledge.id, pledge.updates)
    if others:
        place.report("notice_period_differs", **values, others=", ".join(others))
    elif step is not None and step_from(file, pledge.id, pledge.without_drafts().updates):
        _check_follows(place, step, with_notices(pledge, notices), values)
    elif step is not None or not is_told(period, pledge.updates):
        place.report("notice_inspected_missing", **values)


def _other_days(
    date: datetime.date, period: NoticePeriod, pledge: Pledge, notices: Sequence[NoticeFile]
) -> tuple[str, ...]:
    """The days of other public notices that updates tell of where they should tell of the one of a `date` and a
    `period`: in the same turn, and of no notice that there is."""
    periods = [each.notice.period for each in notices if pledge.id in each.notice.pledges]
    known = {None, *((each.begin, each.end) for each in periods if each is not None)}
    told = dict.fromkeys(days_of(update) for update in turn(pledge.updates, max(date, period.begin)))
    if (period.begin, period.end) in told:
        return ()
    return tuple(f"{days[0]} – {days[1]}" for days in told if days is not None and days not in known)


def _check_follows(place: Location, step: Update, pledge: Pledge, values: Mapping[str, object]) -> None:
    """The step of a `pledge` that follows from a notice comes after one that it may follow, and of a pledge that is
    still there, and is to be closed one day."""
    for gone in (pledge.withdrawn, pledge.split):
        if gone is not None and gone.date < step.date:
            place.report("notice_of_gone", **values, date=gone.date)
            return
    if recurs_still(pledge):
        place.report("notice_recurring", **values, rhythm=rhythm_of(pledge))
        return
    position = next(n for n, update in enumerate(pledge.updates) if update == step)
    state = state_after(pledge.updates[position - 1]) if position else NONE
    if state not in STEPS["notice"].after:
        place.report("notice_out_of_order", **values, before=state, expected=", ".join(may_follow(state)))


_DENIED = {
    "unopposed": ("objection", "not-upheld", "upheld"),
    "not-upheld": ("upheld",),
    "upheld": ("not-upheld", "accepted"),
}
"""By the result of a notice what the steps of a pledge cannot say of the same days."""


def _check_result(place: Location, file: NoticeFile, pledge: Pledge, notices: Sequence[NoticeFile]) -> None:
    """What came of a notice, by its file, is not what the steps of a pledge deny. An objection that was upheld may
    concern one pledge of several."""
    result = file.notice.result
    if result is None or not opens_a_period(file.notice):
        return
    if result.outcome == "upheld" and len(file.notice.pledges) > 1:
        return
    steps = [*_after_notice(file, with_notices(pledge, notices))]
    found = next((update for update in steps if _says(update) in _DENIED[result.outcome]), None)
    if found is not None:
        values = {"pledge": pledge.id, "date": found.date, "step": event_of(found)}
        place.report("notice_result_denied", found=result.outcome, **values)


def _after_notice(file: NoticeFile, pledge: Pledge) -> Iterator[Update]:
    """The steps of a pledge that come of a notice: up to the next notice, or where a new turn begins."""
    own = step_of(file.notice, pledge.updates)
    place = next((n for n, update in enumerate(pledge.updates) if update is own), len(pledge.updates))
    for update in pledge.updates[place + 1 :]:
        if update.state in ("notice", "reopened"):
            return
        yield update
        if update.is_against:
            return


def _says(update: Update) -> str:
    """What a step says of an objection to a notice, if anything."""
    if update.state == "answered":
        return "upheld" if update.upheld else "not-upheld"
    return update.state if update.state in ("objection", "accepted") else ""


def _check_persons(place: Location, file: NoticeFile, unit: Unit) -> None:
    """The one who signed for the unit is not named in an entry of accountability, but where a waiver says why."""
    if file.notice.kind != "accountability":
        return
    waived = {name for each in file.notice.accountable if each.name for name in each.name.values()}
    names = [name for name in unit.signed_by.name.values() if name not in waived]
    for loc, text in texts(file.notice):
        name = next((each for each in names if each in text), "")
        if name:
            place.within(*loc).report("person_in_text", found=name)


# ── what was published ───────────────────────────────────────────────────────


def check_published_notices(
    diagnostics: Diagnostics,
    unit_file: UnitFile,
    register: Mapping[PublishedFact, datetime.date],
    path: str,
    languages: tuple[str, ...],
) -> None:
    """Whether the notices that were published of a unit (its `register` lies at `path`) are still there, under their
    titles. What is told of a notice itself, is told by the unit of its first pledge."""
    files = dict(_by_id(unit_file.notices))
    known = {fact for file in unit_file.notices for fact in _titles(file)}
    lost: dict[str, datetime.date] = {}
    for fact, day in sorted(register.items()):
        if fact.field != NOTICE or fact.language not in languages:
            continue
        file = files.get(fact.id)
        if file is None:
            lost.setdefault(fact.id, day)
        elif fact._replace(id=file.id) not in known and file.unit == unit_file.id:
            place = Location(diagnostics, file.path).within("title", fact.language)
            place.report("published_title", found=fact.value, date=day, register=path)
        elif file.notice.draft and file.unit == unit_file.id and fact.language == languages[0]:
            Location(diagnostics, file.path).within("draft").report("published_draft", found=file.id, date=day)
    for id, day in lost.items():
        Location(diagnostics, unit_file.path).report("published_notice_lost", found=id, date=day, register=path)


def _by_id(notices: tuple[NoticeFile, ...]) -> Iterator[tuple[str, NoticeFile]]:
    for file in notices:
        yield from ((id, file) for id in (*file.notice.formerly, file.id))


def _titles(file: NoticeFile) -> Iterator[PublishedFact]:
    yield from facts_of_notices((file,))
    yield from explained_titles(file.id, file.notice.revisions)
