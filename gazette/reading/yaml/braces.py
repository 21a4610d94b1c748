"""Values in braces, on one line, as they may be pasted into a content file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from gazette.lazy_re import pattern

_PLAIN = pattern(r"\w(?:[\w ·’'()（）.。，、；;！？!?“”/&+-]*[\w)）.。；！？”])?")
"""Texts that need no quotes in braces."""


def in_braces(value: object) -> str:
    """A value of texts, lists and mappings. A text is in quotes where a sign in it would mean something there."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {in_braces(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(in_braces, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
