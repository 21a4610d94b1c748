"""Reads the periods of recurring pledges, and finds the next one."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import msgspec

from gazette.model.forms.dates import FIRST_YEAR, LAST_YEAR
from gazette.model.forms.fields import FieldType, Languages, invalid, refuse_full_width

MONTHS = {"monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}
"""Months in a period of each rhythm (`dates.RHYTHMS`)."""

_FORMS = {"monthly": "{year}-{n:02}", "quarterly": "{year}-Q{n}", "half-yearly": "{year}-H{n}", "yearly": "{year}"}
_PERIOD = r"([0-9]{4})(?:-(?:(Q[1-4])|(H[12])|(0[1-9]|1[0-2])))?"
_PATTERN = r"[0-9]{4}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?"


class Period(msgspec.Struct, frozen=True):
    """A month, quarter, half-year or year, with its first and last day. `n` is its number in the year, from 1."""

    stated: str
    rhythm: str
    first: datetime.date
    last: datetime.date
    year: int
    n: int


def period(rhythm: str, year: int, n: int) -> Period:
    """The `n`-th period (from 1) of a year."""
    months = MONTHS[rhythm]
    first = datetime.date(year, (n - 1) * months + 1, 1)
    last = (first + datetime.timedelta(days=31 * months)).replace(day=1) - datetime.timedelta(days=1)
    return Period(stated=_FORMS[rhythm].format(year=year, n=n), rhythm=rhythm, first=first, last=last, year=year, n=n)


def period_with(rhythm: str, day: datetime.date) -> Period:
    """The period that `day` lies in."""
    return period(rhythm, day.year, (day.month - 1) // MONTHS[rhythm] + 1)


def following(before: Period) -> Period:
    """The next period."""
    return period_with(before.rhythm, before.last + datetime.timedelta(days=1))


def in_spans(stated: Iterable[str]) -> Iterator[tuple[Period, Period]]:
    """The first and last period of each run without a gap. `stated` are periods as written, in order."""
    run: list[Period] = []
    for current in map(read_period, stated):
        if run and following(run[-1]) != current:
            yield run[0], run[-1]
            run = []
        run.append(current)
    if run:
        yield run[0], run[-1]


# ── how they are written ─────────────────────────────────────────────────────

_NUMBERS = {"一": "1", "二": "2", "三": "3", "四": "4", "上": "1", "下": "2"}
_ELSEWHERE = (
    (r"([0-9]{4})年?[-./ ]?Q([1-4])", "{}-Q{}"),
    (r"Q([1-4])[-./ ]?([0-9]{4})", "{1}-Q{0}"),
    (r"([0-9]{4})年?第?([1-4一二三四])季度?", "{}-Q{}"),
    (r"([0-9]{4})年?[-./ ]?H([12])", "{}-H{}"),
    (r"H([12])[-./ ]?([0-9]{4})", "{1}-H{0}"),
    (r"([0-9]{4})年?([上下])半年", "{}-H{}"),
    (r"([0-9]{4})[年./-]([0-9]{1,2})月?", "{}-{:0>2}"),
    (r"([0-9]{4})(?:年度?|全年)", "{}"),
)
"""Other notations of periods, and the right form of each."""


def _likely(found: str) -> str:
    """The period that was probably meant, in the right form; "" if unclear."""
    half = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", found)).strip().upper()
    for pattern, form in _ELSEWHERE:
        if match := re.fullmatch(pattern, half):
            likely = form.format(*(_NUMBERS.get(part, part) for part in match.groups()))
            return likely if re.fullmatch(_PERIOD, likely) else ""
    return ""


def read_period(value: Any, _: Languages = ()) -> Period:
    """Read a period: `2031`, `2031-H1`, `2031-Q3` or `2031-07`. Raises InvalidValue for anything else."""
    stated = value.strip() if isinstance(value, str) else ""
    match = re.fullmatch(_PERIOD, stated)
    if not match:
        refuse_full_width(stated, _PERIOD)
        raise invalid("period_form", near=_likely(stated))
    year = int(match[1])
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise invalid("year_range", first=FIRST_YEAR, last=LAST_YEAR)
    for group, rhythm in ((2, "quarterly"), (3, "half-yearly"), (4, "monthly")):
        if match[group]:
            return period(rhythm, year, int(match[group].lstrip("QH")))
    return period("yearly", year, 1)


_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": f"^{_PATTERN}$"},
        {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
    ]
}

StatedPeriod = Annotated[Period, FieldType(read_period, _SCHEMA)]
