"""Computes the time axis: deadlines that name a date, in steps of equal length from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.counting import Totals
from gazette.site.views.deadlines import Axis, Bin
from gazette.site.views.elements import DeadlineMark

STEPS = (1, 3, 6, 12, 24, 60, 120, 600)
"""Lengths that a step may have, in months; 600 cover every year that a date may have."""

LONGEST = 36
"""The most steps of an axis; with more, each is too narrow for a mark."""

YEAR = 12


def axis(totals: Totals, as_of: str) -> Axis | None:
    """Return the time axis of all pledges, with `as_of` (ISO 8601, or "") marked on it; None if no deadline names a
    date. It covers whole years, in the shortest steps that fit."""
    due = dict(totals.due_months())
    if not due:
        return None
    numbers = [*map(_number, due), *([_number(as_of[:7])] if as_of else [])]
    first, last = min(numbers) // YEAR * YEAR, max(numbers) // YEAR * YEAR + YEAR - 1
    step = next(step for step in STEPS if (last // step - first // step) < LONGEST)
    bins = tuple(
        _bin(totals, due, range(n * step, (n + 1) * step), as_of) for n in range(first // step, last // step + 1)
    )
    return Axis(bins, sum(due.values()), as_of)


def _number(month: str) -> int:
    """Return how many months after year 0 a month (ISO 8601) is."""
    return int(month[:4]) * YEAR + int(month[5:7]) - 1


def _iso(number: int) -> str:
    return f"{number // YEAR:04}-{number % YEAR + 1:02}"


def _bin(totals: Totals, due: dict[str, int], span: range, as_of: str) -> Bin:
    months = [_iso(number) for number in span]
    due_here = tuple(month for month in months if month in due)
    day = -1
    if as_of and as_of[:7] in months:
        day = (months.index(as_of[:7]) * 31 + int(as_of[8:]) - 1) * 4 // (len(months) * 31)
    return Bin(
        time=_time(months),
        begins=span[0] // YEAR if span[0] % YEAR == 0 else 0,
        months=due_here,
        late=sum(totals[f"due.{month}.late"] for month in due_here),
        closed=sum(totals[f"due.{month}.closed"] for month in due_here),
        pledges=sum(due[month] for month in due_here),
        day=day,
    )


def _time(months: list[str]) -> DeadlineMark:
    """Return how a step is named: as a month, a year, or a period."""
    if len(months) == 1:
        return DeadlineMark("month", months[0])
    if len(months) == YEAR:
        return DeadlineMark("year", months[0][:4])
    parts = (months[0], months[-1]) if len(months) < YEAR else (months[0][:4], months[-1][:4])
    return DeadlineMark("period", "/".join(parts))


def axis_slots(line: Axis | None) -> Iterator[str]:
    """Yield the names of the slots for the marks of single pledges: one a month in which a pledge is due."""
    if line and line.one_by_one:
        yield from (f"axis/{month}" for each in line.bins for month in each.months)
