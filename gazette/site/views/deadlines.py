"""The pledges by the kind of their deadline."""

from __future__ import annotations

from gazette.site.views.elements import Count, View

SHORT_LANE = 6
"""So many pledges of one kind of deadline are shown one by one; more as a tally, or by unit."""


class Lane(View, frozen=True):
    """A kind of deadline: how many pledges of how many units, and their states."""

    kind: str
    pledges: int
    units: int
    states: tuple[str, ...]

    @property
    def short(self) -> bool:
        """Whether the pledges are shown one by one."""
        return self.pledges <= SHORT_LANE


class DeadlinesView(View, frozen=True):
    """Pledges by the kind of their deadline; before them those that are late, by how (`late`), and
    those of which the day says something else (`watched`); whether there is a calendar of them."""

    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    lanes: tuple[Lane, ...]
    pledges: int
    has_calendar: bool = False
