"""Checks that reported figures fit the pledge's own figure and each other."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from gazette.model.forms.measures import differing, measure
from gazette.model.life.target_changes import figure_changes
from gazette.model.records.unit_parts import Reached
from gazette.model.records.units import Pledge, Update
from gazette.reading.location import Location

Measure = tuple[tuple[str, str], ...]


def check_figures(location: Location, pledge: Pledge) -> None:
    """Report figures in the pledge's updates whose total is not the promised one, which decrease without a reason, or
    whose units differ. Figures of a recurring pledge belong to single periods, and after a reopening counting begins
    anew."""
    units = [*_stated_units(location, pledge)]
    before: dict[Measure, Update] = {}
    for position, update in enumerate(pledge.updates):
        place = location.within("updates", position)
        if update.reached is None:
            _count(before, update)
            continue
        _check_total(place.within("reached", "of"), pledge, update)
        unit = _UnitAt(place.within("reached", "unit"), update.reached.unit)
        _check_half(unit, units)
        units.append(unit)
        last = before.get(measure(unit.words))
        if last is not None and last.reached and update.reached.value < last.reached.value and update.reason is None:
            values = {"found": update.reached.value, "other": last.reached.value, "date": last.date}
            place.within("reached", "value").report("reached_less", **values)
        _count(before, update)
    for each in units:
        for language, other in differing(each.words):
            each.place.within(language).report("unit_differs", found=each.words[language], expected=other)


def last_figure(updates: Iterable[Update], unit: Mapping[str, str]) -> Reached | None:
    """The last figure counted in `unit` since the last reopening, without those of single periods; None if there is
    none."""
    before: dict[Measure, Update] = {}
    for update in updates:
        _count(before, update)
    last = before.get(measure(unit))
    return last.reached if last else None


def _count(before: dict[Measure, Update], update: Update) -> None:
    """Remember an update's figure as the last in its unit; forget all on reopening."""
    if update.state == "reopened":
        before.clear()
    elif update.reached is not None and update.period is None and not update.draft:
        before[measure(update.reached.unit)] = update


# ── units of measurement ─────────────────────────────────────────────────────


class _UnitAt(NamedTuple):
    """A unit of measurement by language, and its location."""

    place: Location
    words: dict[str, str]


def _stated_units(location: Location, pledge: Pledge) -> Iterator[_UnitAt]:
    """The unit of the figure that the pledge states."""
    if pledge.target is not None:
        yield _UnitAt(location.within("target", "unit"), pledge.target.unit)


def _check_half(unit: _UnitAt, others: Iterable[_UnitAt]) -> None:
    """Report a unit that equals that of another figure in one language but not in all: readers of one language would
    compare figures that others do not."""
    halves = []
    for other in others:
        if [*differing(other.words), *differing(unit.words)]:
            continue  # reported by `check_figures`
        same = {*measure(unit.words)} & {*measure(other.words)}
        if len(same) == len(unit.words):
            return
        if same:
            halves.append((other, dict(same)))
    for other, shared in halves[:1]:
        language = next(code for code in unit.words if code not in shared)
        values = {"found": unit.words[language], "expected": other.words[language], "other": other.place}
        unit.place.within(language).report("unit_half", same=unit.words[next(iter(shared))], **values)


# ── totals ───────────────────────────────────────────────────────────────────


def _check_total(location: Location, pledge: Pledge, update: Update) -> None:
    """Report a total that is not the pledge's figure, if both have the same unit."""
    reached, target = update.reached, pledge.target
    if reached is None or reached.of is None or target is None or measure(reached.unit) != measure(target.unit):
        return
    held = [*_held_on(pledge, update.date)]
    if reached.of not in held:
        location.report("reached_of_other", found=reached.of, date=update.date, target=held[-1])


def _held_on(pledge: Pledge, day: datetime.date) -> Iterator[Decimal]:
    """The figures that a report of `day` may name as total: one corrected later, one granted on that day, and the one
    that holds then."""
    for revision in pledge.revisions:
        if revision.was.target is not None and revision.date >= day:
            yield revision.was.target.value
    changes = figure_changes(pledge)
    until = [change.to for change in changes if change.date < day]
    stated = [pledge.target.value] if pledge.target else []
    yield from [*stated, *until][-1:]
    yield from (change.to for change in changes if change.date == day)
