"""The parts that pages of a large city are in."""

from __future__ import annotations

from gazette.site.views.elements import View


class CityPart(View, frozen=True):
    """Some units that follow each other: a `number` from 1 on, how many rows of the ledger are theirs, and how many of
    these are of pledges that were `split`, which are counted as their parts."""

    number: int
    rows: int
    split: int

    @property
    def pledges(self) -> int:
        """How many pledges these rows count as."""
        return self.rows - self.split


class PartPlace(View, frozen=True):
    """Which part of a page stands on a page of its own, of how many (`of`), and what stands before and after it."""

    part: CityPart
    of: int
    previous: CityPart | None
    following: CityPart | None


class Parted(View, frozen=True):
    """What a page shows of the units: all of them, if it says nothing else; what it `leads_to`, if these are in parts;
    if it is the page of a part, which (`place`)."""

    leads_to: tuple[CityPart, ...] = ()
    place: PartPlace | None = None

    @property
    def number(self) -> str:
        """That of the part, in words; empty where there is none."""
        return f"{self.place.part.number}" if self.place else ""
