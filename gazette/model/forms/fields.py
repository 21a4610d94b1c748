"""Defines the marks in a field's annotation that say how its values are written, and the errors for invalid values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeVar

import msgspec

from gazette.messages.coded import Coded

T = TypeVar("T")

Languages = tuple[str, ...]

Mistake = tuple[str | None, str, dict[str, object]]
"""One mistake: the key inside the value that it concerns (None: the whole value), a message code, and the message's
values."""


class InvalidValue(Coded):
    """Raised for a value that is not written as it should be."""


class InvalidParts(Exception):
    """Raised for a value with mistakes in its parts; lists all of them."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__(mistakes)


def invalid(code: str, /, **values: object) -> InvalidValue:
    """Return the error for a value as a whole. `code` is that of the message, `values` are the message's values."""
    return InvalidValue(code, **values)


class FieldType(msgspec.Struct, frozen=True, eq=False):
    """How a kind of value is written.

    `read` takes the value in the file (text, list or mapping; None if missing) and the site's languages, and raises
    InvalidValue or InvalidParts. `schema` is a JSON Schema of the same, as far as one can express it.
    """

    read: Callable[[Any, Languages], Any]
    schema: Mapping[str, Any]


class NotBlank(msgspec.Struct, frozen=True, eq=False):
    """Marks a field that may be left out, but not written empty: `withdrawn:` alone could mean that a pledge was
    withdrawn, or that it was not."""


FILLED = NotBlank()

IfFilled = Annotated[T | None, FILLED]
"""Left out (None) or filled in. Settings of a site (`X | None`) may also be written empty."""


class ListRule(msgspec.Struct, frozen=True):
    """Marks a list: `most` is the largest number of entries (None: no limit), `needed` that it may not be empty,
    `words` that editors write its entries as bare words on one line."""

    most: int | None = None
    needed: bool = False
    words: bool = False


def as_text(value: Any) -> str:
    """The value, stripped. Raises InvalidValue if it is no text."""
    if not isinstance(value, str):
        raise invalid("not_text")
    return value.strip()


def refuse_full_width(text: str, pattern: str) -> None:
    """Raise InvalidValue if the text would match `pattern` but for full-width characters: １００,
    ２０１７－０６－３０."""
    half = unicodedata.normalize("NFKC", text).strip()
    if half != text and re.fullmatch(pattern, half):
        raise invalid("full_width", likely=half)
