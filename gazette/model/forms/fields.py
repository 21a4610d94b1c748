"""The marks in the annotation of a field that say how its values are written, and the errors for those that are not."""

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
"""One mistake: the key inside the value that it concerns (None: the value as a whole), a message's code, its
values."""


class InvalidValue(Coded):
    """A value is not written as it should be."""


class InvalidParts(Exception):
    """Several things may be wrong inside a value."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = mistakes
        super().__init__(mistakes)


def invalid(code: str, /, **values: object) -> InvalidValue:
    """What is wrong with a value as a whole."""
    return InvalidValue(code, **values)


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


def as_text(value: Any) -> str:
    """What stands there, if it is a text."""
    if not isinstance(value, str):
        raise invalid("not_text")
    return value.strip()


def refuse_full_width(text: str, pattern: str) -> None:
    """Refuses what only its full-width characters keep from being right: １００, ２０１７－０６－３０."""
    half = unicodedata.normalize("NFKC", text).strip()
    if half != text and re.fullmatch(pattern, half):
        raise invalid("full_width", likely=half)
