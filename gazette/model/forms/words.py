"""Reads interface words."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from typing import Annotated, Any

from gazette.model.forms.fields import FieldType, InvalidParts, Languages, Mistake
from gazette.model.forms.texts import languages_of, text_schema, wrong_languages
from gazette.model.text.flow import PART
from gazette.model.text.signs import signs

WORD_LIMIT = 500


def _word(value: Any, languages: Languages) -> dict[str, str]:
    texts = languages_of(value, languages)
    blank = [code for code, words in texts.items() if isinstance(words, str) and not words.strip()]
    mistakes = [each for each in wrong_languages(texts, languages, WORD_LIMIT) if each[0] not in blank]
    mistakes += [] if mistakes else [*_wrong_braces(texts), *_wrong_in_words(texts)]
    if mistakes:
        raise InvalidParts(mistakes)
    return {code: texts[code] for code in languages}


def _wrong_in_words(value: dict[str, str]) -> Iterator[Mistake]:
    """Mistakes in the words: empty lines, and markup that would be shown as typed."""
    for code, words in value.items():
        if PART in words:
            yield code, "one_line", {"found": words}
        for sign in signs(words):
            yield code, sign.code, {"found": sign.found, "likely": sign.likely}


def _wrong_braces(value: dict[str, str]) -> Iterator[Mistake]:
    """Mistakes in `{names}`: each language must have the names of the first."""
    names = {code: names_in(words) if "{" in words or "}" in words else set() for code, words in value.items()}
    expected = next((found for found in names.values() if found is not None), set())
    for code, found in names.items():
        if found is None:
            yield code, "word_braces", {"found": value[code]}
        elif found != expected:
            yield code, "word_names", {"expected": braced(expected), "found": braced(found)}


def braced(names: set[str]) -> str:
    """The names in braces, sorted, as messages show them."""
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def names_in(words: str) -> set[str] | None:
    """The `{names}` in a word; None if its braces do not enclose valid names."""
    try:
        parts = [part for part in string.Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return None
    plain = all(
        re.fullmatch("[a-z_]+", name or "") and turned is None and _is_plain(form) for _, name, form, turned in parts
    )
    return {str(name) for _, name, _, _ in parts} if plain else None


def _is_plain(form: str | None) -> bool:
    """True if the name stands alone, or with the plural forms that its number chooses among (`plurals.py`)."""
    return not form or ("|" in form and not {*"{}"} & {*form})


Word = Annotated[dict[str, str], FieldType(_word, text_schema(WORD_LIMIT))]
"""An interface word. Its spaces are kept; it may be "" if a language needs nothing there."""
