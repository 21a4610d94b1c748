"""Reads numbers: whole numbers, issue numbers, figures as printed, points of the map."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from gazette.model.forms.fields import FieldType, InvalidValue, Languages, as_text, invalid, refuse_full_width
from gazette.model.forms.texts import TITLE

_WHOLE = "0|-?[1-9][0-9]{0,8}"
_FIGURE = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?"


def whole(first: int, last: int) -> FieldType:
    """A field type for whole numbers from `first` to `last`, written in digits only."""

    def read(value: Any, _: Languages) -> int:
        text = value if isinstance(value, str) else ""
        refuse_full_width(text, _WHOLE)
        if not re.fullmatch(_WHOLE, text.strip()):
            raise invalid("not_number")
        number = int(text)
        if not first <= number <= last:
            raise invalid("number_range", limit=f"≥ {first}" if number < first else f"≤ {last}")
        return number

    return FieldType(read, {"type": "integer", "minimum": first, "maximum": last})


def _issue(value: Any, languages: Languages) -> dict[str, str] | int:
    """Read an issue number: a whole number, or a text in each language if it is counted otherwise."""
    if isinstance(value, dict):
        return dict(TITLE.read(value, languages))
    try:
        return int(_issue_number.read(value, languages))
    except InvalidValue as error:
        raise (invalid("issue_number") if error.code == "not_number" else error) from None


_issue_number = whole(1, 9_999)

Issue = Annotated[dict[str, str] | int, FieldType(_issue, {"anyOf": [_issue_number.schema, TITLE.schema]})]


def _figure(value: Any, _: Languages) -> Decimal:
    """Read a figure. It is kept as printed: 1.50 stays 1.50."""
    text = str(value).strip()
    refuse_full_width(text, _FIGURE)
    if not re.fullmatch(_FIGURE, text):
        long = re.fullmatch(r"-?[1-9][0-9]*(\.[0-9]+)?", text)
        raise invalid("number_long" if long else "number_form")
    figure = Decimal(text)
    if figure.is_zero() and figure.is_signed():
        raise invalid("number_minus_zero")
    return figure


FigureValue = Annotated[Decimal, FieldType(_figure, {"type": ["number", "string"], "pattern": f"^{_FIGURE}$"})]


# ── places on the map ────────────────────────────────────────────────────────

MAP_EDGE = 24
"""The largest number of columns and of rows of the map."""

_POINT = "[0-9]+,[0-9]+"


def points(first: int, several: bool) -> FieldType:
    """A field type for points of the map, each `column,row` from `first` to `MAP_EDGE`: one, or `several` separated by
    spaces."""
    pattern = rf"{_POINT}( {_POINT})+" if several else _POINT

    def read(value: Any, _: Languages) -> str:
        text = as_text(value)
        if len(text) > COURSE_LIMIT or not re.fullmatch(pattern, text):
            raise invalid("course_form")
        for point in text.split():
            if not all(first <= int(number) <= MAP_EDGE for number in point.split(",")):
                raise invalid("course_range", found=point, first=first, last=MAP_EDGE)
        return text

    return FieldType(read, {"type": "string", "pattern": f"^{pattern}$", "maxLength": COURSE_LIMIT})


COURSE_LIMIT = 1_000
