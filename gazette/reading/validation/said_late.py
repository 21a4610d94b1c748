"""Checks that pledges were late when editions said so. A later report that denies it needs a dated reason."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from gazette.messages.problems import Loc
from gazette.model.life.earlier import until
from gazette.model.life.status import status
from gazette.model.records.revisions import said_before
from gazette.model.records.units import Pledge
from gazette.reading.location import Location

SaidLate = Mapping[str, tuple[tuple[datetime.date, str], ...]]
"""`{pledge id then: ((reference date, alert), …)}` of pledges that editions called late."""

_REASONS = {"alert", "deadline", "moved"}
"""Fields of a revision that can be the reason: the edition's alert, or the deadline that it used."""


def check_said_late(location: Location, pledge: Pledge, said: SaidLate) -> None:
    """Report a pledge that, by what it states now, was not late when an edition `said` so, unless a revision of that
    day or later explains it."""
    if pledge.draft:
        return
    for id in (pledge.id, *pledge.formerly):
        for day, alert in said.get(id, ()):
            then = until(pledge.without_drafts(), day)
            if not status(then, day).is_late and not _is_explained(pledge, day):
                *_, (loc, found) = _told(pledge, then)
                location.within(*loc).report("said_late", found=found, date=day, alert=alert)
                return


def _is_explained(pledge: Pledge, day: datetime.date) -> bool:
    later = (revision for revision in pledge.revisions if revision.date >= day)
    return any(not _REASONS.isdisjoint(said_before(revision.was)) for revision in later)


def _told(pledge: Pledge, own: Pledge) -> Iterator[tuple[Loc, object]]:
    """Records that may have made the pledge not late on that day (`own` is the pledge as of then), the likeliest
    last."""
    yield ("deadline",), pledge.deadline.stated
    yield from ((("moved", pledge.moved.index(each), "date"), each.date) for each in own.moved)
    for name in ("withdrawn", "split"):
        if (gone := getattr(own, name)) is not None:
            yield (name, "date"), gone.date
    accepted = (each for each in own.updates if each.state in ("accepted", "reopened"))
    yield from ((("updates", pledge.updates.index(each), "date"), each.date) for each in accepted)
