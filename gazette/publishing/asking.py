"""What a destination is asked before anything is built for it: whether it is who it should be, lets us in, and has room
for one who publishes. Nothing is taken there, and nothing changed."""

from __future__ import annotations

from pathlib import Path

from gazette.model.records.destinations import Destination
from gazette.publishing.opening import missing_here, open_destination
from gazette.publishing.refused import Refused


def in_the_way(destination: Destination, beside: Path) -> list[Refused]:
    """All that is known to stand in the way of a publication; nothing where there is nothing. Folders of this machine
    are seen from the folder `beside`. Raises OSError."""
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
