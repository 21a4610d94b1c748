"""Owns how the number of an issue of the bulletin is written."""

from __future__ import annotations

from typing import Annotated, Any

from gazette.forms import Form, Languages, Title, Wrong, whole, wrong

_number = whole(1, 9_999)
(_title,) = Title.__metadata__  # type: ignore[attr-defined]


def _issue(value: Any, languages: Languages) -> dict[str, str] | int:
    if isinstance(value, dict):
        return dict(_title.read(value, languages))
    try:
        return int(_number.read(value, languages))
    except Wrong as error:
        raise (wrong("issue_number") if error.code == "not_number" else error) from None


Issue = Annotated[dict[str, str] | int, Form(_issue, {"anyOf": [_number.schema, _title.schema]})]
"""A whole number, or a text where issues are counted otherwise."""
