"""Computes the outcome of some pledges: the figures of a headline, and the parts of a bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gazette.planning.counting import STROKE_OF
from gazette.site.views.status import BAR, Outcome, Part

IN_A_BAR = ("accepted", "active", "reopened", "none", "withdrawn")
"""The kinds of states in the order of bars and columns: closed, in hand, reopened, not reported, withdrawn."""


def parts(states: Sequence[str]) -> tuple[Part, ...]:
    """Return the parts of a bar for the states of some pledges, one a kind."""
    drawn = Counter(STROKE_OF.get(state, "active") for state in states)
    return bar((kind, drawn[kind]) for kind in IN_A_BAR)


def bar(counts: Iterable[tuple[str, int]]) -> tuple[Part, ...]:
    """Return the parts of a bar from pairs of kind and number of pledges."""
    some = [*counts]
    segments, before, whole = [], 0, sum(n for _, n in some)
    for kind, n in some:
        segments.append(Part(kind, n, before * BAR // whole, (before + n) * BAR // whole))
        before += n
    return tuple(segments)


def outcome(states: Sequence[str], reported: int, late: int) -> Outcome:
    """Return the outcome of pledges with these states, of which `reported` have a report and `late` are late."""
    return Outcome(len(states), reported, states.count("accepted"), late, parts(states))
