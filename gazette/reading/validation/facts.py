"""Checks that dated facts fit together in time: heads, names and end of a unit; grants, parts and assignments of a
pledge."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from gazette.model.forms.values import unit_of
from gazette.model.records.lifecycle import OWN_REPORTS
from gazette.model.records.successions import Ended, OtherPledge, OtherUnit
from gazette.model.records.tenures import Assignment, Tenure
from gazette.model.records.units import Pledge, Unit
from gazette.reading.location import Location
from gazette.reading.validation.history import check_body, check_days, check_granted, check_not_before
from gazette.reading.validation.references import check_repeated, near, repeated

Units = frozenset[str] | None
"""The ids of all units; None if unknown."""


def check_unit_facts(file: Location, unit_id: str, unit: Unit, units: Units, as_of: datetime.date | None) -> None:
    """Report contradictions among the facts of the unit with the id `unit_id`."""
    _check_tenures(file.within("heads"), unit.heads, as_of)
    day = None
    for position, renamed in enumerate(unit.renamed):
        location = file.within("renamed", position)
        check_days(location, renamed, as_of)
        if day is not None and renamed.date < day:
            location.within("date").report("moved_order", found=renamed.date, other=day)
        if renamed.before == (unit.renamed[position + 1].before if position + 1 < len(unit.renamed) else unit.name):
            location.within("before").report("renamed_same", found=next(iter(renamed.before.values())))
        day = renamed.date
    _check_joint_pledges(file.within("joint_pledges"), unit_id, unit.joint_pledges, units)
    if unit.ended is not None:
        check_days(file.within("ended"), unit.ended, as_of)
        _check_others(file.within("ended", "into"), unit_id, unit.ended.into, units)
        _check_after(file, unit, unit.ended)
    _check_took_over(file.within("took_over"), unit_id, unit, units, as_of)


def _check_took_over(location: Location, unit_id: str, unit: Unit, units: Units, as_of: datetime.date | None) -> None:
    """Report takeovers that are out of order, later than `as_of`, or later than the unit's own end."""
    _check_others(location, unit_id, unit.took_over, units)
    day = None
    for position, other in enumerate(unit.took_over):
        place = location.within(position)
        check_days(place, other, as_of)
        if day is not None and other.date < day:
            place.within("date").report("moved_order", found=other.date, other=day)
        if unit.ended is not None and other.date > unit.ended.date:
            place.within("date").report("after_end", found=other.date, end=unit.ended.date)
        day = other.date


def _check_after(file: Location, unit: Unit, ended: Ended) -> None:
    """Report heads who began after the unit ended, and, if it has several successors, later updates that do not say
    which of them reports. Successors report in this file, because ids and addresses stay."""
    for position, head in enumerate(unit.heads):
        if head.since is not None and head.since > ended.date:
            file.within("heads", position, "since").report("after_end", found=head.since, end=ended.date)
    for position, pledge in enumerate(unit.pledges):
        for number, update in enumerate(pledge.updates):
            is_unsigned = update.by is None and update.state in OWN_REPORTS
            if is_unsigned and update.date > ended.date and len(ended.into) > 1:
                expected = " / ".join(next(iter(other.name.values())) for other in ended.into)
                location = file.within("pledges", position, "updates", number, "date")
                location.report("after_end_by", date=update.date, end=ended.date, expected=expected)


def check_pledge_facts(location: Location, pledge: Pledge, unit_id: str, unit: Unit, units: Units) -> None:
    """Report faulty references of the pledge at `location` to other units and pledges. `unit_id` is its unit's id."""
    _check_others(location.within("joint"), unit_id, pledge.joint, units)
    check_repeated(location.within("numbers"), pledge.numbers)
    for position, each in enumerate(pledge.assigned):
        if each.role == "accepting":
            check_body(location.within("assigned", position, "name"), each.name, [pledge], unit)
    if pledge.split is not None:
        _check_split(location, pledge, unit)


def check_pledge_days(
    location: Location, pledge: Pledge, since: datetime.date | None, as_of: datetime.date | None
) -> None:
    """Report days of grants, assignments and splits of a pledge that lie before the statements (`since`) or after
    `as_of`."""
    check_days(location.within("source"), pledge.source, as_of)
    stated = pledge.target.value if pledge.target else None
    check_granted(location.within("target_changed"), pledge.target_changed, stated, "target_same", as_of)
    _check_assigned(location.within("assigned"), pledge, as_of)
    for position, change in enumerate(pledge.target_changed):
        check_not_before(location.within("target_changed", position, "date"), "date_before", change.date, since)
    if pledge.split is not None:
        check_days(location.within("split"), pledge.split, as_of)
        check_not_before(location.within("split", "date"), "date_before", pledge.split.date, since)
        for number, update in enumerate(pledge.updates):
            if update.date > pledge.split.date:
                values = {"found": update.date, "split": pledge.split.date}
                location.within("updates", number, "date").report("update_after_split", **values)


def _check_split(location: Location, pledge: Pledge, unit: Unit) -> None:
    """Report successors of a split pledge that do not exist in its unit, are the pledge itself or one that it came
    from, or are drafts although it is public."""
    split, others = pledge.split, {each.id: each for each in unit.pledges if each is not pledge}
    ids, before = split.into if split else (), [*_line_of(unit, pledge.id)]
    check_repeated(location.within("split", "into"), ids)
    for position, id in enumerate(ids):
        place = location.within("split", "into", position)
        if id not in others:
            place.report("split_unknown", found=id, near=near(id, others))
        elif id in before:
            place.report("split_circle", found=id)
        elif others[id].draft and not pledge.draft:
            place.report("split_draft", found=id)


def are_of_one(unit: Unit, one: str, other: str) -> bool:
    """True if one pledge was split from the other, directly or not, or both from the same one."""
    return one != other and not {*_line_of(unit, one)}.isdisjoint(_line_of(unit, other))


def _line_of(unit: Unit, id: str) -> Iterator[str]:
    """The pledge, the one that it was split from, and so on; in a circle each once."""
    before = {part: whole.id for whole in unit.pledges if whole.split for part in whole.split.into}
    seen: set[str] = set()
    while id and id not in seen:
        seen.add(id)
        yield id
        id = before.get(id, "")


def _check_tenures(location: Location, tenures: Sequence[Tenure], as_of: datetime.date | None) -> None:
    """Report heads who began before their predecessor's term ended."""
    for position, tenure in enumerate(tenures):
        place = location.within(position)
        check_days(place, tenure, as_of)
        if position:
            _check_follows(place, tenure, tenures[position - 1])


def _check_assigned(location: Location, pledge: Pledge, as_of: datetime.date | None) -> None:
    """Report overlapping assignments. A pledge has one leader at a time (一名领导), a joint pledge possibly one for
    each unit, since it is not stated who leads for which. There may be several plans and bodies, but none twice at a
    time."""
    held: dict[object, Assignment] = {}
    for position, assignment in enumerate(pledge.assigned):
        place = location.within(position)
        check_days(place, assignment, as_of)
        office = (
            "lead"
            if assignment.role == "lead" and not pledge.joint
            else (assignment.role, *sorted(assignment.name.items()))
        )
        before = held.get(office)
        if before is not None and before.until is None and before.name != assignment.name:
            place.report("lead_open", other=next(iter(before.name.values())))
        elif before is not None:
            _check_follows(place, assignment, before)
        held[office] = assignment


def _check_follows(location: Location, term: Tenure, before: Tenure) -> None:
    """Report a term whose predecessor in the file has not ended, or ended after it began."""
    holder = next(iter(before.name.values()))
    if before.until is None:
        location.report("tenure_open", other=holder)
    elif term.since is None:
        location.report("tenure_since_missing", other=holder)
    elif term.since < before.until:
        location.within("since").report("tenure_overlaps", found=term.since, other=holder, until=before.until)


def _check_others(location: Location, unit_id: str, others: Iterable[OtherUnit], units: Units) -> None:
    """Report other units that do not exist, are the unit itself, or are named twice."""
    for position, unit, again in repeated(other.unit for other in others):
        place = location.within(position, "unit")
        if unit == unit_id:
            place.report("unit_itself", found=unit_id)
        elif again:
            place.report("repeated", found=unit)
        elif units is not None and unit not in units:
            place.report("unknown_unit", found=unit, near=near(unit, units))


def _check_joint_pledges(location: Location, unit_id: str, others: Sequence[OtherPledge], units: Units) -> None:
    """Report pledges of other units that are named twice, or whose unit does not exist or is this one."""
    for position, pledge, again in repeated(other.pledge for other in others):
        place, unit = location.within(position, "pledge"), unit_of(pledge)
        if unit == unit_id:
            place.report("unit_itself", found=unit_id)
        elif again:
            place.report("repeated", found=pledge)
        elif units is not None and unit not in units:
            place.report("unknown_unit", found=unit, near=near(unit, units))
