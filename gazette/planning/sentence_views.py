"""What of a long text reads otherwise, as the lists of changes show it."""

from __future__ import annotations

from gazette.model.text.sentence_changes import sentence_changes
from gazette.site.views.elements import SentenceMark

SHOWN = 3
"""So many places of a text in which it reads otherwise are told; where there are more, the page of the pledge has it
all."""


def sentence_marks(before: str, now: str) -> tuple[tuple[SentenceMark, ...], int]:
    """The first places in which two versions of a text differ, and how many more there are; none where one of them is
    not there: that is no other wording."""
    found = sentence_changes(before, now) if before and now else ()
    return tuple(SentenceMark(*each) for each in found[:SHOWN]), max(0, len(found) - SHOWN)
