"""The front page."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning import counting
from gazette.planning.map_views import extent, rivers
from gazette.planning.pages.deadlines import short_lanes
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.home import HomeView, TileFragment
from gazette.site.views.unit import UnitFragment

UNITS_ON_THE_FRONT_PAGE = 100
"""A city has a dozen districts; a page with thousands of rows helps nobody."""


def _view(site: SiteViews) -> HomeView:
    columns, rows = extent(site.lang.content)
    return HomeView(
        units=site.units,
        kinds=site.unit_kinds,
        pledges=site.pledges,
        reported=site.totals["reported"],
        matrix=site.matrix if _shows_units(site) else None,
        themes=() if _shows_units(site) else site.theme_cards,
        states=site.states,
        strokes=counting.kinds_of_strokes(site.totals.states()),
        late=site.late,
        watched=site.watched,
        changes=site.totals["log"],
        lanes=site.lanes,
        tiles=len(site.lang.content.site.tiles),
        rivers=rivers(site.lang),
        columns=columns,
        rows=rows,
    )


def _slots(site: SiteViews) -> Iterator[Slot]:
    code = site.lang.code
    if _shows_units(site):
        yield from (Slot(f"{code}/home/{part}/{kind}") for part in ("units", "matrix") for kind in site.totals.kinds)
    yield Slot(f"{code}/home/tiles")
    yield from (Slot(f"{code}/lane/{kind}") for kind in short_lanes(site))


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    home, card = SharedTarget(unit.lang, "home"), unit.card
    yield home.fragment(f"home/units/{card.kind}", "unit-short.html", UnitFragment(card, 4))
    yield home.fragment(f"home/matrix/{card.kind}", "matrix.html", unit.matrix)
    for tile in unit.lang.content.site.tiles:
        if tile.unit == card.id:
            yield home.fragment("home/tiles", "tile.html", TileFragment(card, tile.column, tile.row))


def _shows_units(site: SiteViews) -> bool:
    return site.units <= UNITS_ON_THE_FRONT_PAGE


HOME = SharedPage("home", _view, _slots, _fragments, dated=True)
