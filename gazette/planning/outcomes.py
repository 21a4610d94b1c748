"""What came of some pledges: the figures of a headline, and the parts of a bar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from gazette.planning.counting import STROKE_OF
from gazette.site.views.status import BAR, Outcome, Part

IN_A_BAR = ("accepted", "active", "reopened", "none", "withdrawn")
"""The kinds of states in the order of bars and columns: closed, in hand, in hand again, not reported, taken back."""


def parts(states: Sequence[str]) -> tuple[Part, ...]:
    """The parts of a bar for the states of some pledges, one a kind."""
    drawn = Counter(STROKE_OF.get(state, "active") for state in states)
    return bar((kind, drawn[kind]) for kind in IN_A_BAR)


def bar(counts: Iterable[tuple[str, int]]) -> tuple[Part, ...]:
    """The parts of a bar, from how many pledges are of each kind."""
    some = [*counts]
    found, before, whole = [], 0, sum(n for _, n in some)
    for kind, n in some:
        found.append(Part(kind, n, before * BAR // whole, (before + n) * BAR // whole))
        before += n
    return tuple(found)


def outcome(states: Sequence[str], reported: int, late: int) -> Outcome:
    """What came of the pledges with these states: on so many anything was `reported`, so many are `late`."""
    return Outcome(len(states), reported, states.count("accepted"), late, parts(states))
