"""Matches the filled-in rows of the table for translators with the translations that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gazette.messages.problems import Problem
from gazette.model.translated.passages import headings
from gazette.model.translated.shared_texts import ARTICLES
from gazette.model.translated.translations import digest
from gazette.office.articles import in_paragraphs
from gazette.office.content import OpenContent
from gazette.office.tables.translators_sheet import TranslatorsRow
from gazette.office.tables.translators_table import KEY, NEW, PRESENT, RIGHT, SOURCE, key_of
from gazette.office.translated import Translation, parts_of
from gazette.office.translations import translations


class Answer(msgspec.Struct, frozen=True):
    """A row that somebody filled in, and the translation that it is about."""

    row: TranslatorsRow
    of: Translation

    @property
    def before(self) -> str:
        """The present translation."""
        return self.of.before

    @property
    def new(self) -> str:
        """The translation as it will be."""
        words, passage = self.row.cells[NEW], self.of.passage
        if words and passage:
            words = in_paragraphs(words, passage)
            lines = (line.rstrip() for line in self.before.split("\n"))
            return self.before if words == "\n".join(lines) else words
        return words or self.before

    @property
    def was_read(self) -> bool:
        """True if the content already has the translation of the row, and did not when the table was made."""
        return self.new == self.before and digest(self.row.cells[PRESENT]) != digest(self.before)

    def is_of(self, source: str) -> bool:
        """Return whether the text in the language `source` is still the one from which the table was made."""
        return digest(self.row.cells[SOURCE]) == digest(self.of.text.said[source])

    def is_settled(self, source: str) -> bool:
        """Return whether somebody has checked the translation against the present source."""
        return bool(self.row.cells[NEW] or self.row.is_right) and self.is_of(source)


def answers_of(rows: Sequence[TranslatorsRow], content: OpenContent, problems: list[Problem]) -> Iterator[Answer]:
    """Yield the answers of filled-in rows. Adds the problems of the others."""
    by_name = {(each.language, key_of(each)): each for each in translations(content, parts_of(content))}
    seen: dict[tuple[str, str], TranslatorsRow] = {}
    for row in rows:
        name = (row.of.language, row.cells[KEY])
        translation = by_name.get(name)
        wrong = [*row.unreadable(), *_again(row, seen, name), *([] if translation else _unknown(row))]
        problems += wrong
        if translation and not wrong:
            answer = Answer(row, translation)
            differing = [*_differing(answer, content.languages[0])]
            problems += differing
            if not differing:
                yield answer


def _unknown(row: TranslatorsRow) -> Iterator[Problem]:
    """Yield the problem of a row that belongs to no text."""
    part, _, name = row.cells[KEY].partition(" ")
    if not part:
        yield row.at_column(KEY, "translated_key")
    elif name.startswith(f"{part}.body.") and part.startswith(ARTICLES):
        yield row.at_column(row.written, "translated_passage", found=part)
    else:
        yield row.at_column(row.written, "translated_gone", found=name)


def _again(
    row: TranslatorsRow, seen: dict[tuple[str, str], TranslatorsRow], name: tuple[str, str]
) -> Iterator[Problem]:
    """Yield a problem for a text that a row above is about already."""
    first = seen.setdefault(name, row)
    if first is not row and row.cells[KEY]:
        yield row.at_column(row.written, "row_twice", found=row.cells[KEY].partition(" ")[2], first=first.number + 1)


def _differing(answer: Answer, source: str) -> Iterator[Problem]:
    """Yield why an answer cannot be used: its cells contradict each other, or the content has changed since the table
    was made."""
    row, cells = answer.row, answer.row.cells
    if not (cells[NEW] or row.is_right) or answer.was_read:
        return
    if row.is_right and not cells[PRESENT]:
        yield row.at_column(RIGHT, "translated_nothing")
    elif row.is_right and cells[NEW] and cells[NEW] != cells[PRESENT]:
        yield row.at_column(RIGHT, "translated_both")
    elif not answer.is_of(source):
        yield row.at_column(row.written, "translated_source", found=answer.of.text.said[source])
    elif digest(cells[PRESENT]) != digest(answer.before):
        yield row.at_column(row.written, "translated_other", found=answer.before)
    elif answer.of.passage and cells[NEW] and headings(answer.new) != headings(answer.of.passage.source):
        yield row.at_column(NEW, "translated_headings", found=answer.of.passage.source)
