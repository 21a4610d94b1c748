"""Checks a destination before anything is built for it: its identity, our access, and its lock. Takes and changes
nothing there."""

from __future__ import annotations

from pathlib import Path

from gazette.model.records.destinations import Destination
from gazette.publishing.opening import missing_here, open_destination
from gazette.publishing.refused import Refused


def in_the_way(destination: Destination, beside: Path) -> list[Refused]:
    """Return everything that is known to prevent a publication; [] if nothing is. Folders of this machine are relative
    to `beside`. Raises OSError."""
    missing = [*missing_here(destination)]
    if missing:
        return missing
    try:
        publisher = open_destination(destination, beside, "", lambda *_: "", makes=False)
        publisher.live()
        publisher.kept()
        publisher.check_lockable()
    except Refused as refused:
        return [refused]
    return []
