"""A text that was translated, and has changed since."""

from __future__ import annotations

from typing import NamedTuple


class StaleText(NamedTuple):
    """A text whose translation into `language` is older than its source: the unit or pledge that it is part of, what
    records of translations call it, and the way to the translation in its file."""

    owner: str
    key: str
    loc: tuple[str | int, ...]
    language: str
