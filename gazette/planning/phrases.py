"""The shared language of the promises: which unit says which term of the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.text.markup import plain
from gazette.planning import counting
from gazette.planning.counting import Totals

SHARED = 2
"""A phrase is shared if so many units say it."""

_MARKS = str.maketrans("", "", "“”‘’「」『』《》")


def said_by(content: SharedContent, unit_file: UnitFile) -> tuple[str, ...]:
    """The terms that a unit says: its summary or a pledge has the words in the language of the source (one of several,
    where the entry names these), or is linked to the entry there."""
    source, unit = content.languages[0], unit_file.unit
    texts = [unit.summary, *(text for pledge in unit.pledges for text in (pledge.title, pledge.text))]
    said = "\n".join(plain(text[source]).translate(_MARKS) for text in texts)
    linked = {*counting.terms_of(unit_file, source)}
    phrases = ((term.id, term.term[source].translate(_MARKS).split("、")) for term in content.glossary)
    return tuple(id for id, forms in phrases if id in linked or any(words in said for words in forms))


def count_phrases(content: SharedContent, unit_file: UnitFile) -> dict[str, int]:
    """What a unit adds to the totals: `phrase.ID.units`."""
    return {f"phrase.{id}.units": 1 for id in said_by(content, unit_file)}


def shared(content: SharedContent, totals: Totals) -> Iterator[tuple[str, int]]:
    """The terms that several units say, and how many do; those of most units first, then in the order of the file."""
    found = [(term.id, totals[f"phrase.{term.id}.units"]) for term in content.glossary]
    yield from sorted((each for each in found if each[1] >= SHARED), key=lambda each: -each[1])
