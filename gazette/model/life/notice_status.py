"""Where a public notice is: derived from its period, its result and the date it is measured against, never typed."""

from __future__ import annotations

import datetime
from typing import Literal

from gazette.model.records.notices import Notice

NoticeState = Literal["ahead", "open", "over", "unopposed", "not-upheld", "upheld", "several"]
"""Where a public notice is: not begun, open, over without a known result; or its result, `several` where that is not
the same for all of its pledges."""


def result_date(notice: Notice, pledge: str = "") -> datetime.date | None:
    """The day on which the result of a notice was known, for one of its pledges or (without `pledge`) for all; None
    where it is not."""
    results = [notice.result_of(id) for id in ((pledge,) if pledge else notice.pledges)]
    days = [result.date for result in results if result is not None]
    return max(days) if len(days) == len(results) else None


def has_begun(notice: Notice, as_of: datetime.date | None) -> bool:
    """Whether the days of a public notice have come by `as_of`, or at least by the day of the notice: before that no
    pledge can tell of it."""
    return notice.period is None or notice.period.begin <= (as_of or notice.date)


def notice_state(notice: Notice, as_of: datetime.date | None, pledge: str = "") -> NoticeState | None:
    """Where a public notice is on `as_of`, for one of its pledges or (without `pledge`) as a whole: that has a result
    when each of its pledges has. None where it has no period and no result, or no date to measure it against."""
    results = [notice.result_of(id) for id in ((pledge,) if pledge else notice.pledges)]
    known = {result.outcome for result in results if result is not None}
    if None not in results:
        return known.pop() if len(known) == 1 else "several"
    if notice.period is None or as_of is None:
        return None
    if as_of < notice.period.begin:
        return "ahead"
    return "open" if as_of <= notice.period.end else "over"
