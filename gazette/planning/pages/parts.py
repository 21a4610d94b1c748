"""Divides the pages of a large city into parts of consecutive units.

The page itself leads to its parts. Each part is a page of its own, and is named after its first and last unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.counting import PART_OF_LEDGER, counted
from gazette.planning.site_views import SPLIT_OF, SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.elements import Count
from gazette.site.views.parts import Parted, PartPlace

UNITS_IN_A_PART = 16
"""The number of positions in a part: an edit of one unit rebuilds its part, and no other."""

UNITS_ON_A_PAGE = 32
"""In a large city, the most units on a page that has a paragraph for each."""


def part_of(unit: UnitViews) -> int:
    """Return the number of the part (from 1) that a unit is in."""
    return (unit.unit_file.unit.order - 1) // UNITS_IN_A_PART + 1


def count_rows(unit: UnitViews) -> dict[str, int]:
    """Return what a unit adds to its part: the rows of the ledger, those of split pledges, and itself."""
    part, rows = part_of(unit), len(unit.entries)
    split = rows - len(counted(unit.entries))
    return {f"{PART_OF_LEDGER}{part}": rows, f"{SPLIT_OF}{part}": split, f"part.{part}.{unit.card.kind}": 1}


def places(site: SiteViews) -> Iterator[PartPlace]:
    """Yield the parts in order, each with its neighbours."""
    around = (None, *site.parts), (*site.parts[1:], None)
    for part, previous, following in zip(site.parts, *around, strict=False):
        yield PartPlace(part, len(site.parts), previous, following)


def names_slot(site: SiteViews, number: int) -> Slot:
    """Return the slot with the names of the first and the last unit of a part."""
    return Slot(f"{site.lang.code}/parts/{number}", site.lang.content.word("gap.to", site.lang.code), span=True)


def part_name(unit: UnitViews) -> Fragment:
    """Return the name of a unit for that slot, in case it is the first or last of its part."""
    return SharedTarget(unit.lang, "ledger").fragment(f"parts/{part_of(unit)}", "name.html", unit.short_ref)


# ── pages with a paragraph for each unit ─────────────────────────────────────


def page_itself(site: SiteViews) -> Parted:
    """Return what such a page shows at its own address: all units, or links to its parts."""
    return Parted(site.parts if _in_parts(site) else ())


def its_parts(site: SiteViews) -> Iterator[Parted]:
    """Yield what it shows on further pages, if it is in parts."""
    if _in_parts(site):
        yield from (Parted(place=each) for each in places(site))


def _in_parts(site: SiteViews) -> bool:
    return site.is_large and site.units > UNITS_ON_A_PAGE


def kinds_shown(site: SiteViews, parted: Parted) -> tuple[Count, ...]:
    """Return how many units of each kind stand on a page, without kinds that it has none of."""
    if parted.place is None:
        return site.unit_kinds
    counts = (Count(kind, site.totals[f"part.{parted.number}.{kind}"]) for kind in site.totals.kinds)
    return tuple(count for count in counts if count.n)


def unit_slot(unit: UnitViews, name: str) -> str:
    """Return the slot of a unit's entry on such a page, without the language."""
    return f"{name}/{unit.card.kind}/{part_of(unit)}"


def unit_slots(site: SiteViews, name: str, parted: Parted) -> Iterator[Slot]:
    """Yield the slots of the units' entries. A page that leads to its parts has them too (`elsewhere`), so that it is
    rebuilt when they change."""
    code = site.lang.code
    yield from (names_slot(site, part.number) for part in parted.leads_to)
    for kind in site.totals.kinds:
        yield Slot(f"{code}/{name}/{kind}/{parted.number}", elsewhere=bool(parted.leads_to))
