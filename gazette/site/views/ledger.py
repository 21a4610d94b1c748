"""Defines the views of the table of all pledges, which a large city divides into parts."""

from __future__ import annotations

from gazette.site.views.elements import Count, Ref, View
from gazette.site.views.parts import CityPart, PartPlace


class LedgerView(View, frozen=True):
    """All pledges in one table, or, if it has no room for them (`in_parts`), links to its parts.

    The links name all units, or only the first and last of each part (`fetches_heads`: the script then fetches the
    names). Each choice states how many rows it leaves; `themes` are in the order of `by_theme`.
    """

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
        """The number of rows, including those of pledges that others continue."""
        return sum(part.rows for part in self.parts)


class LedgerPartView(View, frozen=True):
    """A part of the table on a page of its own."""

    place: PartPlace
    themes: tuple[Ref, ...]
