"""The page with the units of a kind beside each other."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.elements import Count
from gazette.site.views.unit import CompareFragment, CompareView


def _view(site: SiteViews) -> CompareView:
    return CompareView(site.unit_kinds)


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from (Slot(f"{site.lang.code}/compare/{kind}") for kind in site.totals.kinds)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    themes = tuple(Count(cell.theme.name, len(cell.states)) for cell in unit.matrix.cells)
    view = CompareFragment(unit.card, themes)
    yield SharedTarget(unit.lang, "compare").fragment(f"compare/{unit.card.kind}", "compare.html", view)


COMPARE = SharedPage("compare", _view, _slots, _fragments, section="units", found_as="heading.compare")
