"""Plans the page with all programmes, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from gazette.planning import counting
from gazette.planning.pages.listed import list_fragments, list_slots
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget, page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.programmes import ProgrammesView, ProgrammeView


def _view(site: SiteViews) -> ProgrammesView:
    bars = site.outcome.parts if any(card.parts for card in site.programme_cards) else ()
    return ProgrammesView(site.programme_cards, bars)


def _slots(site: SiteViews) -> Iterator[Slot]:
    code, comma = site.lang.code, site.lang.content.word("gap.list", site.lang.code)
    yield from (Slot(f"{code}/programmes/{card.id}", comma, card.named) for card in site.programme_cards)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    programmes = SharedTarget(unit.lang, "programmes")
    for id in dict.fromkeys(id for entry in unit.entries for id in entry.pledge.programmes):
        asked = f"q={quote(unit.lang.programmes[id].name)}"
        yield from list_fragments(unit, f"programme:{id}", counting.of_programme(unit.entries, id), asked)
        yield programmes.fragment(f"programmes/{id}", "name.html", unit.ref)


def _is_there(site: SiteViews) -> bool:
    return bool(site.lang.content.programmes)


PROGRAMMES = SharedPage("programmes", _view, _slots, _fragments, is_there=_is_there, found_as="heading.programmes")


def programme_pages(site: SiteViews) -> Iterator[Target]:
    """Yield the page of each programme."""
    for card in site.programme_cards:
        slots = list_slots(site.lang.code, "programme", card.id, card.lists)
        yield page_target(
            site.lang.page(
                card.ref, "programmes", ProgrammeView(card, site.lang.stale(site.lang.content, f"programmes.{card.id}"))
            ),
            "programme.html",
            slots,
        )
