"""A unit's pledges as a row of the page of states and of documents: how many of each kind, how many late."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.model.status import LATE
from gazette.planning.counting import STROKE_OF
from gazette.planning.unit_views import UnitViews
from gazette.site.views.status import BAR, Part, StatusFragment

IN_A_BAR = ("accepted", "active", "reopened", "none", "withdrawn")
"""The kinds of states in the order of bars and columns: closed, in hand, in hand again, not reported, taken back."""


def parts(states: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a bar for the states of some pledges, one a kind."""
    found: list[Part] = []
    drawn, before = [STROKE_OF.get(state, "active") for state in states], 0
    for kind in IN_A_BAR:
        n = drawn.count(kind)
        found.append(Part(kind, n, before * BAR // len(drawn), (before + n) * BAR // len(drawn)))
        before += n
    return tuple(found)


def status_row(unit: UnitViews) -> StatusFragment:
    """The row of a unit."""
    late = sum(entry.status.alert in LATE for entry in unit.entries)
    return StatusFragment(unit.ref, unit.card.id, len(unit.entries), parts(unit.card.states), late)
