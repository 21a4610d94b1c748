"""Whether the figures that were reported of a pledge fit its own figure, and each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal

from gazette.model.life.target_changes import figure_changes
from gazette.model.records.units import Pledge, Update
from gazette.reading.location import Location


def check_figures(location: Location, pledge: Pledge) -> None:
    """The figures in the updates of a pledge, which stands at `location`: in its unit, the total is the figure that it
    promised by then; and none is lower than one before without saying why. Those of a pledge that recurs are each of
    a period, and after a reopening the counting begins anew."""
    before: dict[tuple[str, ...], Update] = {}
    for position, update in enumerate(pledge.updates):
        place = location.within("updates", position)
        if update.state == "reopened":
            before.clear()
        if update.reached is None:
            continue
        _check_total(place.within("reached", "of"), pledge, update)
        unit = tuple(sorted(update.reached.unit.values()))
        last = before.get(unit)
        if last is not None and last.reached and update.reached.value < last.reached.value and update.reason is None:
            values = {"found": update.reached.value, "other": last.reached.value, "date": last.date}
            place.within("reached", "value").report("reached_less", **values)
        if update.period is None and not update.draft:
            before[unit] = update


def _check_total(place: Location, pledge: Pledge, update: Update) -> None:
    """What there is in all, in the unit of the pledge's figure, is that figure."""
    reached, target = update.reached, pledge.target
    if reached is None or reached.of is None or target is None or reached.unit != target.unit:
        return
    held = [*_held_on(pledge, update.date)]
    if reached.of not in held:
        place.report("reached_of_other", found=reached.of, date=update.date, target=held[-1])


def _held_on(pledge: Pledge, day: datetime.date) -> Iterator[Decimal]:
    """The figures of a pledge that a report of a day may name: one that was corrected later, one that was granted on
    that very day, or until then; the one that holds then is the last."""
    for revision in pledge.revisions:
        if revision.was.target is not None and revision.date >= day:
            yield revision.was.target.value
    changes = figure_changes(pledge)
    until = [change.to for change in changes if change.date < day]
    stated = [pledge.target.value] if pledge.target else []
    yield from [*stated, *until][-1:]
    yield from (change.to for change in changes if change.date == day)
