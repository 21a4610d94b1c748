"""The line of time: the deadlines that say when, in steps of equal length from the first to the last."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.counting import Totals
from gazette.site.views.deadlines import Axis, Bin
from gazette.site.views.elements import DeadlineMark

STEPS = (1, 3, 6, 12, 24, 60, 120, 600)
"""How many months a step of the line may be; 600 are enough for all years that a date may have."""

LONGEST = 36
"""More steps than these would be too narrow for a mark."""

YEAR = 12


def axis(totals: Totals, as_of: str) -> Axis | None:
    """The line for all pledges, with the day `as_of` (ISO 8601, or nothing) on it; None where no deadline says when.
    Its steps are the shortest of which there is room for whole years."""
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
    """The months from the year 0 to a month (ISO 8601)."""
    return int(month[:4]) * YEAR + int(month[5:7]) - 1


def _iso(number: int) -> str:
    return f"{number // YEAR:04}-{number % YEAR + 1:02}"


def _bin(totals: Totals, due: dict[str, int], span: range, as_of: str) -> Bin:
    months = [_iso(number) for number in span]
    own = tuple(month for month in months if month in due)
    place = -1
    if as_of and as_of[:7] in months:
        place = (months.index(as_of[:7]) * 31 + int(as_of[8:]) - 1) * 4 // (len(months) * 31)
    return Bin(
        time=_time(months),
        begins=span[0] // YEAR if span[0] % YEAR == 0 else 0,
        months=own,
        late=sum(totals[f"due.{month}.late"] for month in own),
        closed=sum(totals[f"due.{month}.closed"] for month in own),
        pledges=sum(due[month] for month in own),
        day=place,
    )


def _time(months: list[str]) -> DeadlineMark:
    """How a step is named: a month, a year, or from when to when."""
    if len(months) == 1:
        return DeadlineMark("month", months[0])
    if len(months) == YEAR:
        return DeadlineMark("year", months[0][:4])
    parts = (months[0], months[-1]) if len(months) < YEAR else (months[0][:4], months[-1][:4])
    return DeadlineMark("period", "/".join(parts))


def axis_slots(found: Axis | None) -> Iterator[str]:
    """The names of the slots for the marks of pledges: one a month in which any is due."""
    if found and found.one_by_one:
        yield from (f"axis/{month}" for own in found.bins for month in own.months)
