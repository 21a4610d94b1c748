"""Finds numbers that may belong to a person, so that the editor is asked before they are published.

An identity number ends in a check digit (GB 11643-1999), a bank card's in another (ISO/IEC 7812-1, Luhn), so other long
numbers are rarely taken for one. Numbers of offices (landlines, 12345, 400 numbers) belong to no person.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection, Iterator

from gazette.lazy_re import pattern
from gazette.messages.problems import Problem
from gazette.reading.validation.unprintable import printed

_FULL_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－　", "0123456789Xx- ")
_ALONE = r"(?<![\dA-Za-z_.,/-]){}(?![\dA-Za-z_/]|[.,-]\d)"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"

_ADDRESS = pattern(r"\S*://\S*")

_PERHAPS = pattern(
    rf"\d{{4}}[ 　－-]?\d{{4}}[ 　－-]?\d{{3}}|[1１][3-9３-９]\d[ 　－-]\d{{4}}|[{_PROVINCES}][A-HJ-NP-Z]"
)
"""Matches any text that may hold such a number, full width or not. Most texts do not, and are searched only once."""


def _is_identity(digits: str) -> bool:
    try:
        datetime.date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=False)) % 11
    return digits[17].upper() == "10X98765432"[rest]


def _is_card(digits: str) -> bool:
    doubled = (int(digit) * (1 + index % 2) for index, digit in enumerate(reversed(digits)))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


_NUMBERS: tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...] = (
    ("personal_identity", pattern(_ALONE.format(r"[1-9]\d{16}[\dXx]")), _is_identity),
    ("personal_card", pattern(_ALONE.format(r"(?:62|[45]\d)\d{2}(?:[ -]?\d{4}){3}\d{0,3}")), _is_card),
    ("personal_mobile", pattern(_ALONE.format(r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}")), bool),
    ("personal_plate", pattern(rf"[{_PROVINCES}][A-HJ-NP-Z][·• ]?(?=\D*\d)[A-HJ-NP-Z0-9]{{5,6}}"), bool),
)
"""(message code, pattern, test whether a match can be such a number) of each kind."""


def personal_data(path: str, text: str, public: Collection[str], comments: bool = False) -> Iterator[Problem]:
    """A problem for each number in a file that may belong to a person, each number once. `public` are numbers that may
    be shown. With `comments`, YAML comments are skipped, since they are not published."""
    if not _PERHAPS.search(text):
        return
    known = {bare(number) for number in public}
    for number, line in enumerate(text.translate(_FULL_WIDTH).split("\n"), 1):
        published = printed(line) if comments else line
        published = _ADDRESS.sub(lambda match: " " * len(match.group()), published)
        for code, form, is_one in _NUMBERS:
            for match in form.finditer(published):
                found = bare(match.group())
                if found not in known and is_one(found):
                    known.add(found)
                    yield Problem.at(path, number, match.start() + 1, code, found=match.group())


def bare(number: str) -> str:
    """The number without separators and country code."""
    return re.sub(r"\A\+?86(?=1[3-9]\d{9}\Z)", "", re.sub(r"[ ·•-]", "", number)).upper()
