"""The rows of the table for translators that somebody wrote in, each with the translation that it is about."""

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
    """A row that somebody wrote in, and the translation that it is about."""

    row: TranslatorsRow
    of: Translation

    @property
    def before(self) -> str:
        """What the translation says now."""
        return self.of.before

    @property
    def new(self) -> str:
        """What it is to say."""
        words, passage = self.row.cells[NEW], self.of.passage
        if words and passage:
            words = in_paragraphs(words, passage)
            lines = (line.rstrip() for line in self.before.split("\n"))
            return self.before if words == "\n".join(lines) else words
        return words or self.before

    @property
    def was_read(self) -> bool:
        """Whether the content has what the row says, and had not when the table was made."""
        return self.new == self.before and digest(self.row.cells[PRESENT]) != digest(self.before)

    def is_of(self, source: str) -> bool:
        """Whether the text still says in the language `source` what it said when the table was made."""
        return digest(self.row.cells[SOURCE]) == digest(self.of.text.said[source])

    def is_settled(self, source: str) -> bool:
        """Whether somebody looked at the translation of what the source says now."""
        return bool(self.row.cells[NEW] or self.row.is_right) and self.is_of(source)


def answers_of(rows: Sequence[TranslatorsRow], content: OpenContent, problems: list[Problem]) -> Iterator[Answer]:
    """What the rows that somebody wrote in say. What is wrong with one is noted."""
    known = {(each.language, key_of(each)): each for each in translations(content, parts_of(content))}
    seen: dict[tuple[str, str], TranslatorsRow] = {}
    for row in rows:
        name = (row.of.language, row.cells[KEY])
        there = known.get(name)
        wrong = [*row.unreadable(), *_again(row, seen, name), *([] if there else _unknown(row))]
        problems += wrong
        if there and not wrong:
            answer = Answer(row, there)
            differing = [*_differing(answer, content.languages[0])]
            problems += differing
            if not differing:
                yield answer


def _unknown(row: TranslatorsRow) -> Iterator[Problem]:
    """A row of no text."""
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
    """A text that a row above is about already."""
    first = seen.setdefault(name, row)
    if first is not row and row.cells[KEY]:
        yield row.at_column(row.written, "row_twice", found=row.cells[KEY].partition(" ")[2], first=first.number + 1)


def _differing(answer: Answer, source: str) -> Iterator[Problem]:
    """What keeps a row from being read: it does not fit together, or the content has changed since the table was
    made."""
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
