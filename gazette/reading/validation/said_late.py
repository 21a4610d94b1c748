"""Whether a pledge was late as an edition said it was: what was told later, of an earlier day, needs a dated reason."""

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
"""The pledges that editions called late, by their ids of then: the day that an edition speaks of, and the alert."""

_REASONS = {"alert", "deadline", "moved"}
"""What a revision may keep that says why: what the edition said, or the deadline that it went by."""


def check_said_late(location: Location, pledge: Pledge, said: SaidLate) -> None:
    """A pledge, which stands at `location`, was late on the days on which editions `said` so, or a revision of that day
    or later says why it was not."""
    if pledge.draft:
        return
    for id in (pledge.id, *pledge.formerly):
        for day, alert in said.get(id, ()):
            own = until(pledge.without_drafts(), day)
            if not status(own, day).is_late and not _is_explained(pledge, day):
                *_, (loc, found) = _told(pledge, own)
                location.within(*loc).report("said_late", found=found, date=day, alert=alert)
                return


def _is_explained(pledge: Pledge, day: datetime.date) -> bool:
    later = (revision for revision in pledge.revisions if revision.date >= day)
    return any(not _REASONS.isdisjoint(said_before(revision.was)) for revision in later)


def _told(pledge: Pledge, own: Pledge) -> Iterator[tuple[Loc, object]]:
    """What may have made a pledge not late, of what had happened by then (`own`), the likeliest last."""
    yield ("deadline",), pledge.deadline.stated
    yield from ((("moved", pledge.moved.index(each), "date"), each.date) for each in own.moved)
    for name in ("withdrawn", "split"):
        if (gone := getattr(own, name)) is not None:
            yield (name, "date"), gone.date
    accepted = (each for each in own.updates if each.state in ("accepted", "reopened"))
    yield from ((("updates", pledge.updates.index(each), "date"), each.date) for each in accepted)
