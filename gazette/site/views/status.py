"""How far all pledges are: by state, by what the day says of them, by unit."""

from __future__ import annotations

from gazette.site.views.elements import Count, Ref, View

BAR = 1000
"""The length of a bar: all pledges of a unit."""


class Part(View, frozen=True):
    """So many pledges whose states are drawn alike (`counting.KINDS_OF_STROKES`), or that can be checked as far as each
    other (`counting.CHECKABLE`), and their place in a bar of `BAR`."""

    kind: str
    n: int
    begin: int
    end: int


class Outcome(View, frozen=True):
    """What came of some pledges: on so many anything was reported, so many are accepted and closed, so many past their
    date; and the parts of a bar."""

    pledges: int
    reported: int
    accepted: int
    late: int
    parts: tuple[Part, ...]


class StatusFragment(View, frozen=True):
    """A unit's row: its pledges by kind of state, one part a kind, empty ones too; how many of them are late; and the
    same by how far they can be checked (`levels`)."""

    unit: Ref
    anchor: str
    pledges: int
    parts: tuple[Part, ...]
    late: int
    levels: tuple[Part, ...]


class IssueView(View, frozen=True):
    """How far all pledges were in the edition `number` of a day (ISO), by kind of state; so many were late as of
    another, nothing where that was not said."""

    number: int
    date: str
    as_of: str
    pledges: int
    parts: tuple[Part, ...]
    late: int


class StatusView(View, frozen=True):
    """All pledges by state, by what the day says of them, and by unit. `recurring` pledges have had `periods`, of which
    `periods_reported` were reported on; `changes` counts what has happened, 0 where there is no page of it;
    `issues` are the editions, the first one first. The units of a vast city have no rows (`by_unit`)."""

    pledges: int
    units: int
    kinds: tuple[Count, ...]
    states: tuple[Count, ...]
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    parts: tuple[Part, ...]
    recurring: int
    periods: int
    periods_reported: int
    changes: int
    levels: tuple[Part, ...]
    issues: tuple[IssueView, ...]
    by_unit: bool = True

    @property
    def all_late(self) -> int:
        """How many pledges are past their deadline."""
        return sum(each.n for each in self.late)
