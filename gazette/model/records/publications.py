"""When pages were published: the first time, and the last time with something else on them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Publication(NamedTuple):
    """When a page was first published and when it last changed (with their time zones, to the minute), and the digests
    of what it shows since then (`site/shown.py`): a page with one of them is as it was."""

    first: datetime.datetime
    last: datetime.datetime
    shown: frozenset[str]

    def joined(self, other: Publication) -> Publication:
        """What two records of one page say together: the earlier first publication, the later change with its digests.
        In which order they are joined makes no difference."""
        first = min(self.first, other.first, key=_in_order)
        last = max(self.last, other.last, key=_in_order)
        latest = (each.shown for each in (self, other) if each.last == last)
        return Publication(first, last, frozenset().union(*latest))


Publications = Mapping[str, Publication]
"""The records of pages, by their paths."""


def _in_order(moment: datetime.datetime) -> tuple[datetime.datetime, str]:
    """What moments are compared by; one that is written in two time zones is the same either way."""
    return moment, moment.isoformat()


def joined(records: Iterable[tuple[str, Publication]]) -> dict[str, Publication]:
    """The records of pages, by path; several of one page count together."""
    found: dict[str, Publication] = {}
    for path, record in records:
        found[path] = found[path].joined(record) if path in found else record
    return found


def in_zone(at: datetime.datetime, timezone: str) -> datetime.datetime:
    """A moment by the clock of a time zone (an IANA name). One that says no zone was meant by that clock."""
    zone = ZoneInfo(timezone)
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def moment_of(at: datetime.datetime, timezone: str) -> datetime.datetime:
    """A moment as it is recorded: to the minute, by the clock of a time zone (an IANA name)."""
    local = in_zone(at, timezone).replace(second=0, microsecond=0)
    return local.replace(tzinfo=datetime.timezone(local.utcoffset() or datetime.timedelta()))


def moment_text(moment: datetime.datetime) -> str:
    """A moment as records and pages state it: `YYYY-MM-DDTHH:MM+08:00`."""
    return moment.isoformat(timespec="minutes")


def published(before: Publication | None, shown: frozenset[str], moment: datetime.datetime) -> Publication:
    """The record of a page that is published at a `moment` and shows what has the digests `shown`: where it showed the
    same `before`, no date moves. None ever goes back: a clock may be wrong."""
    if before is None:
        return Publication(moment, moment, shown)
    if before.shown & shown:
        return before._replace(shown=shown)
    return Publication(before.first, max(before.last, moment), shown)
