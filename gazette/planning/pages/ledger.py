"""Plans the page with every pledge in one table; in a large city it leads to the parts of that table.

Each part holds consecutive units. Readers without scripts find each part on a page of its own. A script fetches the
rows of a part on demand; in a vast city it first fetches the names of all units, and in any city the further words that
its search looks through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.model.text.flow import flat
from gazette.model.text.markup import plain
from gazette.planning.counting import CHECKABLE, DEADLINE_ORDER
from gazette.planning.pages.parts import names_slot, part_name, part_of, places
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget, page_target
from gazette.planning.unit_views import UnitViews
from gazette.searching.beside import searched
from gazette.site.routes import ledger_rows
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.elements import Count
from gazette.site.views.files import HandedView
from gazette.site.views.ledger import LedgerPartView, LedgerView
from gazette.site.views.parts import CityPart

UNITS_NAMED = 400
"""The most units that the table of a large city names; the script fetches the names of more."""

HEADS = 0
"""The number of the file with the names of all units; those of the parts follow from 1."""


def _view(site: SiteViews) -> LedgerView:
    alerts, totals = (*site.late, *site.watched), site.totals

    def counts(name: str, codes: Iterable[str], counted: str = "") -> tuple[Count, ...]:
        return tuple(Count(id, totals[f"{name}.{id}{counted}"] + totals[f"{name}.{id}.split"]) for id in codes)

    return LedgerView(
        pledges=site.pledges,
        themes=tuple(site.lang.themes.values()),
        states=site.states,
        alerts=alerts,
        deadlines=tuple(each for each in counts("deadline", DEADLINE_ORDER, ".pledges") if each.n),
        by_theme=counts("theme", site.lang.themes, ".pledges"),
        by_check=counts("checkable", CHECKABLE),
        parts=site.parts,
        in_parts=site.is_large,
        fetches_heads=_fetches_heads(site),
    )


def _fetches_heads(site: SiteViews) -> bool:
    return site.is_large and site.units > UNITS_NAMED


def _slots(site: SiteViews) -> Iterator[Slot]:
    if not site.is_large:
        yield from (_slot(site, "rows", part) for part in site.parts)
        return
    for part in site.parts:
        yield names_slot(site, part.number) if _fetches_heads(site) else _slot(site, "heads", part)
    yield Slot(f"{site.lang.code}/ledger/rows/", elsewhere=True)


def _slot(site: SiteViews, name: str, part: CityPart) -> Slot:
    return Slot(f"{site.lang.code}/ledger/{name}/{part.number}")


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    ledger, part, group = SharedTarget(unit.lang, "ledger"), part_of(unit), unit.group(unit.entries)
    yield ledger.fragment(f"ledger/rows/{part}", "ledger.html", group)
    yield ledger.fragment(f"ledger/heads/{part}", "ledger-head.html", group)
    yield part_name(unit)
    words = "".join(f"{id}\t{words}\n" for id, words in _words(unit))
    yield Fragment(f"{unit.lang.code}/ledger/words/{part}", ledger.path, "pages", "text", words)


def _words(unit: UnitViews) -> Iterator[tuple[str, str]]:
    """Yield what the search looks through besides the rows of a unit: words about the unit and about each pledge, by
    id."""
    card = unit.card
    names = (card.signed_name, card.signed_title, card.also, *unit.former_names)
    yield card.id, searched(" ".join(names), card.name)
    for item in unit.items.values():
        programmes = (programme.name for programme in item.programmes)
        yield item.id, searched(" ".join((flat(plain(item.text)), *programmes)), item.title)


def ledger_pages(site: SiteViews, as_of: str) -> Iterator[Target]:
    """Yield the pages of the parts, on the day `as_of` (ISO 8601), if the ledger is in parts."""
    themes = tuple(site.lang.themes.values())
    for part_place in places(site) if site.is_large else ():
        view = LedgerPartView(part_place, themes)
        page = site.lang.page(f"ledger-part:{part_place.part.number}", "ledger", view, as_of)
        yield page_target(page, "ledger-part.html", (_slot(site, "rows", part_place.part),))


def ledger_files(site: SiteViews) -> Iterator[Target]:
    """Yield what the script of the ledger fetches: a file for each part, and one with the names of the units."""
    if _fetches_heads(site):
        yield _handed(site, HEADS, {_slot(site, "heads", part): f"{part.number}" for part in site.parts})
    for part in site.parts:
        names = ("words", *(("rows",) if site.is_large else ()))
        yield _handed(site, part.number, {_slot(site, name, part): name for name in names})


def _handed(site: SiteViews, number: int, slots: dict[Slot, str]) -> Target:
    view = HandedView("gazetteLedger", number, {slot.name: name for slot, name in slots.items()})
    return Target(ledger_rows(site.lang.code, number), "pages", "handed", view, slots=tuple(slots))


LEDGER = SharedPage("ledger", _view, _slots, _fragments, dated=True, found_as="nav.ledger")
