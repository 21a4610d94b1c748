"""Reads days and deadlines."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Annotated, Any, Literal

import msgspec

from gazette.model.forms.fields import FieldType, InvalidValue, Languages, invalid, refuse_full_width

FIRST_YEAR, LAST_YEAR = 1900, 2999

DeadlineKind = Literal["date", "month", "year", "period", "rhythm", "limit", "standing", "unstated"]

_DAY, _MONTH, _YEAR = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{4}-[0-9]{2}", "[0-9]{4}"
_TIMES = (
    (r"([0-9]{4}) ?[年./-] ?([0-9]{1,2}) ?[月./-] ?([0-9]{1,2}) ?[日号]?", (1, 2, 3)),
    (r"([0-9]{1,2}) ?[./-] ?([0-9]{1,2}) ?[./-] ?([0-9]{4})", (3, 2, 1)),
    (r"([0-9]{4})([0-9]{2})([0-9]{2})", (1, 2, 3)),
    (r"([0-9]{4}) ?[年./-] ?([0-9]{1,2}) ?月?", (1, 2)),
    (r"([0-9]{4}) ?年", (1,)),
)
"""Other notations of dates, months and years, with the groups that hold year, month and day."""

_DAY_NUMBER = "[3-7][0-9]{4}"
"""A day as spreadsheets count it: the number that a date (1982 to 2119) leaves in a cell formatted as a number."""

_DAY_ZERO = datetime.date(1899, 12, 30)


# ── days ─────────────────────────────────────────────────────────────────────


def _day(stated: str) -> datetime.date:
    if not FIRST_YEAR <= int(stated[:4]) <= LAST_YEAR:
        raise invalid("year_range", first=FIRST_YEAR, last=LAST_YEAR)
    try:
        return datetime.date.fromisoformat(stated)
    except ValueError:
        raise invalid("date_impossible") from None


def _likely_time(found: str) -> str:
    """The date, month or year that was probably meant, in the right form; "" if unclear."""
    half = unicodedata.normalize("NFKC", found).strip()
    for pattern, order in _TIMES:
        match = re.fullmatch(pattern, half)
        if match:
            likely = "-".join(match[n].zfill(2) for n in order)
            try:
                _span(likely)
            except InvalidValue:
                return ""
            return likely
    return str(_DAY_ZERO + datetime.timedelta(int(half))) if re.fullmatch(_DAY_NUMBER, half) else ""


def _read_date(value: Any, _: Languages) -> datetime.date:
    text = value.strip() if isinstance(value, str) else ""
    if re.fullmatch(_DAY, text):
        return _day(text)
    refuse_full_width(text, _DAY)
    likely = _likely_time(text)
    raise invalid("date_form", near=likely if re.fullmatch(_DAY, likely) else "")


Date = Annotated[datetime.date, FieldType(_read_date, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]


# ── deadlines ────────────────────────────────────────────────────────────────


class Deadline(msgspec.Struct, frozen=True):
    """A deadline as the source states it. `first` and `last` bound the stated time, both included; None if it has no
    dates."""

    kind: DeadlineKind
    stated: str
    first: datetime.date | None = None
    last: datetime.date | None = None


RHYTHMS = ("monthly", "quarterly", "half-yearly", "yearly")
"""How often a recurring pledge is due."""

UNDATED: tuple[DeadlineKind, ...] = ("limit", "standing", "unstated")
"""The kinds of deadline that are written as their own name."""


_SAID = {
    "长期": "standing",
    "每月": "monthly",
    "每季度": "quarterly",
    "每季": "quarterly",
    "每半年": "half-yearly",
    "每年": "yearly",
    "限期": "limit",
    "未写": "unstated",
    "无": "unstated",
    "未定": "unstated",
}
"""Chinese words that editors may write, and what they mean."""


def _span(stated: str) -> tuple[DeadlineKind, datetime.date, datetime.date]:
    """The kind, first and last day of a date, month or year. Raises InvalidValue."""
    if re.fullmatch(_YEAR, stated):
        return "year", _day(f"{stated}-01-01"), _day(f"{stated}-12-31")
    if re.fullmatch(_MONTH, stated):
        first = _day(f"{stated}-01")
        following = (first + datetime.timedelta(days=31)).replace(day=1)
        return "month", first, following - datetime.timedelta(days=1)
    if re.fullmatch(_DAY, stated):
        return "date", _day(stated), _day(stated)
    raise invalid("date_impossible")


def _likely_deadline(found: str) -> str:
    parts = re.split(r"[-—–~～至到]+", unicodedata.normalize("NFKC", found).replace("年", ""))
    years = [part.strip() for part in parts]
    if len(years) == 2 and all(re.fullmatch(_YEAR, year) for year in years):
        return "/".join(years)
    return _likely_time(found) or _SAID.get(found, "")


def read_deadline(value: Any, _: Languages = ()) -> Deadline:
    """Read a deadline: `2017-06-30`, `2017-06`, `2017`, `2017/2020`, `monthly`, `quarterly`, `half-yearly`, `yearly`,
    `limit`, `standing` or `unstated`. Raises InvalidValue for anything else."""
    stated = value.strip() if isinstance(value, str) else ""
    for kind in UNDATED:
        if stated == kind:
            return Deadline(kind, stated)
    if stated in RHYTHMS:
        return Deadline("rhythm", stated)
    time = rf"(?:{_DAY}|{_MONTH}|{_YEAR})"
    if re.fullmatch(rf"{time}/{time}", stated):
        begin, end = (_span(part) for part in stated.split("/"))
        if end[2] < begin[1]:
            raise invalid("period_backwards")
        return Deadline("period", stated, begin[1], end[2])
    if re.fullmatch(time, stated):
        kind, first, last = _span(stated)
        return Deadline(kind, stated, first, last)
    refuse_full_width(stated, rf"{time}(?:/{time})?")
    raise invalid("deadline_form", near=_likely_deadline(stated))


_DEADLINE_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"},
        {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        {"enum": [*RHYTHMS, *UNDATED]},
    ]
}

StatedDeadline = Annotated[Deadline, FieldType(read_deadline, _DEADLINE_SCHEMA)]
