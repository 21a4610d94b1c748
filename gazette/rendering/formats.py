"""Formats values for templates: dates, numbers and plurals of a language, groups, columns, names."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

from markupsafe import Markup

from gazette.lazy_re import pattern
from gazette.messages.plurals import form_for


def breakable(name: str) -> Markup:
    """Return a name of code or a path, with line breaks allowed after underscores and slashes. A copy of it holds the
    name alone."""
    return Markup("<wbr>").join(_NAME_PART.findall(name))


_NAME_PART = pattern("[^_/]*[_/]|[^_/]+$")


def strokes(states: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return states in groups of five: each group is one 正."""
    return [states[start : start + 5] for start in range(0, len(states), 5)]


def in_script(words: str) -> Markup:
    """Return words as a JSON string for a `script` element; nothing in it ends the element (HTML 4.12.1.3)."""
    plain = words.unescape() if isinstance(words, Markup) else words
    return Markup(json.dumps(plain, ensure_ascii=False).translate(_IN_SCRIPT))


_IN_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def lean_script(text: str) -> str:
    """Return a script without indentation and without comments that fill a line, which only its authors read: a tenth
    of its bytes. No string of the script may span lines."""
    return _AUTHORS.sub("", text)


_AUTHORS = pattern(r"(?m)^ *(?://.*|/\*\*.*\*/)\n|^[ ]+")


def in_element(words: str) -> Markup:
    """Return words escaped as the text of an element. Quotation marks stay, because code has many."""
    return Markup(words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))


def of_open_graph(locale: str) -> str:
    """Return a locale in the form of Open Graph: language and territory (`zh_CN`), without a script."""
    parts = locale.split("_")
    return "_".join([parts[0], *(part for part in parts[1:] if len(part) == 2 and part.isupper())])


def police_code(number: str) -> str:
    """Return the query by which the police register finds a site: the fourteen digits in `number`; "" if it has
    none."""
    digits = _DIGITS.search(number)
    return f"?code={digits[0]}" if digits else ""


_DIGITS = pattern(r"(?<!\d)\d{14}(?!\d)")


def inner(words: str) -> str:
    """Return words for use inside quotation marks: their own “ ” become ‘ ’, and marks inside those become “ ” again
    (GB/T 15834 4.8.3.2; English does the same). Apostrophes stay."""
    if not _QUOTES.intersection(words):
        return words
    return _QUOTED.sub(lambda match: f"“{match[1]}”", words.translate(_MASKED)).translate(_INNER)


_QUOTES = frozenset("“”‘’")
_MASKED = str.maketrans("“”", "\0\1")
_INNER = str.maketrans("\0\1", "‘’")
_QUOTED = pattern("‘((?:[^‘’]|(?<=[A-Za-z])’(?=[A-Za-z]))*)’")
"""A pair of single quotation marks that holds no other pair; ’ between two letters is an apostrophe."""


@lru_cache(maxsize=1024)
def quoted_names(words: str) -> frozenset[str]:
    """Return the {names} that stand between the quotation marks “ ” in a template."""
    return frozenset(name for quotation in _QUOTATION.findall(words) for name in _NAME.findall(quotation))


_QUOTATION, _NAME = pattern("“[^“”]*”"), pattern(r"\{(\w+)\}")


def halfway(lengths: Sequence[int]) -> int:
    """Return how many items of these lengths to put in the first of two columns, so that both are about equally
    long."""
    sums, half = [0, *accumulate(lengths)], sum(lengths) / 2
    return min(range(len(sums)), key=lambda n: (abs(sums[n] - half), -n))


def plural_form(words: str, n: int, locale: str) -> str:
    """Return the form of `words` for `n`: one of those separated by ` | `, by CLDR's plural categories."""
    return form_for(tuple(words.split(" | ")), n, locale)


@lru_cache(maxsize=4096)
def date_as_written(iso: str, style: str, locale: str) -> str:
    """Format an ISO date, month or year in the style of a locale."""
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
    """Format a number in the style of a locale, with all digits of `value`."""
    from decimal import Decimal

    from babel.numbers import format_decimal

    return str(format_decimal(Decimal(value), locale=locale, decimal_quantization=False))
