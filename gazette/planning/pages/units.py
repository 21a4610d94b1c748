"""The page with all units."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.unit import UnitFragment, UnitsView


def _view(site: SiteViews) -> UnitsView:
    return UnitsView(site.units, site.unit_kinds, site.outcome, site.late, site.watched)


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from (Slot(f"{site.lang.code}/units/{kind}") for kind in site.totals.kinds)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    units = SharedTarget(unit.lang, "units")
    yield units.fragment(f"units/{unit.card.kind}", "unit.html", UnitFragment(unit.card, 3))


UNITS = SharedPage("units", _view, _slots, _fragments, dated=True, found_as="nav.units")
