"""What the pages of themes and programmes list: pledges by unit, or how many each unit has."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.counting import LedgerEntry, counted
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.listed import Listed, UnitCount


def list_slots(language: str, kind: str, id: str, lists: Listed) -> tuple[Slot, ...]:
    """The place of what the page of a theme or a programme (`kind`) lists of each unit."""
    names = {"pledges": (kind,), "units": (f"{kind}-units",), "nothing": ()}
    return tuple(Slot(f"{language}/{name}/{id}") for name in names[lists])


def list_fragments(unit: UnitViews, page: str, own: tuple[LedgerEntry, ...], asked: str) -> Iterator[Fragment]:
    """What a unit adds to such a `page` (its reference): the pledges, and how many; `asked` finds them in the ledger.
    Which of both is shown depends on all units."""
    target, (kind, id), n = SharedTarget(unit.lang, page), page.split(":"), len(counted(own))
    count = UnitCount(unit.ref, unit.unit_file.id, asked, n, len(own) - n)
    yield target.fragment(f"{kind}/{id}", "group.html", unit.group(own))
    yield target.fragment(f"{kind}-units/{id}", "unit-count.html", count)
