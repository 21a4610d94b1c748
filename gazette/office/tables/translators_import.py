"""The table for translators read back: new translations spliced into the files of units, and kept as right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import msgspec

from gazette.messages.problems import ContentError, Loc, Problem
from gazette.model.translations import digest
from gazette.office.changed_units import ChangedUnit, Placed, changed_units
from gazette.office.content import OpenContent
from gazette.office.record_files import RecordFile
from gazette.office.splice import Put
from gazette.office.tables.labels import Labels
from gazette.office.tables.sentences import change, of_followed, of_text
from gazette.office.tables.table_files import TableSheet
from gazette.office.tables.translators_sheet import TranslatorsRow, read_sheet
from gazette.office.tables.translators_table import KEY, NEW, NOTE, PRESENT, RIGHT, SOURCE, where
from gazette.office.translations import Translation, kept_right, translations


class Answer(msgspec.Struct, frozen=True):
    """A row that somebody wrote in, and the translation that it is about."""

    row: TranslatorsRow
    of: Translation

    @property
    def before(self) -> str:
        """What the translation says now."""
        return self.of.text.said.get(self.of.language, "")

    @property
    def new(self) -> str:
        """What it is to say."""
        return self.row.cells[NEW] or self.before

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


class Translated(msgspec.Struct, frozen=True):
    """What a table changes: a sentence a change, the notes in it, the units with their new files, and the records of
    what is right."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    units: tuple[ChangedUnit, ...]
    records: tuple[RecordFile, ...]


def read_translations(sheets: Iterable[TableSheet], content: OpenContent, labels: Labels) -> Translated | None:
    """What the sheets of a file change in translations; None where none of them is a table for translators. Raises
    ContentError with all that is wrong: with the cells, and with what the content would be."""
    problems: list[Problem] = []
    found = [own for sheet in sheets if (own := read_sheet(sheet, content.languages, problems))]
    if not found:
        return None
    answers = list(_answers([row for sheet in found for row in sheet.rows()], content, problems))
    new = [each for each in answers if each.new != each.before]
    placed: dict[str, list[Placed]] = {}
    for each in new:
        placed.setdefault(each.of.unit.id, []).append(_placed(each, content.languages, labels))
    units = changed_units(content, placed, problems)
    if problems:
        raise ContentError(problems)
    said = [of_text(each.of.unit, each.of.text.owner, _change(each, labels), labels) for each in new]
    said += of_followed(units, labels)
    records, looked_at = _kept(answers, units, content)
    office = labels.told.office
    for each in looked_at:
        words = office["looked_at"].format(field=_field(each, labels))
        said.append(of_text(each.of.unit, each.of.text.owner, words, labels))
    notes = (
        of_text(each.of.unit, each.of.text.owner, office["noted"].format(field=_field(each, labels), note=note), labels)
        for each in answers
        if (note := " ".join(each.row.cells[NOTE].split()))
    )
    return Translated(tuple(said), tuple(notes), tuple(units), tuple(records))


def _field(answer: Answer, labels: Labels) -> str:
    return labels.in_language(where(answer.of, labels), answer.of.language)


def _change(answer: Answer, labels: Labels) -> str:
    return change(labels, _field(answer, labels), answer.before, answer.new)


# ── rows ─────────────────────────────────────────────────────────────────────


def _answers(rows: Sequence[TranslatorsRow], content: OpenContent, problems: list[Problem]) -> Iterator[Answer]:
    """What the rows that somebody wrote in say. What is wrong with one is noted."""
    units = (*content.units.values(), *content.drafts)
    known = {(each.language, f"{each.unit.id} {each.text.key}"): each for each in translations(content, units)}
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
    if not row.cells[KEY]:
        yield row.at_column(KEY, "translated_key")
    else:
        yield row.at_column(row.written, "translated_gone", found=row.cells[KEY].partition(" ")[2])


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


# ── what is written ──────────────────────────────────────────────────────────


def _placed(answer: Answer, languages: tuple[str, ...], labels: Labels) -> Placed:
    loc, language, row = answer.of.text.loc, answer.of.language, answer.row
    put = Put((*loc, language), answer.new, languages[: languages.index(language)])
    unwritable = row.at_column(NEW, "row_unspliceable", file=answer.of.unit.shown)
    return Placed(put.loc, (put,), partial(_told, row, labels), unwritable)


def _told(row: TranslatorsRow, labels: Labels, problem: Problem, _: Loc) -> Problem:
    """A problem of a new translation, at its cell."""
    values = dict(problem.values)
    for name in ("field", "fields"):
        if values.get(name):
            values[name] = labels.fields(values[name])
    return row.at_column(NEW, problem.code, **values)


def _kept(
    answers: Sequence[Answer], units: Sequence[ChangedUnit], content: OpenContent
) -> tuple[list[RecordFile], list[Answer]]:
    """The records of what is right now, and of the translations that did not change those that this is news of. A draft
    that is not filled in has no records: nothing of it was ever right."""
    by_unit: dict[str, list[Answer]] = {}
    for each in answers:
        if each.is_settled(content.languages[0]):
            by_unit.setdefault(each.of.unit.id, []).append(each)
    bytes_of = {each.unit.id: each.bytes for each in units}
    records, looked_at = [], []
    for id, own in by_unit.items():
        unit = own[0].of.unit
        file = content.look(unit.source._replace(data=bytes_of[id]))[0] if id in bytes_of else unit.file
        if file is None:
            continue
        wanted = {(each.of.text.key, each.of.language): each for each in own}
        record, news = kept_right(content, unit, file, set(wanted))
        records += [record] if record else []
        looked_at += [each for name, each in wanted.items() if name in news and each.new == each.before]
    return records, looked_at
