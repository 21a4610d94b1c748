"""How single values are written: texts, ids, addresses and lists; and what is wrong with one that is not
written so."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, TypeVar

import msgspec

from gazette.model.addresses import fault
from gazette.model.flow import PART
from gazette.model.markup import looks_linked
from gazette.model.signs import signs

T = TypeVar("T")

ID_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
PLEDGE_ID_PATTERN = rf"{ID_PATTERN}-[1-9][0-9]{{0,4}}"

LANGUAGE_PATTERN = "[a-z]{2,3}"

ID_LIMIT = 60
"""An id becomes the name of a file."""

TITLE_LIMIT = 120
PROSE_LIMIT = 2_000
NOTICE_LIMIT = 300
WORD_LIMIT = 500

Languages = tuple[str, ...]
Told = tuple[str | None, str, dict[str, object]]
"""One wrong thing: the key inside the value that it concerns (None: the value as a whole), a message's code, its
values."""


class InvalidValue(Exception):
    """A value is not written as it should be: the code of a message, and its values."""

    def __init__(self, code: str, values: dict[str, object]) -> None:
        self.code, self.values = code, values
        super().__init__(code, values)


class InvalidParts(Exception):
    """Several things may be wrong inside a value."""

    def __init__(self, told: list[Told]) -> None:
        self.told = told
        super().__init__(told)


def invalid(code: str, **values: object) -> InvalidValue:
    """What is wrong with a value as a whole."""
    return InvalidValue(code, values)


class FieldType(msgspec.Struct, frozen=True, eq=False):
    """How a kind of value is written. `read` takes what stands in the file (text, list, mapping; None where nothing
    does) and the languages of the site, and raises InvalidValue or InvalidParts. `schema` says the same as a JSON
    Schema, as far as that goes.
    """

    read: Callable[[Any, Languages], Any]
    schema: Mapping[str, Any]


class NotBlank(msgspec.Struct, frozen=True, eq=False):
    """Marks a field that may be left out. Where it is written, something stands behind it: `withdrawn:` alone could
    mean that a pledge was withdrawn, or that it was not."""


FILLED = NotBlank()
IfFilled = Annotated[T | None, FILLED]
"""Left out (None), or filled in. The settings of a site (`X | None`) may also be written and left empty."""


class ListRule(msgspec.Struct, frozen=True):
    """Marks a list: how many entries it may have, whether it needs one, and whether its entries are bare words, which
    an editor writes on one line."""

    most: int | None = None
    needed: bool = False
    words: bool = False


# ── texts ────────────────────────────────────────────────────────────────────


def _text(limit: int, *, links: bool, parts: bool = False) -> FieldType:
    def read(value: Any, languages: Languages) -> dict[str, str]:
        found = _languages_of(value, languages)
        told = [*_wrong_languages(found, languages, limit), *_wrong_wording(found, links, parts)]
        if told:
            raise InvalidParts(told)
        return {code: found[code].strip() for code in languages or found}

    return FieldType(read, _text_schema(limit))


def _languages_of(value: Any, languages: Languages) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise invalid("text_shape", languages=", ".join(languages))
    return value


def _wrong_languages(value: dict[str, Any], languages: Languages, limit: int) -> Iterator[Told]:
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


def _wrong_wording(value: dict[str, Any], links: bool, parts: bool) -> Iterator[Told]:
    """What is wrong with the words of a text in each language."""
    for code, words in value.items():
        wrong = _wrong_words(words, links, parts) if isinstance(words, str) and words.strip() else None
        if wrong:
            yield code, *wrong


def _wrong_words(words: str, links: bool, parts: bool) -> tuple[str, dict[str, object]] | None:
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


def _text_schema(limit: int) -> dict[str, Any]:
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


def _word(value: Any, languages: Languages) -> dict[str, str]:
    found = _languages_of(value, languages)
    blank = [code for code, words in found.items() if isinstance(words, str) and not words.strip()]
    told = [each for each in _wrong_languages(found, languages, WORD_LIMIT) if each[0] not in blank]
    told += [] if told else [*_wrong_braces(found), *_wrong_in_words(found)]
    if told:
        raise InvalidParts(told)
    return {code: found[code] for code in languages}


def _wrong_in_words(value: dict[str, str]) -> Iterator[Told]:
    """What a word of the interface cannot hold: an empty line, and signs that would be shown as they are typed."""
    for code, words in value.items():
        if PART in words:
            yield code, "one_line", {"found": words}
        for sign in signs(words):
            yield code, sign.code, {"found": sign.found, "likely": sign.likely}


def _wrong_braces(value: dict[str, str]) -> Iterator[Told]:
    """The `{names}` that a word is filled in with: each language has those of the first."""
    names = {code: names_in(words) if "{" in words or "}" in words else set() for code, words in value.items()}
    expected = next((found for found in names.values() if found is not None), set())
    for code, found in names.items():
        if found is None:
            yield code, "word_braces", {"found": value[code]}
        elif found != expected:
            yield code, "word_names", {"expected": braced(expected), "found": braced(found)}


def braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def names_in(words: str) -> set[str] | None:
    """The `{names}` in a word; None where its braces are not those of names."""
    try:
        parts = [part for part in string.Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return None
    plain = all(re.fullmatch("[a-z_]+", name or "") and not form and turned is None for _, name, form, turned in parts)
    return {str(name) for _, name, _, _ in parts} if plain else None


Word = Annotated[dict[str, str], FieldType(_word, _text_schema(WORD_LIMIT))]
"""A word of the interface: kept with its spaces, and it may be empty (`""`) where a language needs nothing."""


# ── lines and ids ────────────────────────────────────────────────────────────


def as_text(value: Any) -> str:
    """What stands there, if it is a text."""
    if not isinstance(value, str):
        raise invalid("not_text")
    return value.strip()


def line(limit: int, pattern: str = "") -> FieldType:
    """A text of one language on one line, at least a character long. The `pattern` is only for editors' programs."""

    def read(value: Any, _: Languages) -> str:
        text = as_text(value)
        if not text:
            raise invalid("too_short")
        if len(text) > limit:
            raise invalid("too_long", found=len(text), limit=limit)
        if PART in text:
            raise invalid("one_line", found=text)
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": limit}
    return FieldType(read, schema | {"pattern": pattern} if pattern else schema)


def wording(limit: int) -> FieldType:
    """A title or a sentence of one language: words on one line, without links and signs of markup."""
    plain = line(limit)

    def read(value: Any, languages: Languages) -> str:
        text = str(plain.read(value, languages))
        told = _wrong_words(text, links=False, parts=False)
        if told:
            raise invalid(told[0], **told[1])
        for sign in signs(text):
            raise invalid(sign.code, found=sign.found, likely=sign.likely)
        return text

    return FieldType(read, plain.schema)


def matching(pattern: str, code: str, limit: int = TITLE_LIMIT) -> FieldType:
    """A text that matches a `pattern`; of another a message's `code` tells."""

    def read(value: Any, _: Languages) -> str:
        text = as_text(value)
        if len(text) > limit or not re.fullmatch(pattern, text):
            raise invalid(code, limit=limit)
        return text

    return FieldType(read, {"type": "string", "pattern": f"^{pattern}$", "maxLength": limit})


def _url(value: Any, _: Languages) -> str:
    text = as_text(value)
    if len(text) > URL_LIMIT:
        raise invalid("too_long", found=len(text), limit=URL_LIMIT)
    if code := fault(text):
        raise invalid(code)
    return text


URL_LIMIT = 500

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for devices, whatever ending stands behind them: nobody there could copy the site."""


def naming(form: FieldType, code: str = "id_reserved") -> FieldType:
    """What a form reads, where it becomes the name of a file or folder; of one that is reserved a message's `code`."""

    def read(value: Any, languages: Languages) -> str:
        text: str = form.read(value, languages)
        if text in RESERVED:
            raise invalid(code)
        return text

    return FieldType(read, {**form.schema, "not": {"enum": sorted(RESERVED)}})


Line = Annotated[str, line(TITLE_LIMIT)]
Id = Annotated[str, naming(matching(ID_PATTERN, "id_form", ID_LIMIT))]
PledgeId = Annotated[str, matching(PLEDGE_ID_PATTERN, "pledge_id_form", ID_LIMIT + 6)]
Reference = Annotated[str, line(TITLE_LIMIT, f"^{ID_PATTERN}$")]
"""The id of something in another file. What it looks like is told there, where the names are known too."""
Url = Annotated[str, FieldType(_url, {"type": "string", "pattern": "^https?://", "maxLength": URL_LIMIT})]
"""An address that the public is to open."""
BaseUrl = Annotated[str, line(URL_LIMIT, "^https?://")]
"""The address of the site itself, which is judged beside the other settings."""


# ── numbers ──────────────────────────────────────────────────────────────────


def refuse_full_width(text: str, pattern: str) -> None:
    """Refuses what only its full-width characters keep from being right: １００, ２０１７－０６－３０."""
    half = unicodedata.normalize("NFKC", text).strip()
    if half != text and re.fullmatch(pattern, half):
        raise invalid("full_width", likely=half)


# ── yes or no ────────────────────────────────────────────────────────────────

_YES, _NO = frozenset({"true", "yes", "on", "y", "t", "1"}), frozenset({"false", "no", "off", "n", "f", "0"})


def _flag(value: Any, _: Languages) -> bool:
    text = value.strip().lower() if isinstance(value, str) else ""
    if text not in _YES | _NO:
        raise invalid("not_boolean")
    return text in _YES


Flag = Annotated[bool, FieldType(_flag, {"type": "boolean"}), FILLED]


# ── lists ────────────────────────────────────────────────────────────────────

_COMMAS = r"[，、；;]"
_NOTHING = frozenset({"无", "没有", "暂无", "none", "None", "-", "/"})


def refuse_commas(value: Any, needed: bool) -> None:
    """A list of bare words as it should be written. What only its commas or brackets spoil is told once."""
    if isinstance(value, str):
        parts = [part for part in re.split(rf"(?:{_COMMAS}|[,\s])+", value.strip("[]［］【】 ")) if part]
        _refuse_nothing(parts, needed)
        raise invalid("list_form", likely=f"[{', '.join(parts)}]")
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        _refuse_nothing(value, needed)
        if any(re.search(_COMMAS, entry) for entry in value):
            parts = [part.strip() for entry in value for part in re.split(_COMMAS, entry) if part.strip()]
            raise invalid("list_commas", likely=f"[{', '.join(parts)}]")


def _refuse_nothing(parts: list[str], needed: bool) -> None:
    if not needed and parts and _NOTHING.issuperset(parts):
        raise invalid("list_nothing")
