"""Groups the pledges of a unit by the day on which they are due, as documents list them."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.life.status import ALERTS
from gazette.planning import counting
from gazette.planning.counting import LedgerEntry

Due = tuple[str, str, str, tuple[LedgerEntry, ...]]
"""A slot (without document and language), the kind of deadline or the alert, a day (ISO 8601, or ""), and the pledges
of that day."""


def with_a_time(unit_entries: tuple[LedgerEntry, ...]) -> Iterator[Due]:
    """Yield the pledges whose deadline names a date or a rhythm."""
    for kind in counting.WITH_A_TIME:
        for day, due in counting.by_date(counting.of_deadline(counting.counted(unit_entries), kind)):
            yield f"lane/{kind}", kind, day, due


def late(unit_entries: tuple[LedgerEntry, ...]) -> Iterator[Due]:
    """Yield the pledges that have an alert: those that are late, then those to be watched."""
    for alert in ALERTS:
        for day, due in counting.by_date(counting.of_alert(unit_entries, alert)):
            yield f"late/{alert}", alert, day, due
