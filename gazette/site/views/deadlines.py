"""The pledges by the kind of their deadline."""

from __future__ import annotations

from gazette.site.views.elements import Count, DeadlineMark, View
from gazette.site.views.status import Outcome, Part

SHORT_LANE = 6
"""So many pledges of one kind of deadline are shown one by one; more as a tally, or by unit."""


class Lane(View, frozen=True):
    """A kind of deadline: how many pledges of how many units, and their states; where the pledges are too many to be
    listed, the `parts` of a bar."""

    kind: str
    pledges: int
    units: int
    states: tuple[str, ...]
    parts: tuple[Part, ...] = ()

    @property
    def short(self) -> bool:
        """Whether the pledges are shown one by one."""
        return self.pledges <= SHORT_LANE


MARKS = 150
"""So many pledges at most have a mark each on the line of time; of more there are figures."""


class Bin(View, frozen=True):
    """A step of the line of time: its name, the year that begins with it (or 0), the months (ISO 8601) in it in which
    any pledge is due, and how many pledges are due in it, of these late and closed ones. `day` is the place of the day
    that states are measured against, in quarters of the step (0 to 3), or -1 where it lies elsewhere."""

    time: DeadlineMark
    begins: int
    months: tuple[str, ...]
    late: int
    closed: int
    pledges: int
    day: int

    @property
    def open(self) -> int:
        """How many are neither late nor closed."""
        return self.pledges - self.late - self.closed


class Axis(View, frozen=True):
    """The line of time, and how many pledges are due at a time that is stated, or was granted. `as_of` is the day that
    states are measured against (ISO 8601, or nothing)."""

    bins: tuple[Bin, ...]
    pledges: int
    as_of: str

    @property
    def one_by_one(self) -> bool:
        """Whether each pledge has a mark."""
        return self.pledges <= MARKS


class DeadlinesView(View, frozen=True):
    """Pledges by the kind of their deadline, and those of them that say when on a line of time; before them what came
    of all, those that are late, by how (`late`), and those of which the day says something else (`watched`); whether
    there is a calendar of them. Of those that are late the first `listed` are listed, or all (0)."""

    outcome: Outcome
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    pledges: int
    axis: Axis | None
    has_calendar: bool = False
    listed: int = 0
