"""How single values without a language are written: lines, ids, addresses, yes or no."""

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
"""An id becomes the name of a file."""

URL_LIMIT = 500

RESERVED = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
"""Names that Windows keeps for devices, whatever ending stands behind them: nobody there could copy the site."""


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
        if mistake := wrong_words(text, links=False, parts=False):
            code, values = mistake
            raise invalid(code, **values)
        for sign in signs(text):
            raise invalid(sign.code, found=sign.found, likely=sign.likely)
        return text

    return FieldType(read, plain.schema)


def matching(pattern: str, code: str, limit: int = TITLE_LIMIT) -> FieldType:
    """A text that matches a `pattern`; any other is refused with the message `code`."""

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
    """A text that becomes the name of a file or folder; one that is reserved is refused with the message `code`."""

    def read(value: Any, languages: Languages) -> str:
        text: str = field_type.read(value, languages)
        if text in RESERVED:
            raise invalid(code)
        return text

    return FieldType(read, {**field_type.schema, "not": {"enum": sorted(RESERVED)}})


Line = Annotated[str, line(TITLE_LIMIT)]

ListNumber = Annotated[str, FieldType(line(20).read, {"type": ["string", "number"], "minLength": 1, "maxLength": 20})]
"""An item of a list that others keep, as it stands there: 12, 3-2, 十五."""

Id = Annotated[str, naming(matching(ID_PATTERN, "id_form", ID_LIMIT))]

PledgeId = Annotated[str, matching(PLEDGE_ID_PATTERN, "pledge_id_form", ID_LIMIT + 6)]


def unit_of(pledge: str) -> str:
    """The id of the unit that the id of a pledge begins with."""
    return pledge.rpartition("-")[0]


Reference = Annotated[str, line(TITLE_LIMIT, f"^{ID_PATTERN}$")]
"""The id of something in another file. What it looks like is checked there, where the names are known too."""

Url = Annotated[str, FieldType(_url, {"type": "string", "pattern": "^https?://", "maxLength": URL_LIMIT})]
"""An address that the public is to open."""

BaseUrl = Annotated[str, line(URL_LIMIT, "^https?://")]
"""The address of the site itself, which is judged beside the other settings."""

ORIGINAL_LIMIT = 40_000


def _original(value: Any, _: Languages) -> str:
    if len(as_text(value)) > ORIGINAL_LIMIT:
        raise invalid("too_long", found=len(value), limit=ORIGINAL_LIMIT)
    return "there"


Original = Annotated[Literal["there"] | None, FieldType(_original, {"type": "string"}), FILLED]
"""The wording of the source, for the eyes of those who restate it. Its words are not read: that it is there is all that
any record knows of it, so that nothing made from records can hold it."""

_YES = frozenset({"true", "yes", "on", "y", "t", "1", "是"})
_NO = frozenset({"false", "no", "off", "n", "f", "0", "否"})


def is_yes(text: str | None) -> bool:
    """Whether a text means yes, as far as that can be told."""
    return (text or "").strip().lower() in _YES


def _flag(value: Any, _: Languages) -> bool:
    text = value.strip().lower() if isinstance(value, str) else ""
    if text not in _YES | _NO:
        raise invalid("not_boolean")
    return text in _YES


YesOrNo = Annotated[bool, FieldType(_flag, {"enum": [True, False, "yes", "no"]})]
"""To editors' programs `yes` is a text (YAML 1.2); the guides write it."""

Flag = Annotated[YesOrNo, FILLED]
