"""Computes a record's fingerprint in one language, which depends on what it says and not on how it is written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import msgspec

from gazette.model.forms.texts import one_line

_LENGTH = 16
"""Length in hexadecimal digits: enough to tell apart the few versions of one record that are ever compared."""


def fingerprint(value: object, language: str, without: Iterable[str] = ()) -> str:
    """Digest of a record, or several, as read in `language`, without the fields `without`. Empty values do not count,
    so that adding a field to the program changes no fingerprint."""
    said = _said(value, language, frozenset(without))
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:_LENGTH]


def _said(value: object, language: str, without: frozenset[str] = frozenset()) -> Any:
    if isinstance(value, dict):
        return one_line(value.get(language, ""))
    if isinstance(value, tuple):
        return [_said(each, language) for each in value]
    stated = getattr(value, "stated", None)  # a deadline or a period: its days follow from it
    if stated is not None:
        return str(stated)
    if isinstance(value, msgspec.Struct):
        names = sorted({*value.__struct_fields__} - without)
        said = ((name, _said(getattr(value, name), language)) for name in names)
        return [pair for pair in said if pair[1] not in ("", [], None, False)]
    return value if isinstance(value, bool) or value is None else str(value)
