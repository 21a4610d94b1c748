"""The table of all pledges, as a page shows it, in a large city in parts."""

from __future__ import annotations

from gazette.site.views.elements import Count, Ref, View
from gazette.site.views.parts import CityPart, PartPlace


class LedgerView(View, frozen=True):
    """Every pledge in one table of so many `rows`, or, where there is no room for them (`in_parts`), what leads to its
    parts, with the names of all units, or with those of the first and the last of each part alone (`fetches_heads`).
    Beside each choice stands how many rows it leaves; `themes` are named in the order of `by_theme`."""

    pledges: int
    themes: tuple[Ref, ...]
    states: tuple[Count, ...]
    alerts: tuple[Count, ...]
    deadlines: tuple[Count, ...]
    by_theme: tuple[Count, ...]
    by_check: tuple[Count, ...]
    parts: tuple[CityPart, ...]
    in_parts: bool
    fetches_heads: bool = False

    @property
    def rows(self) -> int:
        """How many rows there are, also of pledges that go on as others."""
        return sum(part.rows for part in self.parts)


class LedgerPartView(View, frozen=True):
    """A part of the table on a page of its own."""

    place: PartPlace
    themes: tuple[Ref, ...]
