"""Explains mistakes in lists of bare words."""

from __future__ import annotations

import re
from typing import Any

from gazette.model.forms.fields import invalid

_COMMAS = r"[，、；;]"

_NOTHING = frozenset({"无", "没有", "暂无", "none", "None", "-", "/"})


def refuse_commas(value: Any, needed: bool) -> None:
    """Raise InvalidValue for a value that is no list only because of its commas or brackets, with the list as it should
    be written; and for a list that says “none” unless it is `needed`."""
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
