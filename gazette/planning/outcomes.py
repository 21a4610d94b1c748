"""What came of some pledges: the figures of a headline, and the parts of a bar."""

from __future__ import annotations

from collections.abc import Sequence

from gazette.planning.counting import STROKE_OF
from gazette.site.views.status import BAR, Outcome, Part

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


def outcome(states: Sequence[str], reported: int, late: int) -> Outcome:
    """What came of the pledges with these states: on so many anything was `reported`, so many are `late`."""
    return Outcome(len(states), reported, states.count("accepted"), late, parts(states))
