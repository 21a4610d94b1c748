"""Reads texts: mappings with words in each language of the site."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any

from gazette.model.forms.fields import FieldType, InvalidParts, Languages, Mistake, invalid
from gazette.model.text.flow import PART
from gazette.model.text.markup import looks_linked

TITLE_LIMIT = 120

PROSE_LIMIT = 2_000

NOTICE_LIMIT = 300


def _text(limit: int, *, links: bool, parts: bool = False) -> FieldType:
    def read(value: Any, languages: Languages) -> dict[str, str]:
        texts = languages_of(value, languages)
        mistakes = [*wrong_languages(texts, languages, limit), *_wrong_wording(texts, links, parts)]
        if mistakes:
            raise InvalidParts(mistakes)
        return {code: texts[code].strip() for code in languages or texts}

    return FieldType(read, text_schema(limit))


def languages_of(value: Any, languages: Languages) -> dict[str, Any]:
    """The value, if it is a mapping. Raises InvalidValue otherwise."""
    if not isinstance(value, dict):
        raise invalid("text_shape", languages=", ".join(languages))
    return value


def wrong_languages(value: dict[str, Any], languages: Languages, limit: int) -> Iterator[Mistake]:
    """Mistakes in the languages of a text. If `languages` is empty because the settings could not be read, any is
    accepted."""
    for code, words in value.items():
        if languages and code not in languages:
            yield code, "language_unknown", {"found": code, "languages": ", ".join(languages)}
        elif words is None or (isinstance(words, str) and not words.strip()):
            yield code, "language_empty", {"language": code}
        elif not isinstance(words, str):
            yield code, "not_text", {}
        elif len(words) > limit:
            yield code, "too_long", {"limit": limit, "found": len(words)}
    missing = [code for code in languages if code not in value]
    if missing:
        yield None, "language_missing", {"languages": ", ".join(missing)}


def _wrong_wording(value: dict[str, Any], links: bool, parts: bool) -> Iterator[Mistake]:
    """Mistakes in the words of each language."""
    for code, words in value.items():
        wrong = wrong_words(words, links, parts) if isinstance(words, str) and words.strip() else None
        if wrong:
            yield code, *wrong


def wrong_words(words: str, links: bool, parts: bool) -> tuple[str, dict[str, object]] | None:
    """The first mistake in `words` as (code, values); None if there is none.

    Refused are the guide's dots or marks alone instead of words, links unless `links`, and empty lines unless `parts`.
    """
    if not words.strip(" .…。"):
        return "text_dots", {"found": words.strip()}
    if not any(character.isalnum() for character in words):
        return "text_marks", {"found": words.strip()}
    if not links and looks_linked(words):
        return "title_link", {"found": words}
    if not parts and PART in words.strip():
        return "one_line", {"found": words}
    return None


def text_schema(limit: int) -> dict[str, Any]:
    """The JSON Schema of a text whose words have at most `limit` characters in each language."""
    words = {"type": "string", "minLength": 1, "maxLength": limit}
    return {"type": "object", "minProperties": 1, "additionalProperties": words}


TITLE = _text(TITLE_LIMIT, links=False)

Title = Annotated[dict[str, str], TITLE]
"""A short text in each language, on one line. It holds no links, since it may stand inside one."""

Sentences = Annotated[dict[str, str], _text(PROSE_LIMIT, links=True)]
"""One paragraph in each language that continues a line, such as a reason."""

Prose = Annotated[dict[str, str], _text(PROSE_LIMIT, links=True, parts=True)]
"""A text of some sentences in each language. `[words](term:id)` links a glossary term; an empty line begins a
paragraph."""

Notice = Annotated[dict[str, str], _text(NOTICE_LIMIT, links=False)]
"""A sentence that stands on every page, without links."""


def one_line(text: str) -> str:
    """The text in the form in which texts are compared: NFC, every run of white space as one space. Line breaks in the
    file make no difference."""
    return " ".join(unicodedata.normalize("NFC", text).split())
