"""The page with every pledge in one table; of a large city it leads to the parts of that table.

Units that follow each other are in one part. Who reads without scripts finds each part on a page of its own; a script
fetches the rows of a part when somebody asks for them, and of any city what is looked through beside the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.model.text.flow import flat
from gazette.model.text.markup import plain
from gazette.planning.counting import CHECKABLE, DEADLINE_ORDER, PART_OF_LEDGER, counted
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget, page_target
from gazette.planning.unit_views import UnitViews
from gazette.searching.beside import searched
from gazette.site.routes import ledger_rows
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.elements import Count
from gazette.site.views.files import HandedView
from gazette.site.views.ledger import LedgerPart, LedgerPartView, LedgerView

IN_PARTS_FROM = 500
"""A ledger of so many rows is in parts."""

UNITS_IN_A_PART = 16
"""So many units are in a part, by their positions: an edit of one makes its part anew, and no other."""


SPLIT_OF = f"split.{PART_OF_LEDGER}"
"""What the names of totals begin with that count the rows of a part whose pledges were split."""


def _part_of(unit: UnitViews) -> int:
    return (unit.unit_file.unit.order - 1) // UNITS_IN_A_PART + 1


def count_rows(unit: UnitViews) -> dict[str, int]:
    """What a unit adds to the rows of its part, and to those of pledges that were split."""
    part, rows = _part_of(unit), len(unit.entries)
    return {f"{PART_OF_LEDGER}{part}": rows, f"{SPLIT_OF}{part}": rows - len(counted(unit.entries))}


def _view(site: SiteViews) -> LedgerView:
    alerts, totals = (*site.late, *site.watched), site.totals
    parts = tuple(LedgerPart(number, rows, totals[f"{SPLIT_OF}{number}"]) for number, rows in totals.parts())

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
        parts=parts,
        in_parts=sum(part.rows for part in parts) >= IN_PARTS_FROM,
    )


def _slots(site: SiteViews) -> Iterator[Slot]:
    view = _view(site)
    yield from (_slot(site, "heads" if view.in_parts else "rows", part) for part in view.parts)


def _slot(site: SiteViews, name: str, part: LedgerPart) -> Slot:
    return Slot(f"{site.lang.code}/ledger/{name}/{part.number}")


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    ledger, part, group = SharedTarget(unit.lang, "ledger"), _part_of(unit), unit.group(unit.entries)
    yield ledger.fragment(f"ledger/rows/{part}", "ledger.html", group)
    yield ledger.fragment(f"ledger/heads/{part}", "ledger-head.html", group)
    words = "".join(f"{id}\t{words}\n" for id, words in _words(unit))
    yield Fragment(f"{unit.lang.code}/ledger/words/{part}", ledger.path, "pages", "text", words)


def _words(unit: UnitViews) -> Iterator[tuple[str, str]]:
    """What is looked through beside the rows of a unit: what is said of it, by its id, and of each of its pledges."""
    card = unit.card
    names = (card.signed_name, card.signed_title, card.also, *unit.former_names)
    yield card.id, searched(" ".join(names), card.name)
    for item in unit.items.values():
        named = (programme.name for programme in item.programmes)
        yield item.id, searched(" ".join((flat(plain(item.text)), *named)), item.title)


def ledger_pages(site: SiteViews, as_of: str) -> Iterator[Target]:
    """The pages of the parts, on the day `as_of` (ISO 8601), where the ledger is in parts."""
    view, themes = _view(site), tuple(site.lang.themes.values())
    for at, part in enumerate(view.parts if view.in_parts else ()):
        around = view.parts[at - 1] if at else None, view.parts[at + 1] if at + 1 < len(view.parts) else None
        page = site.lang.page(part.ref, "ledger", LedgerPartView(part, len(view.parts), themes, *around), as_of)
        yield page_target(page, "ledger-part.html", (_slot(site, "rows", part),))


def ledger_files(site: SiteViews) -> Iterator[Target]:
    """What the script of the ledger fetches: a file for each part."""
    view = _view(site)
    for part in view.parts:
        slots = {name: _slot(site, name, part) for name in ("words", *(("rows",) if view.in_parts else ()))}
        handed = HandedView("gazetteLedger", part.number, {slot.name: name for name, slot in slots.items()})
        path = ledger_rows(site.lang.code, part.number)
        yield Target(path, "pages", "handed", handed, slots=tuple(slots.values()))


LEDGER = SharedPage("ledger", _view, _slots, _fragments, dated=True, found_as="nav.ledger")
