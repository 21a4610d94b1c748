"""Compares two versions of a text sentence by sentence, so that one changed word does not repeat a long text."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from gazette.lazy_re import pattern
from gazette.model.text.flow import flat
from gazette.model.text.markup import plain

_SENTENCE = pattern(
    r".+?(?:(?:[。！？；…]+|[.!?]+(?=[”’\"')\]]*(?:\s+[“‘\"'(\[]?[A-Z\u4e00-\u9fff]|\s*$)))[”’」』\"')）\]]*\s*|$)"
)
"""A sentence with its closing marks and the space after it. A full stop inside a sentence, as in a figure or an
abbreviation, is not followed by a capital."""


class SentenceChange(NamedTuple):
    """Adjacent sentences that changed. `before` is "" if they were added, `after` is "" if they were removed."""

    before: str
    after: str


def sentences(text: str) -> list[str]:
    """Split a text into sentences. Joined, they give the text again."""
    return _SENTENCE.findall(text)


def sentence_changes(before: str, after: str) -> tuple[SentenceChange, ...]:
    """The sentences that differ, in order and without markup. Paragraphs and links make no difference."""
    old, new = (sentences(flat(plain(text))) for text in (before, after))
    compared = SequenceMatcher(None, [*map(str.strip, old)], [*map(str.strip, new)], autojunk=False)
    return tuple(
        SentenceChange("".join(old[begin:end]).strip(), "".join(new[first:last]).strip())
        for what, begin, end, first, last in compared.get_opcodes()
        if what != "equal"
    )
