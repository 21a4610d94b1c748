"""Lists how a pledge's figure changed: each grant, with the value before it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import NamedTuple

from gazette.model.records.unit_parts import TargetChange
from gazette.model.records.units import Pledge


class FigureChange(NamedTuple):
    """From `date` on, the figure is `to` instead of `before`, in `unit` (`{language: text}`). `change` says who granted
    it."""

    date: datetime.date
    before: Decimal
    to: Decimal
    unit: dict[str, str]
    change: TargetChange


def figure_changes(pledge: Pledge) -> list[FigureChange]:
    """All changes of the figure, by date; those of one day in file order."""
    changes: list[FigureChange] = []
    before, unit = (pledge.target.value, pledge.target.unit) if pledge.target else (Decimal(0), {})
    for change in sorted(pledge.target_changed, key=lambda each: each.date):
        changes.append(FigureChange(change.date, before, change.to, unit, change))
        before = change.to
    return changes


def figure_of(pledge: Pledge) -> Decimal | None:
    """The figure that holds now: that of the last change, otherwise the stated one; None if none was stated."""
    changes = figure_changes(pledge)
    return changes[-1].to if changes else pledge.target.value if pledge.target else None
