"""How texts are written: words with a field for each language of the site."""

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
        found = languages_of(value, languages)
        mistakes = [*wrong_languages(found, languages, limit), *_wrong_wording(found, links, parts)]
        if mistakes:
            raise InvalidParts(mistakes)
        return {code: found[code].strip() for code in languages or found}

    return FieldType(read, text_schema(limit))


def languages_of(value: Any, languages: Languages) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid("text_shape", languages=", ".join(languages))
    return value


def wrong_languages(value: dict[str, Any], languages: Languages, limit: int) -> Iterator[Mistake]:
    """What is wrong with the languages of a text. Where the site's languages cannot be read, nobody knows them."""
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
    """What is wrong with the words of a text in each language."""
    for code, words in value.items():
        wrong = wrong_words(words, links, parts) if isinstance(words, str) and words.strip() else None
        if wrong:
            yield code, *wrong


def wrong_words(words: str, links: bool, parts: bool) -> tuple[str, dict[str, object]] | None:
    """What keeps some words from being a text: the guide's dots, or marks alone, instead of words; a link where none
    can be, or an empty line where there is one paragraph only."""
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
    words = {"type": "string", "minLength": 1, "maxLength": limit}
    return {"type": "object", "minProperties": 1, "additionalProperties": words}


TITLE = _text(TITLE_LIMIT, links=False)

Title = Annotated[dict[str, str], TITLE]
"""A short text with a field for each language of the site, on one line. It holds no links: it may stand inside one."""

Sentences = Annotated[dict[str, str], _text(PROSE_LIMIT, links=True)]
"""A text that goes on in the line where it is named, such as a reason: one paragraph with a field for each language."""

Prose = Annotated[dict[str, str], _text(PROSE_LIMIT, links=True, parts=True)]
"""A text of some sentences with a field for each language; `[words](term:id)` links a glossary term, and an empty line
begins a paragraph."""

Notice = Annotated[dict[str, str], _text(NOTICE_LIMIT, links=False)]
"""A sentence that stands on every page, without links."""


def one_line(text: str) -> str:
    """A text in the form in which texts are compared: composed characters (NFC), every gap one space. How its lines are
    broken in the file makes no difference."""
    return " ".join(unicodedata.normalize("NFC", text).split())
