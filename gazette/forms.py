"""Owns how single values are written: texts, numbers, ids, addresses and lists; and what is wrong with one that is not
written so."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import msgspec

from gazette.markup import looks_linked

T = TypeVar("T")

ID_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
PLEDGE_ID_PATTERN = rf"{ID_PATTERN}-[1-9][0-9]{{0,4}}"

LANGUAGE_PATTERN = "[a-z]{2,3}"

ID_LIMIT = 60
"""An id becomes the name of a file."""

TITLE_LIMIT = 120
PROSE_LIMIT = 2_000
NOTICE_LIMIT = 300
WORD_LIMIT = 600

Languages = tuple[str, ...]
Told = tuple[str | None, str, dict[str, object]]
"""One wrong thing: the key inside the value that it concerns (None: the value as a whole), a message's code, its
values."""


class Wrong(Exception):
    """A value is not written as it should be: the code of a message, and its values."""

    def __init__(self, code: str, values: dict[str, object]) -> None:
        self.code, self.values = code, values
        super().__init__(code, values)


class WrongInside(Exception):
    """Several things may be wrong inside a value."""

    def __init__(self, told: list[Told]) -> None:
        self.told = told
        super().__init__(told)


def wrong(code: str, **values: object) -> Wrong:
    """What is wrong with a value as a whole."""
    return Wrong(code, values)


class Form(msgspec.Struct, frozen=True, eq=False):
    """How a kind of value is written. `read` takes what stands in the file (text, list, mapping; None where nothing
    does) and the languages of the site, and raises Wrong or WrongInside. `schema` says the same as a JSON Schema, as
    far as that goes.
    """

    read: Callable[[Any, Languages], Any]
    schema: Mapping[str, Any]


class Filled(msgspec.Struct, frozen=True, eq=False):
    """Marks a field that may be left out. Where it is written, something stands behind it: `withdrawn:` alone could
    mean that a pledge was withdrawn, or that it was not."""


FILLED = Filled()
IfFilled = Annotated[T | None, FILLED]
"""Left out (None), or filled in. The settings of a site (`X | None`) may also be written and left empty."""


class Listed(msgspec.Struct, frozen=True):
    """Marks a list: how many entries it may have, whether it needs one, and whether its entries are bare words, which
    an editor writes on one line."""

    most: int | None = None
    needed: bool = False
    words: bool = False


# ── texts ────────────────────────────────────────────────────────────────────


def _text(limit: int, *, links: bool) -> Form:
    def read(value: Any, languages: Languages) -> dict[str, str]:
        found = _languages_of(value, languages)
        told = [*_wrong_languages(found, languages, limit), *_wrong_wording(found, links)]
        if told:
            raise WrongInside(told)
        return {code: found[code].strip() for code in languages or found}

    return Form(read, _text_schema(limit))


def _languages_of(value: Any, languages: Languages) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise wrong("text_shape", languages=", ".join(languages))
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


def _wrong_wording(value: dict[str, Any], links: bool) -> Iterator[Told]:
    """What is wrong with the words of a text: the guide's dots instead of words, and a link where none can be."""
    for code, words in value.items():
        if isinstance(words, str) and not words.strip(" .…。") and words.strip():
            yield code, "text_dots", {"found": words.strip()}
        elif isinstance(words, str) and not links and looks_linked(words):
            yield code, "title_link", {"found": words}


def _text_schema(limit: int) -> dict[str, Any]:
    words = {"type": "string", "minLength": 1, "maxLength": limit}
    return {"type": "object", "minProperties": 1, "additionalProperties": words}


Title = Annotated[dict[str, str], _text(TITLE_LIMIT, links=False)]
"""A short text with a field for each language of the site. It holds no links: it may stand inside one."""

Prose = Annotated[dict[str, str], _text(PROSE_LIMIT, links=True)]
"""A text of some sentences with a field for each language; `[words](term:id)` links a glossary term."""


Notice = Annotated[dict[str, str], _text(NOTICE_LIMIT, links=False)]
"""A sentence that stands on every page, without links."""


def _word(value: Any, languages: Languages) -> dict[str, str]:
    found = _languages_of(value, languages)
    blank = [code for code, words in found.items() if isinstance(words, str) and not words.strip()]
    told = [each for each in _wrong_languages(found, languages, WORD_LIMIT) if each[0] not in blank]
    told += [] if told else _wrong_braces(found)
    if told:
        raise WrongInside(told)
    return {code: found[code] for code in languages}


def _wrong_braces(value: dict[str, str]) -> Iterator[Told]:
    """The `{names}` that a word is filled in with: each language has those of the first."""
    names = {code: _names_in(words) if "{" in words or "}" in words else set() for code, words in value.items()}
    expected = next((found for found in names.values() if found is not None), set())
    for code, found in names.items():
        if found is None:
            yield code, "word_braces", {"found": value[code]}
        elif found != expected:
            yield code, "word_names", {"expected": _braced(expected), "found": _braced(found)}


def _braced(names: set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _names_in(words: str) -> set[str] | None:
    """The `{names}` in a word; None where its braces are not those of names."""
    try:
        parts = [part for part in string.Formatter().parse(words) if part[1] is not None]
    except ValueError:
        return None
    plain = all(re.fullmatch("[a-z_]+", name or "") and not form and turned is None for _, name, form, turned in parts)
    return {str(name) for _, name, _, _ in parts} if plain else None


Word = Annotated[dict[str, str], Form(_word, _text_schema(WORD_LIMIT))]
"""A word of the interface: kept with its spaces, and it may be empty (`""`) where a language needs nothing."""


# ── lines and ids ────────────────────────────────────────────────────────────


def written(value: Any) -> str:
    """What stands there, if it is a text."""
    if not isinstance(value, str):
        raise wrong("not_text")
    return value.strip()


def line(limit: int, pattern: str = "") -> Form:
    """A text of one language, at least a character long. The `pattern` is only for editors' programs."""

    def read(value: Any, _: Languages) -> str:
        text = written(value)
        if not text:
            raise wrong("too_short")
        if len(text) > limit:
            raise wrong("too_long", found=len(text), limit=limit)
        return text

    schema = {"type": "string", "minLength": 1, "maxLength": limit}
    return Form(read, schema | {"pattern": pattern} if pattern else schema)


def matching(pattern: str, code: str, limit: int = TITLE_LIMIT) -> Form:
    """A text that matches a `pattern`; of another a message's `code` tells."""

    def read(value: Any, _: Languages) -> str:
        text = written(value)
        if len(text) > limit or not re.fullmatch(pattern, text):
            raise wrong(code, limit=limit)
        return text

    return Form(read, {"type": "string", "pattern": f"^{pattern}$", "maxLength": limit})


def _url(value: Any, _: Languages) -> str:
    text = written(value)
    if not re.fullmatch(r"https?://[^\s<>\"'`{}|\\^]+", text):
        raise wrong("url_form")
    if len(text) > URL_LIMIT:
        raise wrong("too_long", found=len(text), limit=URL_LIMIT)
    return text


URL_LIMIT = 500

Line = Annotated[str, line(TITLE_LIMIT)]
Id = Annotated[str, matching(ID_PATTERN, "id_form", ID_LIMIT)]
PledgeId = Annotated[str, matching(PLEDGE_ID_PATTERN, "pledge_id_form", ID_LIMIT + 6)]
Reference = Annotated[str, line(TITLE_LIMIT, f"^{ID_PATTERN}$")]
"""The id of something in another file. What it looks like is told there, where the names are known too."""
Url = Annotated[str, Form(_url, {"type": "string", "pattern": "^https?://", "maxLength": URL_LIMIT})]


# ── numbers ──────────────────────────────────────────────────────────────────


def refuse_full_width(text: str, pattern: str) -> None:
    """Refuses what only its full-width characters keep from being right: １００, ２０１７－０６－３０."""
    half = unicodedata.normalize("NFKC", text).strip()
    if half != text and re.fullmatch(pattern, half):
        raise wrong("full_width", likely=half)


_WHOLE = "0|-?[1-9][0-9]{0,8}"
_FIGURE = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?"


def whole(first: int, last: int) -> Form:
    """A whole number as people write it, digits only, from `first` to `last`."""

    def read(value: Any, _: Languages) -> int:
        text = value if isinstance(value, str) else ""
        refuse_full_width(text, _WHOLE)
        if not re.fullmatch(_WHOLE, text.strip()):
            raise wrong("not_number")
        number = int(text)
        if not first <= number <= last:
            raise wrong("number_range", limit=f"≥ {first}" if number < first else f"≤ {last}")
        return number

    return Form(read, {"type": "integer", "minimum": first, "maximum": last})


def _figure(value: Any, _: Languages) -> Decimal:
    """A figure is kept as printed: 1.50 stays 1.50."""
    text = str(value).strip()
    refuse_full_width(text, _FIGURE)
    if not re.fullmatch(_FIGURE, text):
        long = re.fullmatch(r"-?[1-9][0-9]*(\.[0-9]+)?", text)
        raise wrong("number_long" if long else "number_form")
    return Decimal(text)


Figure = Annotated[Decimal, Form(_figure, {"type": ["number", "string"], "pattern": f"^{_FIGURE}$"})]


# ── yes or no ────────────────────────────────────────────────────────────────

_YES, _NO = frozenset({"true", "yes", "on", "y", "t", "1"}), frozenset({"false", "no", "off", "n", "f", "0"})


def _flag(value: Any, _: Languages) -> bool:
    text = value.strip().lower() if isinstance(value, str) else ""
    if text not in _YES | _NO:
        raise wrong("not_boolean")
    return text in _YES


Flag = Annotated[bool, Form(_flag, {"type": "boolean"}), FILLED]


# ── lists ────────────────────────────────────────────────────────────────────

_COMMAS = r"[，、；;]"
_NOTHING = frozenset({"无", "没有", "暂无", "none", "None", "-", "/"})


def refuse_commas(value: Any, needed: bool) -> None:
    """A list of bare words as it should be written. What only its commas or brackets spoil is told once."""
    if isinstance(value, str):
        parts = [part for part in re.split(rf"(?:{_COMMAS}|[,\s])+", value.strip("[]［］【】 ")) if part]
        _refuse_nothing(parts, needed)
        raise wrong("list_form", likely=f"[{', '.join(parts)}]")
    if isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        _refuse_nothing(value, needed)
        if any(re.search(_COMMAS, entry) for entry in value):
            parts = [part.strip() for entry in value for part in re.split(_COMMAS, entry) if part.strip()]
            raise wrong("list_commas", likely=f"[{', '.join(parts)}]")


def _refuse_nothing(parts: list[str], needed: bool) -> None:
    if not needed and parts and _NOTHING.issuperset(parts):
        raise wrong("list_nothing")
