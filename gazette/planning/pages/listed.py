"""Plans what the pages of themes and programmes list: pledges by unit, or how many each unit has."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.counting import LedgerEntry, counted
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.listed import Listed, UnitCount


def list_slots(language: str, kind: str, id: str, lists: Listed) -> tuple[Slot, ...]:
    """Return the slots of the list on the page of a theme or a programme (`kind`)."""
    names = {"pledges": (kind,), "units": (f"{kind}-units",), "nothing": ()}
    return tuple(Slot(f"{language}/{name}/{id}") for name in names[lists])


def list_fragments(unit: UnitViews, page: str, unit_entries: tuple[LedgerEntry, ...], asked: str) -> Iterator[Fragment]:
    """Yield what a unit adds to such a `page` (its reference): the pledges, and their number. All units together decide
    which of both is shown. `asked` is the query that finds the pledges in the ledger."""
    target, (kind, id), n = SharedTarget(unit.lang, page), page.split(":"), len(counted(unit_entries))
    count = UnitCount(unit.ref, unit.unit_file.id, asked, n, len(unit_entries) - n)
    yield target.fragment(f"{kind}/{id}", "group.html", unit.group(unit_entries))
    yield target.fragment(f"{kind}-units/{id}", "unit-count.html", count)
