"""Where a public notice is: derived from its period, its result and the date it is measured against, never typed."""

from __future__ import annotations

import datetime
from typing import Literal

from gazette.model.records.notices import Notice

NoticeState = Literal["ahead", "open", "over", "unopposed", "not-upheld", "upheld"]
"""Where a public notice is: not begun, open, over without a known result; or its result."""


def has_begun(notice: Notice, as_of: datetime.date | None) -> bool:
    """Whether the days of a public notice have come by `as_of`, or at least by the day of the notice: before that no
    pledge can tell of it."""
    return notice.period is None or notice.period.begin <= (as_of or notice.date)


def notice_state(notice: Notice, as_of: datetime.date | None) -> NoticeState | None:
    """Where a public notice is on `as_of`; None where it has no period and no result, or no date to measure it
    against."""
    if notice.result is not None:
        return notice.result.outcome
    if notice.period is None or as_of is None:
        return None
    if as_of < notice.period.begin:
        return "ahead"
    return "open" if as_of <= notice.period.end else "over"
