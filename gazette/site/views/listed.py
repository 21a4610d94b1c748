"""Defines what the page of a theme or programme lists when its pledges are too many."""

from __future__ import annotations

from typing import Literal

from gazette.site.views.elements import Ref, View

Listed = Literal["pledges", "units", "nothing"]
"""The pledges; if they are too many, the units with their numbers of pledges; if these are too many, nothing."""


class UnitCount(View, frozen=True):
    """The number of a unit's pledges in a theme or programme. `split` more are counted by their parts. `asked` is the
    ledger's choice that finds them."""

    unit: Ref
    anchor: str
    asked: str
    pledges: int
    split: int
