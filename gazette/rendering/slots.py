"""The marks in a rendered text that stand for the fragments of its slots, which come in later and can be many."""

from __future__ import annotations

from collections.abc import Mapping


def slot_marker(slot: str) -> str:
    """What stands in a rendered text for the fragments of a slot. Content cannot hold a NUL."""
    return f"\0{slot}\0"


def fill_slots(text: str, fragments: Mapping[str, str]) -> str:
    """A rendered text with the fragments of its slots in place of the marks."""
    parts = text.split("\0")
    parts[1::2] = [fragments[slot] for slot in parts[1::2]]
    return "".join(parts)


def strip_slots(text: str) -> str:
    """A rendered text without its fragments."""
    return "".join(text.split("\0")[::2])
