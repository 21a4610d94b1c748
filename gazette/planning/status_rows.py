"""A unit's pledges as a row of the page of states and of documents: how many of each kind, how many late."""

from __future__ import annotations

from gazette.planning.outcomes import bar
from gazette.planning.unit_views import UnitViews
from gazette.site.views.status import Part, StatusFragment
from gazette.site.views.unit import UnitCard


def levels(card: UnitCard) -> tuple[Part, ...]:
    """The parts of a bar for how far the pledges of a unit can be checked."""
    return bar((level.code, level.n) for level in card.checkable)


def status_row(unit: UnitViews) -> StatusFragment:
    """The row of a unit."""
    own = unit.card.outcome
    return StatusFragment(unit.ref, unit.card.id, own.pledges, own.parts, own.late, levels(unit.card))
