"""Derives the state of a public notice from its period, its results and the reference date; it is never typed."""

from __future__ import annotations

import datetime
from typing import Literal

from gazette.model.records.notices import Notice

NoticeState = Literal["ahead", "open", "over", "unopposed", "not-upheld", "upheld", "several"]
"""The state of a public notice: not begun, open, over without a known result, or its result. `several` means that its
pledges have different results."""


def result_date(notice: Notice, pledge: str = "") -> datetime.date | None:
    """The day on which the result was known for `pledge`, or for all pledges if `pledge` is empty; None if it is not
    known."""
    results = [notice.result_of(id) for id in ((pledge,) if pledge else notice.pledges)]
    days = [result.date for result in results if result is not None]
    return max(days) if len(days) == len(results) else None


def has_begun(notice: Notice, as_of: datetime.date | None) -> bool:
    """True if the notice has no period, or if its first day has come by `as_of`; without `as_of`, by the notice's own
    date."""
    return notice.period is None or notice.period.begin <= (as_of or notice.date)


def notice_state(notice: Notice, as_of: datetime.date | None, pledge: str = "") -> NoticeState | None:
    """The state on `as_of` for `pledge`, or for the whole notice if `pledge` is empty, which has a result once all its
    pledges have one.

    None if no result is known and there is no period or no `as_of`.
    """
    results = [notice.result_of(id) for id in ((pledge,) if pledge else notice.pledges)]
    outcomes = {result.outcome for result in results if result is not None}
    if None not in results:
        return outcomes.pop() if len(outcomes) == 1 else "several"
    if notice.period is None or as_of is None:
        return None
    if as_of < notice.period.begin:
        return "ahead"
    return "open" if as_of <= notice.period.end else "over"
