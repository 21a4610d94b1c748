"""Defines the record of a translated text whose source has changed since."""

from __future__ import annotations

from typing import NamedTuple


class StaleText(NamedTuple):
    """A text whose translation into `language` is older than its source: the id of its owner (unit or pledge), its key
    in the records of translations, and the location of the translation in its file."""

    owner: str
    key: str
    loc: tuple[str | int, ...]
    language: str
