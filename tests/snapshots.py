"""Units with something else in them, and what a snapshot of a day knows of them."""

from __future__ import annotations

import datetime
from typing import Any

from lives import step
from msgspec.structs import replace

from gazette.model.published.comparing import compare
from gazette.model.published.snapshot_lines import lines_of
from gazette.model.published.snapshots import Snapshot, gathered
from gazette.model.records.content import UnitFile
from gazette.model.records.units import Pledge, Update
from gazette.reading.decode import decode
from gazette.reading.yaml.parser import compose

DAY = datetime.date(2031, 9, 30)
LATER = datetime.date(2031, 10, 5)
WHO, WHY = {"zh": "某组", "en": "Some body"}, {"zh": "有误。", "en": "It was wrong."}


def snapshot(units: tuple[UnitFile, ...] | list[UnitFile], day: datetime.date | None = DAY) -> Snapshot:
    return gathered(line for unit in units for line in lines_of(unit, day))


def with_pledge(units: tuple[UnitFile, ...], id: str, /, **more: Any) -> tuple[UnitFile, ...]:
    """The units with other values in one pledge."""
    return tuple(
        replace(
            file,
            unit=replace(
                file.unit, pledges=tuple(replace(each, **more) if each.id == id else each for each in file.unit.pledges)
            ),
        )
        for file in units
    )


def pledge_of(units: tuple[UnitFile, ...], id: str) -> Pledge:
    return next(pledge for file in units for pledge in file.unit.pledges if pledge.id == id)


def with_unit(units: tuple[UnitFile, ...], id: str, **more: Any) -> tuple[UnitFile, ...]:
    return tuple(replace(file, unit=replace(file.unit, **more)) if file.id == id else file for file in units)


def reported(units: tuple[UnitFile, ...], id: str, state: str, **more: object) -> tuple[UnitFile, ...]:
    """The units with one step more of one pledge."""
    text = str(
        {key: str(value) if not isinstance(value, dict) else value for key, value in step(state, **more).items()}
    )
    update = decode("x", compose("x", text), Update, ("zh", "en"))
    return with_pledge(units, id, updates=(*pledge_of(units, id).updates, update))


def kinds(before: Snapshot, now: Snapshot) -> list[tuple[str, str]]:
    return [(change.kind, change.id) for change in compare(before, now)]
