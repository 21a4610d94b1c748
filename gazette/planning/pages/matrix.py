"""Plans the matrix as a part of pages: the slots and the rows that every page with a matrix uses."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot


def matrix_slots(site: SiteViews) -> Iterator[Slot]:
    """Yield the slots of the rows, one a kind of unit."""
    yield from (Slot(f"{site.lang.code}/matrix/{kind}") for kind in site.totals.kinds)


def matrix_row(unit: UnitViews) -> Fragment:
    """Return a unit's row. Its links are relative to the front page; all pages of that folder can use them."""
    return SharedTarget(unit.lang, "home").fragment(f"matrix/{unit.card.kind}", "matrix.html", unit.matrix)
