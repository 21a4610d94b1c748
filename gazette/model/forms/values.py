"""Reads single values without a language: lines, ids, addresses, yes or no."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from gazette.model.forms.addresses import fault
from gazette.model.forms.fields import FILLED, FieldType, Languages, as_text, invalid
from gazette.model.forms.texts import TITLE_LIMIT, wrong_words
from gazette.model.text.flow import PART
from gazette.model.text.signs import signs

ID_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"

PLEDGE_ID_PATTERN = rf"{ID_PATTERN}-[1-9][0-9]{{0,4}}"

LANGUAGE_PATTERN = "[a-z]{2,3}"

ID_LIMIT = 60
"""Limits ids because they become file names."""

URL_LIMIT = 500

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Device names that Windows reserves, with any extension: a site with such files could not be copied there."""


def line(limit: int, pattern: str = "") -> FieldType:
    """A field type for one line of text in one language, of 1 to `limit` characters. `pattern` is only for editors'
    programs; it is not checked here."""

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
    """A field type for a title or sentence in one language, on one line, without links and markup."""
    plain = line(limit)

    def read(value: Any, languages: Languages) -> str:
        text = str(plain.read(value, languages))
        if mistake := wrong_words(text, links=False, parts=False):
            code, values = mistake
            raise invalid(code, **values)
        for sign in signs(text):
            raise invalid(sign.code, found=sign.found, likely=sign.likely)
        return text

    return FieldType(read, plain.schema)


def matching(pattern: str, code: str, limit: int = TITLE_LIMIT) -> FieldType:
    """A field type for texts that match `pattern`. Any other is refused with the message `code`."""

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


def naming(field_type: FieldType, code: str = "id_reserved") -> FieldType:
    """A field type refined for texts that become names of files or folders. Reserved names are refused with the message
    `code`."""

    def read(value: Any, languages: Languages) -> str:
        text: str = field_type.read(value, languages)
        if text in RESERVED:
            raise invalid(code)
        return text

    return FieldType(read, {**field_type.schema, "not": {"enum": sorted(RESERVED)}})


Line = Annotated[str, line(TITLE_LIMIT)]

ListNumber = Annotated[str, FieldType(line(20).read, {"type": ["string", "number"], "minLength": 1, "maxLength": 20})]
"""The number of an item in someone else's list, as written there: 12, 3-2, 十五."""

Id = Annotated[str, naming(matching(ID_PATTERN, "id_form", ID_LIMIT))]

PledgeId = Annotated[str, matching(PLEDGE_ID_PATTERN, "pledge_id_form", ID_LIMIT + 6)]


def unit_of(pledge: str) -> str:
    """The id of the unit with which a pledge's id begins."""
    return pledge.rpartition("-")[0]


Reference = Annotated[str, line(TITLE_LIMIT, f"^{ID_PATTERN}$")]
"""The id of something in another file. Its form is checked where the ids are known."""

Url = Annotated[str, FieldType(_url, {"type": "string", "pattern": "^https?://", "maxLength": URL_LIMIT})]
"""A public address that readers open."""

BaseUrl = Annotated[str, line(URL_LIMIT, "^https?://")]
"""The site's own address. It is checked together with the other settings."""

ORIGINAL_LIMIT = 40_000


def _original(value: Any, _: Languages) -> str:
    if len(as_text(value)) > ORIGINAL_LIMIT:
        raise invalid("too_long", found=len(value), limit=ORIGINAL_LIMIT)
    return "there"


Original = Annotated[Literal["there"] | None, FieldType(_original, {"type": "string"}), FILLED]
"""The source's wording, for those who restate it. Only its presence is recorded, so that nothing made from records can
hold its words."""

_YES = frozenset({"true", "yes", "on", "y", "t", "1", "是"})
_NO = frozenset({"false", "no", "off", "n", "f", "0", "否"})


def is_yes(text: str | None) -> bool:
    """True if the text is one of the words for yes."""
    return (text or "").strip().lower() in _YES


def _flag(value: Any, _: Languages) -> bool:
    text = value.strip().lower() if isinstance(value, str) else ""
    if text not in _YES | _NO:
        raise invalid("not_boolean")
    return text in _YES


YesOrNo = Annotated[bool, FieldType(_flag, {"enum": [True, False, "yes", "no"]})]
"""For YAML 1.2 editors `yes` is a text; the guides use it, so the schema allows it."""

Flag = Annotated[YesOrNo, FILLED]
