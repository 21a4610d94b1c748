"""Selects the sentences of a long text that changed, for the lists of changes."""

from __future__ import annotations

from gazette.model.text.sentence_changes import sentence_changes
from gazette.site.views.elements import SentenceMark

SHOWN = 3
"""How many changed places of a text a list shows; the page of the pledge shows all of them."""


def sentence_marks(before: str, now: str) -> tuple[tuple[SentenceMark, ...], int]:
    """Return the first changed places between two versions of a text, and how many more there are. An empty version
    gives none: a text that was added or removed is not reworded."""
    changed = sentence_changes(before, now) if before and now else ()
    return tuple(SentenceMark(*each) for each in changed[:SHOWN]), max(0, len(changed) - SHOWN)
