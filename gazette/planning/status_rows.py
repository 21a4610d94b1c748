"""A unit's pledges as a row of the page of states and of documents: how many of each kind, how many late."""

from __future__ import annotations

from gazette.planning.unit_views import UnitViews
from gazette.site.views.status import StatusFragment


def status_row(unit: UnitViews) -> StatusFragment:
    """The row of a unit."""
    own = unit.card.outcome
    return StatusFragment(unit.ref, unit.card.id, own.pledges, own.parts, own.late)
