"""When pages were published: the first time, and the last time with something else on them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo


class Publication(NamedTuple):
    """When a page was first published and when it last changed (with their time zones, to the minute), and the digest
    of what it has shown since then."""

    first: datetime.datetime
    last: datetime.datetime
    digest: str

    def joined(self, other: Publication) -> Publication:
        """What two records of one page say together: the earlier first publication, the later change with its digest.
        In which order they are joined makes no difference."""
        latest = max(self, other, key=lambda each: (each.last, each.digest, each.last.isoformat()))
        first = min(self.first, other.first, key=lambda each: (each, each.isoformat()))
        return Publication(first, latest.last, latest.digest)


Publications = Mapping[str, Publication]
"""The records of pages, by their paths."""


def joined(records: Iterable[tuple[str, Publication]]) -> dict[str, Publication]:
    """The records of pages, by path; several of one page count together."""
    found: dict[str, Publication] = {}
    for path, record in records:
        found[path] = found[path].joined(record) if path in found else record
    return found


def moment_of(at: datetime.datetime, timezone: str) -> datetime.datetime:
    """A moment as it is recorded: to the minute, by the clock of a time zone (an IANA name)."""
    local = at.astimezone(ZoneInfo(timezone)).replace(second=0, microsecond=0)
    offset = local.utcoffset() or datetime.timedelta()
    return local.replace(tzinfo=datetime.timezone(offset))


def moment_text(moment: datetime.datetime) -> str:
    """A moment as records and pages state it: `YYYY-MM-DDTHH:MM+08:00`."""
    return moment.isoformat(timespec="minutes")


def published(before: Publication | None, digest: str, moment: datetime.datetime) -> Publication:
    """The record of a page that is published at a `moment` and shows what has the `digest`: where it showed the same
    `before`, nothing of it moves."""
    if before is None:
        return Publication(moment, moment, digest)
    if before.digest == digest:
        return before
    return Publication(min(before.first, moment), moment, digest)
