"""Marks in a rendered text the places of its fragments, which are filled in later, because there can be many."""

from __future__ import annotations

from collections.abc import Mapping


def slot_marker(slot: str) -> str:
    """Return the mark of a slot. It is set off by NUL, which content cannot hold."""
    return f"\0{slot}\0"


def fill_slots(text: str, fragments: Mapping[str, str]) -> str:
    """Replace the marks in a rendered text by the fragments of their slots. Raises KeyError for a slot without
    fragments."""
    parts = text.split("\0")
    parts[1::2] = [fragments[slot] for slot in parts[1::2]]
    return "".join(parts)


def strip_slots(text: str) -> str:
    """Return a rendered text without its marks."""
    return "".join(text.split("\0")[::2])
