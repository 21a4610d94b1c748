"""Imports the tables of an office, and those for translators: finds what a file changes, as sentences and as new
files."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, Problem
from gazette.office.changed_files import ChangedFile
from gazette.office.changed_units import ChangedUnit, changed_units
from gazette.office.content import OpenContent
from gazette.office.record_files import RecordFile, write_all
from gazette.office.tables.labels import Labels
from gazette.office.tables.layout import Layout, SheetRow, described, keyed, nearly_described
from gazette.office.tables.passed_over import columns_lost, sheet_names, sheets_lost, sums_told, without_sums
from gazette.office.tables.row_changes import placed_by_unit
from gazette.office.tables.sentences import of_followed, sentences
from gazette.office.tables.table_files import TableSheet, read_tables
from gazette.office.tables.targets import Target, targets
from gazette.office.tables.translators_import import read_translations
from gazette.reading.tables import read_tables as read_descriptions


class Import(msgspec.Struct, frozen=True):
    """What a file changes: a sentence for each change, the units with their new files, the `others`, and the records;
    `notes` are those that somebody wrote into it, or that report what was skipped. `files` names all changed files if
    others than units' change."""

    sentences: tuple[str, ...]
    units: tuple[ChangedUnit, ...]
    records: tuple[RecordFile, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[ChangedFile, ...] = ()
    files: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """In how many files something changes, records apart."""
        return len(self.files or {each.unit.id for each in self.units})

    def write(self, root: Path) -> list[str]:
        """Replace the changed files in the content folder `root`, and return their paths as an editor types them.
        Raises OSError, and ContentError if a file has changed since it was read."""
        units = [(each.unit.path, each.unit.bytes, each.bytes) for each in self.units]
        others = [(each.place, each.before, each.data) for each in self.others]
        records = [(root / each.path, each.before, each.data) for each in self.records]
        write_all([*units, *others, *records])
        paths = [*(each.unit.shown for each in self.units), *(each.shown for each in self.others)]
        return [*paths, *(display_path(target) for target, _, _ in records)]


def read_import(file: Path, content: OpenContent, labels: Labels) -> Import:
    """Return what a file of tables changes in the content. Raises ContentError with all problems of the file, of its
    cells, and of the content as it would be."""
    problems: list[Problem] = []
    sheets = read_tables(file)
    layouts = [layout for sheet in sheets if (layout := keyed(sheet, content.languages, problems))]
    translated = read_translations(sheets, content, labels)
    if translated is not None:
        if layouts:
            raise ContentError([layouts[0].sheet.at_cell(layouts[0].head, 0, "table_mixed")])
        translations_read = translated
        return Import(
            sentences=translations_read.sentences,
            units=translations_read.units,
            records=translations_read.records,
            notes=translations_read.notes,
            others=translations_read.others,
            files=translations_read.files,
        )
    if layouts:
        wrong = {each.path for each in problems}
        others = [each for each in sheets if each.place not in wrong]
        problems += sheets_lost(others, [each.sheet for each in layouts], sheet_names())
        problems += [problem for each in layouts for problem in columns_lost(each, content.shared)]
    elif not problems:
        layouts = _of_others(sheets, content, problems)
    problems += [problem for each in layouts for problem in each.sheet.overfull(each.head)]
    sums: list[SheetRow] = []
    rows = list(without_sums((row for layout in layouts for row in layout.rows()), sums))
    in_order = _in_order(targets(rows, content, problems))
    units = changed_units(content, placed_by_unit(in_order, content.languages, labels), problems)
    if problems:
        raise ContentError(problems)
    lines = [line for target in in_order for line in sentences(target, labels)]
    return Import((*lines, *of_followed(units, labels)), tuple(units), notes=tuple(sums_told(sums, labels)))


def _in_order(changed: list[Target]) -> list[Target]:
    """Sort targets by unit and pledge; the new entries of a pledge come last."""
    return sorted(changed, key=lambda each: (each.unit.order, each.pledge, each.is_new))


def _of_others(sheets: list[TableSheet], content: OpenContent, problems: list[Problem]) -> list[Layout]:
    """Return the layouts of a file without rows of keys: of its sheets that tables.yaml describes. Adds a problem if
    there are none."""
    descriptions = read_descriptions(content.opened.diagnostics, content.languages)
    layouts = [layout for sheet in sheets if (layout := described(sheet, descriptions, content.languages))]
    if not layouts and (nearly := nearly_described(sheets, descriptions)):
        problems.append(nearly)
    elif not layouts:
        headings = ", ".join(str(cell) for row in sheets[0].rows[:1] for cell in row if cell) if sheets else ""
        problems.append(Problem.at(sheets[0].file, 0, 0, "table_unknown", found=headings))
    return layouts
