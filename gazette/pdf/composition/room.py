"""How much room there is for a line: what the modules that make it tell each other, for each document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary


@dataclass(slots=True)
class Room:
    """The room for the line that is being made, in CSS pixels."""

    shortage: float = 0.0
    """By so much the line is made shorter than its block, to leave more for the next one."""
    allowance: float = 0.0
    """By so much it may be wider than its block, to be closed up then."""
    across: float | None = None
    """Its width before any text took of it; None before the first line."""

    def taken(self, limit: float) -> float:
        """How much of the line other texts have taken where `limit` is left."""
        return 0.0 if self.across is None else max(0.0, self.across - limit)


def room_of(context: Any) -> Room:
    """The room in the document that a `LayoutContext` of WeasyPrint lays out; without a context (a drawing is measured)
    there is nothing to know."""
    if context is None:
        return Room()
    room = _rooms.get(context)
    if room is None:
        room = _rooms[context] = Room()
    return room


_rooms: WeakKeyDictionary[Any, Room] = WeakKeyDictionary()
