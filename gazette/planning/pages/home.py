"""Plans the front page."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning import counting
from gazette.planning.map_views import extent, rivers
from gazette.planning.pages.matrix import matrix_row, matrix_slots
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.home import HomeView, TileFragment
from gazette.site.views.unit import UnitFragment

CELLS = 500
"""The most cells of a matrix on the front page, beside everything else; it links to a larger matrix."""


def _view(site: SiteViews) -> HomeView:
    columns, rows = extent(site.lang.content)
    return HomeView(
        units=site.units,
        kinds=site.unit_kinds,
        pledges=site.pledges,
        reported=site.totals["reported"],
        outcome=site.outcome,
        by_unit=site.is_small,
        matrix=site.matrix if site.has_matrix(CELLS) else None,
        has_whole_matrix=site.has_matrix(),
        themes=site.theme_cards,
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
    if site.is_small:
        yield from (Slot(f"{code}/home/units/{kind}") for kind in site.totals.kinds)
    if site.has_matrix(CELLS):
        yield from matrix_slots(site)
    yield Slot(f"{code}/home/tiles")


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    home, card = SharedTarget(unit.lang, "home"), unit.card
    yield home.fragment(f"home/units/{card.kind}", "unit-row.html", UnitFragment(card))
    yield matrix_row(unit)
    for tile in unit.lang.content.site.tiles:
        if tile.unit == card.id:
            yield home.fragment("home/tiles", "tile.html", TileFragment(card, tile.column, tile.row))


HOME = SharedPage("home", _view, _slots, _fragments, dated=True)
