"""The table of all pledges, as a page shows it, in a large city in parts."""

from __future__ import annotations

from gazette.site.views.elements import Count, Ref, View


class LedgerPart(View, frozen=True):
    """Some units' rows of the table: a `number` from 1 on, how many rows these are, and how many of them are of pledges
    that were `split`, which are counted as their parts."""

    number: int
    rows: int
    split: int

    @property
    def pledges(self) -> int:
        """How many pledges these rows count as."""
        return self.rows - self.split

    @property
    def ref(self) -> str:
        """The page of these rows alone."""
        return f"ledger-part:{self.number}"


class LedgerView(View, frozen=True):
    """Every pledge in one table of so many `rows`, or, where there is no room for them (`in_parts`), what leads to its
    parts. Beside each choice stands how many rows it leaves; `themes` are named in the order of `by_theme`."""

    pledges: int
    themes: tuple[Ref, ...]
    states: tuple[Count, ...]
    alerts: tuple[Count, ...]
    deadlines: tuple[Count, ...]
    by_theme: tuple[Count, ...]
    by_check: tuple[Count, ...]
    parts: tuple[LedgerPart, ...]
    in_parts: bool

    @property
    def rows(self) -> int:
        """How many rows there are, also of pledges that go on as others."""
        return sum(part.rows for part in self.parts)


class LedgerPartView(View, frozen=True):
    """A part of the table on a page of its own; `of` is how many parts there are."""

    part: LedgerPart
    of: int
    themes: tuple[Ref, ...]
    previous: LedgerPart | None
    following: LedgerPart | None
