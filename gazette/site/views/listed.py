"""What the page of a theme or a programme lists, and what it says of a unit where that is not its pledges."""

from __future__ import annotations

from typing import Literal

from gazette.site.views.elements import Ref, View

Listed = Literal["pledges", "units", "nothing"]
"""The pledges; where these are too many, the units, each with how many it has; where those are too many, nothing."""


class UnitCount(View, frozen=True):
    """How many pledges a unit has of a theme or a programme, and how many more were `split`, which are counted as their
    parts; `asked` is the choice that finds them in the ledger."""

    unit: Ref
    anchor: str
    asked: str
    pledges: int
    split: int
