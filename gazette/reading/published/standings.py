"""Counts from each edition's snapshot how far its pledges were."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from gazette.files.cache import Cache
from gazette.messages.problems import FileProblems
from gazette.model.life.status import LATE
from gazette.model.published.snapshots import gathered
from gazette.model.records.editions import SNAPSHOT, Edition, Standing
from gazette.reading.published.editions import edition_folder
from gazette.reading.published.snapshot import parse_snapshot


def with_standings(root: Path, editions: tuple[Edition, ...], cache: Cache) -> tuple[Edition, ...]:
    """The editions of the content folder `root`, each with its standing. A standing never changes, so it is counted
    once and kept in `cache`."""
    source = "\n".join(f"{edition.number} {edition.snapshot}" for edition in editions)
    standings = cache.get_or_compute(
        "standings", source, lambda: [_standing(root, each) for each in editions], list[Standing | None]
    )
    return tuple(replace(edition, standing=one) for edition, one in zip(editions, standings, strict=True))


def _standing(root: Path, edition: Edition) -> Standing | None:
    """The standing of an edition; None if this program cannot read its snapshot."""
    path = edition_folder(root, edition.number) / SNAPSHOT
    try:
        lines = parse_snapshot(path.name, path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, FileProblems):
        return None
    pledges = [each for each in gathered(lines).values() if each.unit and not each.is_unit and not each.of]
    states = Counter(each.value("state").partition(" ")[0] for each in pledges)
    alerts = ((each.id, next((alert for alert in each.values("alert") if alert in LATE), "")) for each in pledges)
    late = tuple((id, alert) for id, alert in alerts if alert)
    return Standing(tuple(sorted(states.items())), len(late), late)


def said_late(editions: Iterable[Edition]) -> dict[str, tuple[tuple[datetime.date, str], ...]]:
    """`{pledge id then: ((reference date, alert), …)}` of pledges that editions called late."""
    alerts: dict[str, tuple[tuple[datetime.date, str], ...]] = {}
    for edition in editions:
        if edition.standing is not None and edition.as_of is not None:
            for id, alert in edition.standing.said_late:
                alerts[id] = (*alerts.get(id, ()), (edition.as_of, alert))
    return alerts
