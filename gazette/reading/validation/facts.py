"""Whether the facts that move fit together in time: heads, names and an end of a unit; figures, parts, joint units and
those in charge of a pledge."""

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
"""The ids of all units; None where they are not known."""


def check_unit_facts(file: Location, own: str, unit: Unit, units: Units, as_of: datetime.date | None) -> None:
    """Those of the unit `own`."""
    _check_tenures(file.within("heads"), unit.heads, as_of)
    day = None
    for position, renamed in enumerate(unit.renamed):
        place = file.within("renamed", position)
        check_days(place, renamed, as_of)
        if day is not None and renamed.date < day:
            place.within("date").report("moved_order", found=renamed.date, other=day)
        if renamed.before == (unit.renamed[position + 1].before if position + 1 < len(unit.renamed) else unit.name):
            place.within("before").report("renamed_same", found=next(iter(renamed.before.values())))
        day = renamed.date
    _check_joint_pledges(file.within("joint_pledges"), own, unit.joint_pledges, units)
    if unit.ended is not None:
        check_days(file.within("ended"), unit.ended, as_of)
        _check_others(file.within("ended", "into"), own, unit.ended.into, units)
        _check_after(file, unit, unit.ended)
    _check_took_over(file.within("took_over"), own, unit, units, as_of)


def _check_took_over(location: Location, own: str, unit: Unit, units: Units, as_of: datetime.date | None) -> None:
    """What the unit took over from others, in order: not after the day of `as_of`, nor after its own end."""
    _check_others(location, own, unit.took_over, units)
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
    """No head comes after a unit ended. Who took over reports on its pledges where they stand: their ids and addresses
    stay. Where several did, each such update says which."""
    for position, head in enumerate(unit.heads):
        if head.since is not None and head.since > ended.date:
            file.within("heads", position, "since").report("after_end", found=head.since, end=ended.date)
    for position, pledge in enumerate(unit.pledges):
        for number, update in enumerate(pledge.updates):
            is_unsigned = update.by is None and update.state in OWN_REPORTS
            if is_unsigned and update.date > ended.date and len(ended.into) > 1:
                expected = " / ".join(next(iter(other.name.values())) for other in ended.into)
                place = file.within("pledges", position, "updates", number, "date")
                place.report("after_end_by", date=update.date, end=ended.date, expected=expected)


def check_pledge_facts(location: Location, pledge: Pledge, own: str, unit: Unit, units: Units) -> None:
    """Those of a pledge of the unit `own`, which stands at `location`: other units and pledges."""
    _check_others(location.within("joint"), own, pledge.joint, units)
    check_repeated(location.within("numbers"), pledge.numbers)
    for position, each in enumerate(pledge.assigned):
        if each.role == "accepting":
            check_body(location.within("assigned", position, "name"), each.name, [pledge], unit)
    if pledge.split is not None:
        _check_split(location, pledge, unit)


def check_pledge_days(
    location: Location, pledge: Pledge, since: datetime.date | None, as_of: datetime.date | None
) -> None:
    """The days of those facts of a pledge, none before the statements (`since`), and none after `as_of`."""
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
    """The pledges that one goes on as: of its unit, public where it is, and not itself."""
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
    """Whether two pledges are a pledge and what it was split into, however often, or parts of one."""
    return one != other and not {*_line_of(unit, one)}.isdisjoint(_line_of(unit, other))


def _line_of(unit: Unit, id: str) -> Iterator[str]:
    """A pledge, what it was split from, and so on; of a circle every pledge once."""
    before = {part: whole.id for whole in unit.pledges if whole.split for part in whole.split.into}
    seen: set[str] = set()
    while id and id not in seen:
        seen.add(id)
        yield id
        id = before.get(id, "")


def _check_tenures(location: Location, tenures: Sequence[Tenure], as_of: datetime.date | None) -> None:
    """Who held the one office of head, in order: none begins before the one before it ended."""
    for position, own in enumerate(tenures):
        place = location.within(position)
        check_days(place, own, as_of)
        if position:
            _check_follows(place, own, tenures[position - 1])


def _check_assigned(location: Location, pledge: Pledge, as_of: datetime.date | None) -> None:
    """Those in charge of a pledge. It has one leader at a time (一名领导); a joint pledge may have one for each of its
    units: as which of them a leader leads is not said. There may be several plans and bodies, none of them twice at a
    time."""
    held: dict[object, Assignment] = {}
    for position, own in enumerate(pledge.assigned):
        place = location.within(position)
        check_days(place, own, as_of)
        office = "lead" if own.role == "lead" and not pledge.joint else (own.role, *sorted(own.name.items()))
        before = held.get(office)
        if before is not None and before.until is None and before.name != own.name:
            place.report("lead_open", other=next(iter(before.name.values())))
        elif before is not None:
            _check_follows(place, own, before)
        held[office] = own


def _check_follows(place: Location, own: Tenure, before: Tenure) -> None:
    """One that comes after another in the file: that has ended, and not later than this one began."""
    shown = next(iter(before.name.values()))
    if before.until is None:
        place.report("tenure_open", other=shown)
    elif own.since is None:
        place.report("tenure_since_missing", other=shown)
    elif own.since < before.until:
        place.within("since").report("tenure_overlaps", found=own.since, other=shown, until=before.until)


def _check_others(location: Location, own: str, others: Iterable[OtherUnit], units: Units) -> None:
    """Other units: each is there, another than the unit itself, and named once."""
    for position, unit, again in repeated(other.unit for other in others):
        place = location.within(position, "unit")
        if unit == own:
            place.report("unit_itself", found=own)
        elif again:
            place.report("repeated", found=unit)
        elif units is not None and unit not in units:
            place.report("unknown_unit", found=unit, near=near(unit, units))


def _check_joint_pledges(location: Location, own: str, others: Sequence[OtherPledge], units: Units) -> None:
    """Pledges of other units: the unit is there, and each is named once."""
    for position, pledge, again in repeated(other.pledge for other in others):
        place, unit = location.within(position, "pledge"), unit_of(pledge)
        if unit == own:
            place.report("unit_itself", found=own)
        elif again:
            place.report("repeated", found=pledge)
        elif units is not None and unit not in units:
            place.report("unknown_unit", found=unit, near=near(unit, units))
