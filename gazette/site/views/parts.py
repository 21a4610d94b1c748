"""Defines the parts into which a large city's pages are divided."""

from __future__ import annotations

from gazette.site.views.elements import View


class CityPart(View, frozen=True):
    """A run of units: its `number` from 1, and the number of their ledger rows. `split` of these are of split pledges,
    which are counted by their parts."""

    number: int
    rows: int
    split: int

    @property
    def pledges(self) -> int:
        """The number of pledges that these rows count as."""
        return self.rows - self.split


class PartPlace(View, frozen=True):
    """The part that a page shows, the number of parts (`of`), and the parts before and after it."""

    part: CityPart
    of: int
    previous: CityPart | None
    following: CityPart | None


class Parted(View, frozen=True):
    """The units that a page shows: all of them by default; links to parts (`leads_to`); or, on the page of a part, that
    part (`place`)."""

    leads_to: tuple[CityPart, ...] = ()
    place: PartPlace | None = None

    @property
    def number(self) -> str:
        """The number of the part, as text; "" if there is none."""
        return f"{self.place.part.number}" if self.place else ""
