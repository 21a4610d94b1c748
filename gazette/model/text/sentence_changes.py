"""What two versions of a text say differently, sentence by sentence: a long text is not told twice for one word."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from gazette.lazy_re import pattern
from gazette.model.text.flow import flat
from gazette.model.text.markup import plain

_SENTENCE = pattern(
    r".+?(?:(?:[。！？；…]+|[.!?]+(?=[”’\"')\]]*(?:\s+[“‘\"'(\[]?[A-Z\u4e00-\u9fff]|\s*$)))[”’」』\"')）\]]*\s*|$)"
)
"""A sentence, with what closes it and the space behind it. A full stop within one, as in a figure or an abbreviation,
is followed by no capital."""


class SentenceChange(NamedTuple):
    """Sentences that stand together and say something else: empty `before` where they came, `after` where they went."""

    before: str
    after: str


def sentences(text: str) -> list[str]:
    """A text in sentences; joined, they are the text."""
    return _SENTENCE.findall(text)


def sentence_changes(before: str, after: str) -> tuple[SentenceChange, ...]:
    """The sentences that differ, in order, without markup; paragraphs and links make no difference."""
    old, new = (sentences(flat(plain(text))) for text in (before, after))
    compared = SequenceMatcher(None, [*map(str.strip, old)], [*map(str.strip, new)], autojunk=False)
    return tuple(
        SentenceChange("".join(old[begin:end]).strip(), "".join(new[first:last]).strip())
        for what, begin, end, first, last in compared.get_opcodes()
        if what != "equal"
    )
