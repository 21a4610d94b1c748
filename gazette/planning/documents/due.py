"""The pledges of a unit by the day on which they are due, as documents list them."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.life.status import ALERTS
from gazette.planning import counting
from gazette.planning.counting import LedgerEntry

Due = tuple[str, str, str, tuple[LedgerEntry, ...]]
"""A slot (without document and language), the kind of deadline or the alert, a day (ISO 8601, or nothing), and the
pledges of that day."""


def with_a_time(own: tuple[LedgerEntry, ...]) -> Iterator[Due]:
    """The pledges whose deadline says when."""
    for kind in counting.WITH_A_TIME:
        for day, due in counting.by_date(counting.of_deadline(counting.counted(own), kind)):
            yield f"lane/{kind}", kind, day, due


def late(own: tuple[LedgerEntry, ...]) -> Iterator[Due]:
    """The pledges that are late, and those of which the day says something else."""
    for alert in ALERTS:
        for day, due in counting.by_date(counting.of_alert(own, alert)):
            yield f"late/{alert}", alert, day, due
