"""Defines the views of pledges by kind of deadline."""

from __future__ import annotations

from gazette.site.views.elements import Count, DeadlineMark, View
from gazette.site.views.status import Outcome, Part

SHORT_LANE = 6
"""Up to this number of pledges, a kind of deadline lists them; more are shown as a tally, or by unit."""


class Lane(View, frozen=True):
    """A kind of deadline: its numbers of pledges and units, and the pledges' states. If there are too many to list,
    `parts` make a bar."""

    kind: str
    pledges: int
    units: int
    states: tuple[str, ...]
    parts: tuple[Part, ...] = ()

    @property
    def short(self) -> bool:
        """True if the pledges are listed."""
        return self.pledges <= SHORT_LANE


MARKS = 150
"""Up to this number of pledges, each has a mark on the time line; more are shown as figures."""


class Bin(View, frozen=True):
    """One step of the time line.

    `begins` is the year that begins with it (0 for none), `months` (ISO 8601) are those in it with pledges due; `late`,
    `closed` and `pledges` count the pledges due in it. `day` is the position of the reference date in quarters of the
    step (0 to 3), -1 if it lies elsewhere.
    """

    time: DeadlineMark
    begins: int
    months: tuple[str, ...]
    late: int
    closed: int
    pledges: int
    day: int

    @property
    def open(self) -> int:
        """The number of pledges that are neither late nor closed."""
        return self.pledges - self.late - self.closed


class Axis(View, frozen=True):
    """The time line, and the number of pledges due at a stated or granted time. `as_of` is the reference date (ISO
    8601, "" for none)."""

    bins: tuple[Bin, ...]
    pledges: int
    as_of: str

    @property
    def one_by_one(self) -> bool:
        """True if each pledge has a mark."""
        return self.pledges <= MARKS


class DeadlinesView(View, frozen=True):
    """Pledges by kind of deadline (`lanes`), and on a time line (`axis`) those with a time.

    Before them come the outcome of all pledges, those that are late by kind of lateness (`late`), and those with other
    alerts (`watched`). `listed` is the number of late pledges listed, 0 for all.
    """

    outcome: Outcome
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    pledges: int
    axis: Axis | None
    has_calendar: bool = False
    listed: int = 0
