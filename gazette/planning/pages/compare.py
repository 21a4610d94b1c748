"""Plans the page that compares the units of a kind side by side, in a large city in parts."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages import parts
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget, page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.elements import Count
from gazette.site.views.parts import Parted
from gazette.site.views.unit import CompareFragment, CompareView


def _view(site: SiteViews) -> CompareView:
    return _view_of(site, parts.page_itself(site))


def _view_of(site: SiteViews, parted: Parted) -> CompareView:
    return CompareView(parts.kinds_shown(site, parted), parted)


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from parts.unit_slots(site, "compare", parts.page_itself(site))


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    themes = tuple(Count(cell.theme.name, len(cell.states)) for cell in unit.matrix.cells)
    view, slot = CompareFragment(unit.card, themes), parts.unit_slot(unit, "compare")
    yield SharedTarget(unit.lang, "compare").fragment(slot, "compare.html", view)


def compare_pages(site: SiteViews) -> Iterator[Target]:
    """Yield the pages of the parts."""
    for parted in parts.its_parts(site):
        ref = f"compare-part:{parted.number}"
        slots = (*parts.unit_slots(site, "compare", parted),)
        yield page_target(site.lang.page(ref, "units", _view_of(site, parted)), "compare.html", slots)


COMPARE = SharedPage("compare", _view, _slots, _fragments, section="units", found_as="heading.compare")
