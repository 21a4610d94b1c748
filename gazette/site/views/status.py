"""Defines the views of progress: all pledges by state, alert and unit."""

from __future__ import annotations

from gazette.site.views.elements import Count, Ref, View

BAR = 1000
"""The length of a bar, which stands for all pledges of a unit."""


class Part(View, frozen=True):
    """A part of a bar of length `BAR`: `n` pledges whose states are drawn alike (`counting.KINDS_OF_STROKES`), or that
    can be checked to the same extent (`counting.CHECKABLE`), from `begin` to `end`."""

    kind: str
    n: int
    begin: int
    end: int


class Outcome(View, frozen=True):
    """The outcome of some pledges: how many have a report, are accepted and closed, or are past their date; and the
    parts of a bar."""

    pledges: int
    reported: int
    accepted: int
    late: int
    parts: tuple[Part, ...]


class StatusFragment(View, frozen=True):
    """A unit's row: its pledges by kind of state (one part for each, even if empty), the number that are late, and its
    pledges by how far they can be checked (`levels`)."""

    unit: Ref
    anchor: str
    pledges: int
    parts: tuple[Part, ...]
    late: int
    levels: tuple[Part, ...]


class IssueView(View, frozen=True):
    """The progress of all pledges in the edition `number` of `date` (ISO), by kind of state. `late` counts those late
    on `as_of`, which is "" if it was not stated."""

    number: int
    date: str
    as_of: str
    pledges: int
    parts: tuple[Part, ...]
    late: int


class StatusView(View, frozen=True):
    """All pledges by state, alert and unit.

    `recurring` pledges have had `periods`, of which `periods_reported` have a report. `changes` is the number of
    events, 0 if they have no page. `issues` are the editions, the first one first. In a vast city units have no rows
    (`by_unit` is False).
    """

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
        """The number of pledges past their deadline."""
        return sum(each.n for each in self.late)
