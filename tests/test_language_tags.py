"""Languages of a site: tags, locales and scripts that fit one another."""

from __future__ import annotations

import pytest

from gazette.model.records.site import Language
from gazette.reading.validation.languages import faults


def language(tag: str, locale: str, script: str) -> Language:
    return Language(code="xy", tag=tag, locale=locale, script=script, name="x")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tag", "locale", "script"),
    [
        ("zh-Hans", "zh_Hans_CN", "Hans"), ("zh", "zh", "Hans"), ("zh-TW", "zh_Hant_TW", "Hant"),
        ("cmn-Hans", "zh", "Hans"),
        ("en", "en_GB", "Latn"), ("en-GB", "en", "Latn"), ("de-1996", "de", "Latn"), ("ug", "ug", "Arab"),
        ("sr-Latn", "sr_Latn", "Latn"), ("ru", "ru_RU", "Cyrl"), ("es-419", "es_419", "Latn"),
    ],
)  # fmt: skip
def test_languages_that_fit(tag: str, locale: str, script: str) -> None:
    assert list(faults(language(tag, locale, script))) == []


@pytest.mark.parametrize(
    ("tag", "locale", "script", "told"),
    [
        ("xx-zz", "en", "Latn", [("tag", "language_tag_unknown")]),
        ("en-ZZ", "en", "Latn", [("tag", "language_tag_unknown")]),
        ("en-Qwer", "en", "Latn", [("tag", "language_tag_unknown")]),
        ("en", "en", "Arab", [("script", "language_script")]),
        ("zh-Hant", "zh_Hant", "Hans", [("script", "language_script")]),
        ("zh-Hans", "ar", "Hans", [("locale", "locale_other")]),
        ("zh-Hans", "zh_Hant_TW", "Hans", [("locale", "locale_other")]),
        ("en", "xq", "Latn", [("locale", "locale")]),
    ],
)
def test_languages_that_do_not_fit(tag: str, locale: str, script: str, told: list[tuple[str, str]]) -> None:
    assert [each[:2] for each in faults(language(tag, locale, script))] == told
