"""Checks that the notes, updates and deadlines of a pledge fit together in time."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from gazette.model.forms.record import Record
from gazette.model.life.announced import standing, state_of, with_notices
from gazette.model.life.own_names import is_itself
from gazette.model.records.evidence import Evidence
from gazette.model.records.lifecycle import BY_OTHERS, CLOSED, OPEN, STEPS, may_follow, state_after
from gazette.model.records.notices import NoticeFile
from gazette.model.records.revisions import Revision
from gazette.model.records.unit_parts import Moved, Note, Reply, TargetChange
from gazette.model.records.units import Pledge, Unit, Update
from gazette.reading.location import Location


def check_not_before(location: Location, code: str, date: datetime.date | None, since: datetime.date | None) -> None:
    """Report a day before `since`, the day of the statements. Does nothing if either is None."""
    if date is not None and since is not None and date < since:
        location.report(code, found=date, since=since)


def check_not_later(location: Location, date: datetime.date | None, as_of: datetime.date | None) -> None:
    """Report a day after `as_of`, the reference date. Does nothing if either is None."""
    if date is not None and as_of is not None and date > as_of:
        location.report("after_as_of", found=date, as_of=as_of)


def check_since(location: Location, pledge: Pledge, since: datetime.date | None) -> None:
    """Report deadlines and steps of a pledge that lie before the statements."""
    check_not_before(location.within("deadline"), "deadline_before", pledge.deadline.last, since)
    for position, moved in enumerate(pledge.moved):
        check_not_before(location.within("moved", position, "date"), "date_before", moved.date, since)
        check_not_before(location.within("moved", position, "to"), "deadline_before", moved.to.last, since)
    for position, update in enumerate(pledge.updates):
        check_not_before(location.within("updates", position, "date"), "date_before", update.date, since)
    if pledge.withdrawn is not None:
        check_not_before(location.within("withdrawn", "date"), "date_before", pledge.withdrawn.date, since)


def check_notes(location: Location, notes: tuple[Note, ...], as_of: datetime.date | None) -> None:
    """Report notes of the unit or pledge at `location` that lie after `as_of`."""
    for position, note in enumerate(notes):
        check_days(location.within("notes", position), note, as_of)


def check_revisions(
    location: Location, revisions: Sequence[Revision], since: datetime.date | None, as_of: datetime.date | None
) -> None:
    """Report revisions of the unit or pledge at `location` whose days lie before the statements or after `as_of`."""
    for position, revision in enumerate(revisions):
        place = location.within("revisions", position)
        check_not_before(place.within("date"), "date_before", revision.date, since)
        check_days(place, revision, as_of)


def check_history(
    location: Location,
    pledge: Pledge,
    unit: Unit,
    as_of: datetime.date | None,
    notices: Sequence[NoticeFile] | None = (),
) -> None:
    """Report updates of a pledge that are out of order, repeated, later than its withdrawal or by a body that may not
    make them; then granted deadlines.

    `notices` are those of its unit: the steps that follow from them stand between the updates. None means that some
    notice cannot be read, so that an objection is not judged.
    """
    if pledge.withdrawn is not None:
        check_days(location.within("withdrawn"), pledge.withdrawn, as_of)
    for position, update, earlier in in_order(pledge, notices or ()):
        place, before = location.within("updates", position), earlier[-1] if earlier else None
        check_evidence(place, update.evidence, as_of)
        if update == before:
            place.report("update_twice", found=update.date)
            continue
        _check_order(place, update, earlier, pledge, notices)
        check_not_later(place.within("date"), update.date, as_of)
        if pledge.withdrawn is not None and update.date > pledge.withdrawn.date:
            values = {"found": update.date, "withdrawn": pledge.withdrawn.date}
            place.within("date").report("update_after_withdrawn", **values)
        _check_reply(place, update.reply, update.date, as_of)
        if update.state in BY_OTHERS and update.body is not None:
            code = "answered_by_itself" if update.state == "answered" else "accepted_by_itself"
            check_body(place.within("body"), update.body, [pledge], unit, code)
    _check_end(location, pledge, notices or ())
    _check_reply(location, pledge.reply, None, as_of)
    check_granted(location.within("moved"), pledge.moved, pledge.deadline, "moved_same", as_of)


def _check_end(location: Location, pledge: Pledge, notices: Sequence[NoticeFile]) -> None:
    """Report a withdrawal or split of an accepted pledge, which would hide that it is done."""
    steps = with_notices(pledge, notices).updates
    state = state_of(standing(pledge.id, steps, notices))
    day = next((update.date for update in reversed(steps) if update.state == "accepted"), None)
    for name in ("withdrawn", "split"):
        if state in CLOSED and day is not None and getattr(pledge, name) is not None:
            location.within(name).report("accepted_and_gone", date=day, field=name)


def in_order(pledge: Pledge, notices: Iterable[NoticeFile]) -> Iterator[tuple[int, Update, tuple[Update, ...]]]:
    """The pledge's updates as (index, update, all steps before it); some of those steps may follow from notices."""
    steps, position = with_notices(pledge, notices).updates, 0
    for index, update in enumerate(steps):
        if position < len(pledge.updates) and update is pledge.updates[position]:
            yield position, update, steps[:index]
            position += 1


def _check_reply(
    location: Location, reply: Reply | None, after: datetime.date | None, as_of: datetime.date | None
) -> None:
    """Report a reply dated after `as_of`, or before the step that it answers (`after`; None for a reply to the pledge's
    state)."""
    if reply is not None:
        place = location.within("reply")
        check_days(place, reply, as_of)
        if after is not None and reply.date < after:
            place.within("date").report("reply_before", found=reply.date, date=after)


def _check_order(
    location: Location,
    update: Update,
    earlier: Sequence[Update],
    pledge: Pledge,
    notices: Sequence[NoticeFile] | None,
) -> None:
    """Report an update dated before the previous one, or that may not follow it (`lifecycle.STEPS`). On the day on
    which a notice is withdrawn, both what follows the notice and what follows its withdrawal may come."""
    before, day = earlier[-1] if earlier else None, update.date
    if before is not None and day < before.date:
        values = {"found": day, "other": before.date, "before": state_after(before)}
        location.within("date").report("updates_order", **values)
    before_and_on = [
        standing(pledge.id, earlier, notices or (), each) for each in (day - datetime.timedelta(days=1), day)
    ]
    *_, state = states = [*map(state_of, before_and_on)]
    if update.state == "reopened" and state in OPEN:
        location.within("state").report("update_not_reopened")
    elif {*states}.isdisjoint(STEPS[update.state].after) and not (notices is None and update.state == "objection"):
        _report_order(location, update, state, pledge, notices or ())


def _report_order(
    location: Location, update: Update, state: str, pledge: Pledge, notices: Iterable[NoticeFile]
) -> None:
    """Report a step that may not follow in `state`. For an objection to a withdrawn notice, the message says what to
    do."""
    gone = [file for file in notices if pledge.id in file.notice.pledges and file.notice.withdrawn is not None]
    if update.state == "objection" and gone:
        other, withdrawn = gone[-1], gone[-1].notice.withdrawn
        values = {"other": other.path, "date": withdrawn and withdrawn.date, "before": state}
        location.within("state").report("objection_to_withdrawn", **values)
    else:
        code = "update_after_accepted" if state in CLOSED else "update_out_of_order"
        location.within("state").report(code, found=update.state, before=state, expected=", ".join(may_follow(state)))


def check_body(
    location: Location,
    body: Mapping[str, str],
    pledges: Iterable[Pledge],
    unit: Unit,
    code: str = "accepted_by_itself",
) -> None:
    """Report a body that is the unit itself, joint in the pledges or a successor, under any of its names or as an organ
    that stands for it. Such a body may not inspect, accept, recheck or decide on objections."""
    former, joint = (each.before for each in unit.renamed), (other.name for each in pledges for other in each.joint)
    after = (each.name for each in unit.ended.into) if unit.ended is not None else ()
    unit_names = (unit.name, unit.short, unit.also or {}, *(each.short or {} for each in unit.renamed))
    names = (*unit_names, *former, *joint, *after)
    for language, found in body.items():
        if is_itself(found, (name.get(language, "") for name in names)):
            location.within(language).report(code, found=found)


def check_granted(
    location: Location,
    granted: Sequence[Moved | TargetChange],
    before: object,
    code: str,
    as_of: datetime.date | None,
) -> None:
    """Report grants that are out of order, or that repeat the value before (with `code`). `before` is the stated
    value."""
    day = None
    for position, each in enumerate(granted):
        place = location.within(position)
        check_days(place, each, as_of)
        if day is not None and each.date < day:
            place.within("date").report("moved_order", found=each.date, other=day)
        if each.to == before:
            place.within("to").report(code, found=each.to.stated if isinstance(each, Moved) else each.to)
        before, day = each.to, each.date


def check_days(location: Location, record: Record, as_of: datetime.date | None) -> None:
    """Report days of an entry or its evidence that lie after `as_of`."""
    for name in ("date", "since", "until"):
        check_not_later(location.within(name), getattr(record, name, None), as_of)
    check_evidence(location, getattr(record, "evidence", ()), as_of)


def check_evidence(location: Location, evidence: tuple[Evidence, ...], as_of: datetime.date | None) -> None:
    """Report days of evidence that lie after `as_of`."""
    for number, each in enumerate(evidence):
        check_not_later(location.within("evidence", number, "date"), each.date, as_of)
