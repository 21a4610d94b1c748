"""Chooses the form of a word beside a number: `{n} {n:file|files}`, in the order of the language's plural
categories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from gazette.lazy_re import pattern

FORMS = pattern(r"(?<!\{)\{(\w+):([^{}]*\|[^{}]*)\}")
"""A placeholder whose number chooses one of several forms."""


def inflected(template: str, values: Mapping[str, object], locale: str) -> str:
    """Return a template with the forms that its numbers require; its other placeholders stay. A value that is not a
    number takes the last form."""
    if "|" not in template:
        return template
    return FORMS.sub(lambda match: form_for(tuple(match[2].split("|")), _number(values[match[1]]), locale), template)


def _number(value: object) -> int:
    words = str(value)
    return int(words) if words.isdecimal() else -1


@lru_cache(maxsize=4096)
def form_for(forms: Sequence[str], n: int, locale: str) -> str:
    """Return the form for a number, by CLDR's plural categories. Without a locale, or with one that CLDR does not know,
    the first form is for 1 and the last for everything else."""
    if len(forms) == 1 or n < 0:
        return forms[-1]
    if not locale:  # the library takes longer to load than most commands take to run
        return forms[0 if n == 1 else -1]
    from babel import Locale, UnknownLocaleError

    try:
        rule = Locale.parse(locale).plural_form
    except (UnknownLocaleError, ValueError):
        return forms[0 if n == 1 else -1]
    tags = [tag for tag in ("zero", "one", "two", "few", "many", "other") if tag in rule.tags or tag == "other"]
    return forms[min([str(tag) for tag in tags].index(rule(n)), len(forms) - 1)]
