"""The matrix as a part of pages: the rows that units give it, wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot


def matrix_slots(site: SiteViews) -> Iterator[Slot]:
    """The places of the rows, one a kind of units."""
    yield from (Slot(f"{site.lang.code}/matrix/{kind}") for kind in site.totals.kinds)


def matrix_row(unit: UnitViews) -> Fragment:
    """A unit's row. Its links are those of any page beside the front page."""
    return SharedTarget(unit.lang, "home").fragment(f"matrix/{unit.card.kind}", "matrix.html", unit.matrix)
