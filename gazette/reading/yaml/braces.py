"""Writes values on one line, in braces, ready to be pasted into a content file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from gazette.lazy_re import pattern

_PLAIN = pattern(r"\w(?:[\w ·’'()（）.。，、；;！？!?“”/&+-]*[\w)）.。；！？”])?")
"""Texts that need no quotes inside braces."""


def in_braces(value: object) -> str:
    """The value, made of texts, lists and mappings, as YAML on one line. Texts are quoted if needed."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {in_braces(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(in_braces, value)) + "]"
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
