"""Plans the page with all units, in a large city in parts."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages import parts
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget, page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.parts import Parted
from gazette.site.views.unit import UnitFragment, UnitsView


def _view(site: SiteViews) -> UnitsView:
    return _view_of(site, parts.page_itself(site))


def _view_of(site: SiteViews, parted: Parted) -> UnitsView:
    kinds = parts.kinds_shown(site, parted)
    return UnitsView(
        units=site.units, kinds=kinds, outcome=site.outcome, late=site.late, watched=site.watched, parted=parted
    )


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from parts.unit_slots(site, "units", parts.page_itself(site))


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    units = SharedTarget(unit.lang, "units")
    yield units.fragment(parts.unit_slot(unit, "units"), "unit.html", UnitFragment(unit.card, 3))


def units_pages(site: SiteViews) -> Iterator[Target]:
    """Yield the pages of the parts."""
    for parted in parts.its_parts(site):
        ref = f"units-part:{parted.number}"
        sheets = Slot(f"{site.lang.code}/downloads/sheets/{parted.number}")
        slots = (*parts.unit_slots(site, "units", parted), sheets)
        yield page_target(site.lang.page(ref, "units", _view_of(site, parted)), "units.html", slots)


UNITS = SharedPage("units", _view, _slots, _fragments, dated=True, found_as="nav.units")
