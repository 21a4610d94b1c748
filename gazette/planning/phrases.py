"""Finds phrases that pledges share: which unit uses which term of the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.text.markup import plain
from gazette.planning import counting
from gazette.planning.counting import Totals

SHARED = 2
"""The number of units from which a phrase counts as shared."""

_MARKS = str.maketrans("", "", "“”‘’「」『』《》")


def said_by(content: SharedContent, unit_file: UnitFile) -> tuple[str, ...]:
    """Return the ids of the terms that a unit uses.

    A term is used if its words (any form, where the entry lists several with `、`) stand in the summary or a pledge in
    the source language, or if one of these links to it.
    """
    source, unit = content.languages[0], unit_file.unit
    texts = [unit.summary, *(text for pledge in unit.pledges for text in (pledge.title, pledge.text))]
    said = "\n".join(plain(text[source]).translate(_MARKS) for text in texts)
    linked = {*counting.terms_of(unit_file, source)}
    phrases = ((term.id, term.term[source].translate(_MARKS).split("、")) for term in content.glossary)
    return tuple(id for id, forms in phrases if id in linked or any(words in said for words in forms))


def count_phrases(content: SharedContent, unit_file: UnitFile) -> dict[str, int]:
    """Return what a unit adds to the totals: `phrase.ID.units`."""
    return {f"phrase.{id}.units": 1 for id in said_by(content, unit_file)}


def shared(content: SharedContent, totals: Totals) -> Iterator[tuple[str, int]]:
    """Yield the terms that several units use, each with the number of units; the most used first, then in the order of
    the file."""
    used = [(term.id, totals[f"phrase.{term.id}.units"]) for term in content.glossary]
    yield from sorted((each for each in used if each[1] >= SHARED), key=lambda each: -each[1])
