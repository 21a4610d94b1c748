"""The room for the line that is being made: what the modules that make lines tell each other."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from gazette.pdf.composition.record import part


@dataclass(slots=True)
class Room:
    """The room for a line. All lengths are in CSS pixels (1/96 inch)."""

    shortage: float = 0.0
    """The line is made this much shorter than its block, to leave more for the next line."""
    allowance: float = 0.0
    """The line may be this much wider than its block, and is closed up afterwards."""
    across: float | None = None
    """The width of the line before it held any text; None before the first line."""
    edge: float = inf
    """Where on the page the place of the line ends; infinity before it is known."""
    is_last_try: bool = False
    """The line did not fit into its place and is made once more: a word may end it anywhere."""

    def taken(self, limit: float) -> float:
        """How much of the line other texts have taken, where `limit` is left."""
        return 0.0 if self.across is None else max(0.0, self.across - limit)


def present_room() -> Room:
    """The room for the present line of the document that is being made."""
    return part(Room)
