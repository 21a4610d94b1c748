"""Records when pages were published first, and when they last changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Publication(NamedTuple):
    """When a page was first published and when it last changed, to the minute and with time zones. `shown` holds
    digests of what the page shows (`site/shown.py`): a page with one of them has not changed since."""

    first: datetime.datetime
    last: datetime.datetime
    shown: frozenset[str]

    def joined(self, other: Publication) -> Publication:
        """Two records of one page as one: the earlier first publication, the later change with its digests. The order
        makes no difference."""
        first = min(self.first, other.first, key=_in_order)
        last = max(self.last, other.last, key=_in_order)
        latest = (each.shown for each in (self, other) if each.last == last)
        return Publication(first, last, frozenset().union(*latest))


Publications = Mapping[str, Publication]
"""`{path: record}` of pages."""


def _in_order(moment: datetime.datetime) -> tuple[datetime.datetime, str]:
    """The sort key of moments; the text breaks ties between time zones."""
    return moment, moment.isoformat()


def joined(records: Iterable[tuple[str, Publication]]) -> dict[str, Publication]:
    """`{path: record}`; several records of one page are joined."""
    merged: dict[str, Publication] = {}
    for path, record in records:
        merged[path] = merged[path].joined(record) if path in merged else record
    return merged


def in_zone(at: datetime.datetime, timezone: str) -> datetime.datetime:
    """The moment in a time zone (IANA name). A moment without a zone is taken to be in that zone."""
    zone = ZoneInfo(timezone)
    return at.replace(tzinfo=zone) if at.tzinfo is None else at.astimezone(zone)


def moment_of(at: datetime.datetime, timezone: str) -> datetime.datetime:
    """The moment as records keep it: to the minute, in a time zone (IANA name) with a fixed offset."""
    local = in_zone(at, timezone).replace(second=0, microsecond=0)
    return local.replace(tzinfo=datetime.timezone(local.utcoffset() or datetime.timedelta()))


def moment_text(moment: datetime.datetime) -> str:
    """The moment as records and pages state it: `YYYY-MM-DDTHH:MM+08:00`."""
    return moment.isoformat(timespec="minutes")


def published(before: Publication | None, shown: frozenset[str], moment: datetime.datetime) -> Publication:
    """The new record of a page published at `moment` whose content has the digests `shown`. Dates do not move if it
    showed the same before, and never go back, because a clock may be wrong."""
    if before is None:
        return Publication(moment, moment, shown)
    if before.shown & shown:
        return before._replace(shown=shown)
    return Publication(before.first, max(before.last, moment), shown)
