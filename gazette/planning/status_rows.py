"""Makes the row of a unit for the page of states and for documents: how many pledges of each kind, how many late."""

from __future__ import annotations

from gazette.planning.outcomes import bar
from gazette.planning.unit_views import UnitViews
from gazette.site.views.status import Part, StatusFragment
from gazette.site.views.unit import UnitCard


def levels(card: UnitCard) -> tuple[Part, ...]:
    """Return the parts of a bar for how far the pledges of a unit can be checked."""
    return bar((level.code, level.n) for level in card.checkable)


def status_row(unit: UnitViews) -> StatusFragment:
    """Return the row of a unit."""
    result = unit.card.outcome
    return StatusFragment(
        unit=unit.ref,
        anchor=unit.card.id,
        pledges=result.pledges,
        parts=result.parts,
        late=result.late,
        levels=levels(unit.card),
    )
