"""The forms in which templates show values: dates, numbers and plurals of a language, groups, halves, names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from markupsafe import Markup

from gazette.lazy_re import pattern
from gazette.messages.plurals import form_for


def breakable(name: str) -> Markup:
    """A name of code or a path, which may break behind underscores and slashes. Who copies it copies the name."""
    return Markup("<wbr>").join(_NAME_PART.findall(name))


_NAME_PART = pattern("[^_/]*[_/]|[^_/]+$")


def strokes(states: tuple[str, ...]) -> list[tuple[str, ...]]:
    """States in groups of five: each group is one 正."""
    return [states[start : start + 5] for start in range(0, len(states), 5)]


def in_script(words: str) -> Markup:
    """Words as a string of JSON that stands in a `script` element: nothing in it ends that (HTML 4.12.1.3)."""
    plain = words.unescape() if isinstance(words, Markup) else words
    return Markup(json.dumps(plain, ensure_ascii=False).translate(_IN_SCRIPT))


_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def lean_script(text: str) -> str:
    """A script without the comments that fill lines and without indents, which only its authors read: a tenth of what a
    reader waits for. No text of it may run over lines."""
    return _AUTHORS.sub("", text)


_AUTHORS = pattern(r"(?m)^ *(?://.*|/\*\*.*\*/)\n|^[ ]+")


def in_element(words: str) -> Markup:
    """Words as the text of an element: quotation marks, of which code has many, stay as they are."""
    return Markup(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def of_open_graph(locale: str) -> str:
    """A locale as Open Graph writes it: language and territory (`zh_CN`), without a script."""
    parts = locale.split("_")
    return "_".join([parts[0], *(part for part in parts[1:] if len(part) == 2 and part.isupper())])


def police_code(number: str) -> str:
    """The query by which the register of the police finds a site by its number: the fourteen digits in it. Nothing
    where there are none."""
    digits = _DIGITS.search(number)
    return f"?code={digits[0]}" if digits else ""


_DIGITS = pattern(r"(?<!\d)\d{14}(?!\d)")


def inner(words: str) -> str:
    """Words that come to stand in quotation marks: their own “ ” become ‘ ’, and what these hold “ ” again (GB/T 15834
    4.8.3.2; English has the same habit). An apostrophe stays."""
    if not _QUOTES.intersection(words):
        return words
    return _QUOTED.sub(lambda match: f"“{match[1]}”", words.translate(_MASKED)).translate(_INNER)


_QUOTES = frozenset("“”‘’")
_MASKED = str.maketrans("“”", "\0\1")
_INNER = str.maketrans("\0\1", "‘’")
_QUOTED = pattern("‘((?:[^‘’]|(?<=[A-Za-z])’(?=[A-Za-z]))*)’")
"""A pair of single marks with no other pair in it; ’ between two letters is an apostrophe."""


@lru_cache(maxsize=1024)
def quoted_names(words: str) -> frozenset[str]:
    """The {names} that stand between the quotation marks “ ” in words to fill in."""
    return frozenset(name for quotation in _QUOTATION.findall(words) for name in _NAME.findall(quotation))


_QUOTATION, _NAME = pattern("“[^“”]*”"), pattern(r"\{(\w+)\}")


def halfway(lengths: Sequence[int]) -> int:
    """How many of some things, so long each, stand in the first of two columns, so that both are as long."""
    sums, half = [0, *accumulate(lengths)], sum(lengths) / 2
    return min(range(len(sums)), key=lambda place: (abs(sums[place] - half), -place))


def plural_form(words: str, n: int, locale: str) -> str:
    """The form of `words` for a number, of those separated by ` | `, after the plural categories of CLDR."""
    return form_for(tuple(words.split(" | ")), n, locale)


@lru_cache(maxsize=4096)
def date_as_written(iso: str, style: str, locale: str) -> str:
    """An ISO date, month or year as the language writes it."""
    import datetime

    from babel import Locale
    from babel.dates import format_date, format_skeleton

    parts = [int(part) for part in iso.split("-")]
    day = datetime.date(*[*parts, 1, 1][:3])
    if len(parts) == 3:
        return format_date(day, style, locale)
    skeleton = "y" if len(parts) == 1 else "yMMMM"
    return str(format_skeleton(skeleton, datetime.datetime(day.year, day.month, 1), locale=Locale.parse(locale)))


@lru_cache(maxsize=4096)
def number_as_written(value: str, locale: str) -> str:
    """A number as the language writes it, with all digits that it has."""
    from decimal import Decimal

    from babel.numbers import format_decimal

    return str(format_decimal(Decimal(value), locale=locale, decimal_quantization=False))
