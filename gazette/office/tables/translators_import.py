"""Imports the table for translators: writes new translations into the files of the content, and records them as
right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import msgspec

from gazette.messages.problems import ContentError, Loc, Problem
from gazette.model.translated.passages import Passage, passages
from gazette.model.translated.shared_texts import ARTICLES
from gazette.model.translated.translations import Pair, digest
from gazette.office.changed_files import ChangedFile, PlacedPassage, Rows, changed_files, content_with
from gazette.office.changed_units import ChangedUnit, Placed, changed_units
from gazette.office.content import OpenContent
from gazette.office.record_files import RecordFile
from gazette.office.splice import Put
from gazette.office.tables.labels import Labels
from gazette.office.tables.passed_over import sheets_lost
from gazette.office.tables.sentences import change, of_followed, of_text
from gazette.office.tables.table_files import TableSheet
from gazette.office.tables.translators_answers import Answer, answers_of
from gazette.office.tables.translators_sheet import TranslatorsRow, read_sheet
from gazette.office.tables.translators_table import NEW, NOTE, sheet_names, where
from gazette.office.translations import kept_right, kept_shared
from gazette.reading.shared_translations import right_of


class Translated(msgspec.Struct, frozen=True):
    """What a table changes: a sentence for each change, the notes in it, the units with their new files, other files,
    and the records of right translations. `files` are the paths of all changed files, records apart."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    units: tuple[ChangedUnit, ...]
    others: tuple[ChangedFile, ...]
    records: tuple[RecordFile, ...]
    files: frozenset[str]


def read_translations(sheets: Sequence[TableSheet], content: OpenContent, labels: Labels) -> Translated | None:
    """Return what the sheets of a file change in translations; None if none of them is a table for translators. Raises
    ContentError with all problems of the cells, and of the content as it would be."""
    problems: list[Problem] = []
    translator_sheets = [
        each_sheet for sheet in sheets if (each_sheet := read_sheet(sheet, content.languages, problems))
    ]
    if not translator_sheets:
        return None
    problems += sheets_lost(sheets, [each_sheet.sheet for each_sheet in translator_sheets], sheet_names(content.shared))
    answers = list(answers_of([row for sheet in translator_sheets for row in sheet.rows()], content, problems))
    new = [each for each in answers if each.new != each.before]
    units, others, after = _written(new, content, labels, problems)
    if problems:
        raise ContentError(problems)
    said = [_said(each, change(labels, _field(each, labels), each.before, each.new), labels) for each in new]
    said += of_followed(units, labels)
    records, looked_at = _kept(answers, units, content)
    shared, looked_at_too = _kept_shared(answers, content, after)
    office, looked_at = labels.told.office, [*looked_at, *looked_at_too]
    said += [_said(each, office["looked_at"].format(field=_field(each, labels)), labels) for each in looked_at]
    notes = [
        _said(each, office["noted"].format(field=_field(each, labels), note=note), labels)
        for each in answers
        if (note := " ".join(each.row.cells[NOTE].split()))
    ]
    files = {each.of.shown for each in (*new, *looked_at)} | {each.unit.shown for each in units}
    return Translated(
        sentences=tuple(said),
        notes=tuple(notes),
        units=tuple(units),
        others=tuple(others),
        records=(*records, *shared),
        files=frozenset(files),
    )


def _field(answer: Answer, labels: Labels) -> str:
    return labels.in_language(where(answer.of, labels), answer.of.language)


def _said(answer: Answer, words: str, labels: Labels) -> str:
    """Return a sentence about a text."""
    part, owner = answer.of.part, answer.of.text.owner
    name = part.unit.name(labels.shown) if part.unit else labels.told.office[f"part_{part.kind}"]
    return of_text(name, owner, words, labels)


# ── new files ────────────────────────────────────────────────────────────────


def _written(
    new: Sequence[Answer], content: OpenContent, labels: Labels, problems: list[Problem]
) -> tuple[list[ChangedUnit], list[ChangedFile], OpenContent]:
    """Return the units and the other files with the new translations, and the content with them. Adds problems."""
    of_units: dict[str, list[Placed]] = {}
    of_others: dict[Path, Rows] = {}
    for each in new:
        if each.of.part.unit:
            of_units.setdefault(each.of.part.id, []).append(_placed(each, content.languages, labels))
            continue
        rows = of_others.setdefault(each.of.place, Rows([], []))
        if each.of.passage:
            tell, unwritable = partial(_told, each.row, labels), _unwritable(each)
            rows.passages.append(PlacedPassage((each.of.passage, each.new), tell, unwritable))
        else:
            rows.values.append(_placed(each, content.languages, labels))
    units = changed_units(content, of_units, problems)
    others = changed_files(content, of_others, problems)
    if not others:
        return units, others, content
    after, wrong = content_with(content, others, units, of_others)
    in_units = {each.unit.shown for each in units}
    problems += [each for each in wrong if each.path not in in_units]  # those of units are among `problems` already
    return units, others, after


def _placed(answer: Answer, languages: tuple[str, ...], labels: Labels) -> Placed:
    loc, language, row = answer.of.text.loc, answer.of.language, answer.row
    put = Put((*loc, language), answer.new, languages[: languages.index(language)])
    if answer.of.part.id.startswith(ARTICLES):  # its head has one language, so no language in the path
        put = Put(loc, answer.new)
    return Placed(put.loc, (put,), lambda problem, _: _told(row, labels, problem), _unwritable(answer))


def _unwritable(answer: Answer) -> Problem:
    code = "passage_unspliceable" if answer.of.passage else "row_unspliceable"
    return answer.row.at_column(NEW, code, file=answer.of.shown)


def _told(row: TranslatorsRow, labels: Labels, problem: Problem, _: Loc = ()) -> Problem:
    """Return a problem of a new translation at its cell."""
    values = dict(problem.values)
    for name in ("field", "fields"):
        if values.get(name):
            values[name] = labels.fields(values[name])
    return row.at_column(NEW, problem.code, **values)


# ── records of right translations ────────────────────────────────────────────


def _kept(
    answers: Sequence[Answer], units: Sequence[ChangedUnit], content: OpenContent
) -> tuple[list[RecordFile], list[Answer]]:
    """Return the records of what is right now in units, and the answers that confirm a translation without changing it
    and are news. A draft that is not filled in has no records: nothing of it was ever right."""
    by_unit: dict[str, list[Answer]] = {}
    for each in answers:
        if each.of.part.unit and each.is_settled(content.languages[0]):
            by_unit.setdefault(each.of.part.id, []).append(each)
    bytes_of = {each.unit.id: each.bytes for each in units}
    records, looked_at = [], []
    for id, of_unit in by_unit.items():
        unit = of_unit[0].of.part.unit
        if unit is None:
            continue
        file = content.look(unit.source._replace(data=bytes_of[id]))[0] if id in bytes_of else unit.file
        if file is None:
            continue
        wanted = {(each.of.text.key, each.of.language): each for each in of_unit}
        record, news = kept_right(content, unit, file, set(wanted))
        records += [record] if record else []
        looked_at += [each for name, each in wanted.items() if name in news and each.new == each.before]
    return records, looked_at


def _kept_shared(
    answers: Sequence[Answer], content: OpenContent, after: OpenContent
) -> tuple[list[RecordFile], list[Answer]]:
    """Return the same for texts outside units' files. `after` is the content as it will be."""
    source = content.languages[0]
    now: dict[str, dict[Pair, Answer]] = {}
    for each in answers:
        if not each.of.part.unit and each.is_settled(source):
            said = digest(each.of.text.said[source]), digest(each.new)
            now.setdefault(each.of.part.records, {})[Pair(each.of.text.key, each.of.language, *said)] = each
    records, looked_at = [], []
    for name, of_records in now.items():
        pairs = {*of_records, *_passages(of_records, right_of(content.opened.diagnostics, name), after)}
        record, news = kept_shared(content.opened, name, pairs)
        records += [record] if record else []
        looked_at += [each for pair, each in of_records.items() if pair in news and each.new == each.before]
    return records, looked_at


def _passages(answer_of: dict[Pair, Answer], right: frozenset[Pair], after: OpenContent) -> set[Pair]:
    """Return the pairs of source and translation of the article passages that came from some rows: one row may have
    become several passages."""
    pairs = set()
    articles = after.shared.articles
    for (key, language, *_), each in answer_of.items():
        if each.of.passage:
            id = each.of.part.id.removeprefix(ARTICLES)
            recorded = {pair for pair in (*right, *answer_of) if pair[:2] == (key, language)}
            bodies = articles[id, after.languages[0]].body, articles[id, language].body
            new = (part for part in passages(*bodies, recorded) if _came_of(part, each))
            pairs |= {part.pair(key, language) for part in new if not part.is_stale(key, language, recorded)}
    return pairs


def _came_of(passage: Passage, answer: Answer) -> bool:
    """Return whether a passage consists only of words of a row, in both languages."""
    was = answer.of.passage
    return bool(passage.translation and was and passage.source in was.source and passage.translation in answer.new)
