"""Plans the page with all themes, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning import counting
from gazette.planning.pages.listed import list_fragments, list_slots
from gazette.planning.pages.matrix import matrix_slots
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.themes import ThemesView, ThemeView


def _view(site: SiteViews) -> ThemesView:
    strokes = counting.kinds_of_strokes(site.totals.states())
    bars = site.outcome.parts if any(card.parts for card in site.theme_cards) else ()
    return ThemesView(site.theme_cards, site.pledges, strokes, site.matrix if site.has_matrix() else None, bars)


def _slots(site: SiteViews) -> Iterator[Slot]:
    if site.has_matrix():
        yield from matrix_slots(site)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    for id in dict.fromkeys(id for entry in unit.entries for id in entry.pledge.themes):
        yield from list_fragments(unit, f"theme:{id}", counting.of_theme(unit.entries, id), f"theme={id}")


THEMES = SharedPage("themes", _view, _slots, _fragments, found_as="nav.themes")


def theme_pages(site: SiteViews) -> Iterator[Target]:
    """Yield the page of each theme."""
    for card in site.theme_cards:
        slots = list_slots(site.lang.code, "theme", card.id, card.lists)
        yield page_target(
            site.lang.page(
                card.ref, "themes", ThemeView(card, site.lang.stale(site.lang.content, f"themes.{card.id}"))
            ),
            "theme.html",
            slots,
        )
