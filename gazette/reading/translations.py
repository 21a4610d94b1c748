"""Reads and writes the records of translations: a file of lines for each unit, each a confirmed pair of texts.

A line holds, separated by tabs, the key of the text, the language, and the digests of source and translation. Order and
number of lines make no difference, so two copies of a file are merged by keeping the lines of both.
"""

from __future__ import annotations

from collections.abc import Iterable

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.model.records.content import UnitFile
from gazette.model.records.stale_texts import StaleText
from gazette.model.translated.translations import DIGITS, Pair, is_stale, pairs_of, texts_of
from gazette.reading.files.listing import TRANSLATIONS

FOLDER = TRANSLATIONS

_LINE = pattern(rf"([a-z][\w.-]*(?:#\d+)?)\t([a-z]{{2,3}})\t([0-9a-f]{{{DIGITS}}})\t([0-9a-f]{{{DIGITS}}})")

Pairs = frozenset[Pair]


def parse_pairs(path: str, text: str) -> Pairs:
    """The lines of a file. Raises FileProblems with every line that cannot be read."""
    pairs, wrong = set(), []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.fullmatch(line.rstrip())
        if match:
            pairs.add(Pair(*match.groups()))
        elif line.strip():
            wrong.append(Problem.at(path, number, 1, "translations_line", found=line.replace("\t", " ⇥ ")))
    if wrong:
        raise FileProblems(wrong)
    return frozenset(pairs)


def format_pairs(pairs: Iterable[Pair]) -> str:
    """The lines of the pairs, sorted."""
    return "".join(f"{line}\n" for line in sorted("\t".join(pair) for pair in {*pairs}))


def stale_texts(unit_file: UnitFile, right: Pairs, languages: tuple[str, ...]) -> tuple[StaleText, ...]:
    """The texts of a unit whose translations belong to another wording of the source. `right` are its confirmed
    pairs."""
    by_text: dict[tuple[str, str], set[Pair]] = {}
    for pair in right:
        by_text.setdefault((pair.key, pair.language), set()).add(pair)
    return tuple(
        StaleText(text.owner, text.key, (*text.loc, now.language), now.language)
        for text in texts_of(unit_file.id, unit_file.unit)
        for now in pairs_of(text, languages)
        if is_stale(now, by_text.get((now.key, now.language), ()))
    )
