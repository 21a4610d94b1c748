"""How the figure of a pledge changed: each that was granted, with the one before it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from gazette.model.records.unit_parts import TargetChange
from gazette.model.records.units import Pledge


class FigureChange(NamedTuple):
    """From `date` on the figure is `to` and no longer `before`, in the same `unit`; `change` says who granted it."""

    date: datetime.date
    before: Decimal
    to: Decimal
    unit: dict[str, str]
    change: TargetChange


def figure_changes(pledge: Pledge) -> list[FigureChange]:
    """All changes, in order of date; of one day in the order of the file."""
    found: list[FigureChange] = []
    before, unit = (pledge.target.value, pledge.target.unit) if pledge.target else (Decimal(0), {})
    for change in sorted(pledge.target_changed, key=lambda each: each.date):
        found.append(FigureChange(change.date, before, change.to, unit, change))
        before = change.to
    return found


def figure_of(pledge: Pledge) -> Decimal | None:
    """The figure that holds now: the stated one, or that of the last change; None where none was stated."""
    changes = figure_changes(pledge)
    return changes[-1].to if changes else pledge.target.value if pledge.target else None
