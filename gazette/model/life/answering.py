"""Which unit answers for a pledge now: the one that promised it, or those that go on with it since that ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from gazette.model.life.own_names import is_itself
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import OWN_REPORTS
from gazette.model.records.successions import OtherUnit
from gazette.model.records.units import Pledge


class _Way(NamedTuple):
    """A unit that goes on with pledges, and all that they came through on the way to it, itself included."""

    end: OtherUnit
    through: tuple[OtherUnit, ...]


def answering(unit_file: UnitFile, pledge: Pledge) -> tuple[OtherUnit, ...]:
    """The units that go on with a pledge of a unit that ended, however often those that did ended themselves; none
    where the unit is still there, or the pledge was withdrawn or split. Where a unit was split into several, the file
    does not say which pledge is whose: then it is the one that reported on it last, and until one did, all of them."""
    ended = unit_file.unit.ended
    if ended is None or pledge.withdrawn is not None or pledge.split is not None:
        return ()
    known = {other.id: other for other in (*unit_file.others, unit_file)}
    ways = [way for each in ended.into for way in _ways(each, known, (unit_file.id,), ())]
    for update in reversed(pledge.updates):
        if len(ways) > 1 and update.by is not None and update.state in OWN_REPORTS and update.date > ended.date:
            by = update.by
            ways = [way for way in ways if any(_is_called(by, each) for each in way.through)] or ways
    return tuple({way.end.unit: way.end for way in ways}.values())


def _ways(
    other: OtherUnit, known: Mapping[str, UnitFile], seen: tuple[str, ...], through: tuple[OtherUnit, ...]
) -> Iterator[_Way]:
    """Where the pledges of a unit that ended went to through another, and through those that go on for it."""
    file, through = known.get(other.unit), (*through, other)
    if other.unit in seen:
        return
    if file is None or file.unit.ended is None:
        yield _Way(other, through)
        return
    for each in file.unit.ended.into:
        yield from _ways(each, known, (*seen, other.unit), through)


def _is_called(by: Mapping[str, str], other: OtherUnit) -> bool:
    return any(is_itself(name, (other.name.get(language, ""),)) for language, name in by.items())


def answered_for(unit_file: UnitFile) -> Iterator[tuple[UnitFile, Pledge]]:
    """The pledges of other units that a unit answers for now, each with the unit that promised it, beside which stand
    all that are known."""
    for other in unit_file.others:
        of_other = replace(other, others=(unit_file, *unit_file.others))
        for pledge in other.unit.pledges:
            if any(each.unit == unit_file.id for each in answering(of_other, pledge)):
                yield of_other, pledge
