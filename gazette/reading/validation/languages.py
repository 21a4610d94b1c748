"""Checks that a site's languages exist, and fit their scripts and locales (CLDR)."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.forms.record import choices
from gazette.model.records.site import Language, Script

Fault = tuple[str, str, dict[str, object]]
"""(field of the language, message code, its values)"""


def faults(language: Language) -> Iterator[Fault]:
    """The faults of a language by itself."""
    tag = _parts(language.tag)
    if tag is None:
        yield "tag", "language_tag_unknown", {"found": language.tag}
    else:
        likely = _script(tag)
        if likely in choices(Script) and likely != language.script:
            yield "script", "language_script", {"found": language.script, "tag": language.tag, "expected": likely}
    locale = _locale(language.locale)
    if locale is None:
        yield "locale", "locale", {"found": language.locale}
    elif tag is not None and (locale[0] != tag[0] or _script(locale) not in (_script(tag), "")):
        yield "locale", "locale_other", {"found": language.locale, "tag": language.tag}


Parts = tuple[str, str, str]
"""(language, script, region); "" for parts that are not named."""


def _parts(tag: str) -> Parts | None:
    """The parts of a BCP 47 tag; None if CLDR does not know one of them. Variants are not checked."""
    from babel.core import get_global

    likely = get_global("likely_subtags")
    first, *rest = tag.split("-")
    language = _usual(first.lower())
    script = rest.pop(0).title() if rest and len(rest[0]) == 4 and rest[0].isalpha() else ""
    region = rest.pop(0).upper() if rest and len(rest[0]) in (2, 3) else ""
    right = (
        language in likely
        and (not script or any(script in subtags for subtags in likely.values()))
        and (not region or region.isdigit() or (region in get_global("territory_currencies") and region != "ZZ"))
        and all(len(variant) > 3 for variant in rest)
    )
    return (language, script, region) if right else None


def _usual(language: str) -> str:
    """The usual code of a language that has several: zh for cmn."""
    from babel.core import get_global

    return str(get_global("language_aliases").get(language, language)).split("_")[0]


def _locale(name: str) -> Parts | None:
    """The parts of a locale; None if Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return None
    return _usual(locale.language), locale.script or "", locale.territory or ""


def _script(parts: Parts) -> str:
    """The named script, otherwise the likely one for the language and region; "" if unknown."""
    from babel.core import get_global

    language, script, region = parts
    likely = get_global("likely_subtags")
    subtags = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return script or next((part for part in str(subtags).split("_") if len(part) == 4), "")
