"""Determines which unit answers for a pledge now: the one that promised it, or its successors."""

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
    """A unit that now holds pledges of a unit that ended, and all successors on the way to it, itself included."""

    end: OtherUnit
    through: tuple[OtherUnit, ...]


def answering(unit_file: UnitFile, pledge: Pledge) -> tuple[OtherUnit, ...]:
    """The units that now answer for a pledge of a unit that ended, followed through later endings.

    Empty if the unit still exists, or if the pledge was withdrawn or split. Where a unit was divided, the file does not
    say which successor has which pledge: the one that last reported on it counts, and all of them until one has
    reported.
    """
    ended = unit_file.unit.ended
    if ended is None or pledge.withdrawn is not None or pledge.split is not None:
        return ()
    files = {other.id: other for other in (*unit_file.others, unit_file)}
    ways = [way for each in ended.into for way in _ways(each, files, (unit_file.id,), ())]
    for update in reversed(pledge.updates):
        if len(ways) > 1 and update.by is not None and update.state in OWN_REPORTS and update.date > ended.date:
            by = update.by
            ways = [way for way in ways if any(_is_called(by, each) for each in way.through)] or ways
    return tuple({way.end.unit: way.end for way in ways}.values())


def _ways(
    other: OtherUnit, files: Mapping[str, UnitFile], seen: tuple[str, ...], through: tuple[OtherUnit, ...]
) -> Iterator[_Way]:
    """Follow a successor of a unit that ended to the units that exist now. `seen` holds ids already visited."""
    file, through = files.get(other.unit), (*through, other)
    if other.unit in seen:
        return
    if file is None or file.unit.ended is None:
        yield _Way(other, through)
        return
    for each in file.unit.ended.into:
        yield from _ways(each, files, (*seen, other.unit), through)


def _is_called(by: Mapping[str, str], other: OtherUnit) -> bool:
    """True if `by` names this unit in any language."""
    return any(is_itself(name, (other.name.get(language, ""),)) for language, name in by.items())


def answered_for(unit_file: UnitFile) -> Iterator[tuple[UnitFile, Pledge]]:
    """Pledges of other units that this unit answers for now. Yields (the unit that promised, pledge); that unit's file
    lists all known units as `others`."""
    for other in unit_file.others:
        of_other = replace(other, others=(unit_file, *unit_file.others))
        for pledge in other.unit.pledges:
            if any(each.unit == unit_file.id for each in answering(of_other, pledge)):
                yield of_other, pledge
