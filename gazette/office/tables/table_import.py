"""The import of an office's tables, and of those for translators: what a file changes, as sentences and as new
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
    """What a file changes: a sentence a change, the units with their new files, `others` beside them, and the records;
    and the notes that somebody wrote into it, or that say what was passed over. `files` are those in which something
    that is no unit's changes, too."""

    sentences: tuple[str, ...]
    units: tuple[ChangedUnit, ...]
    records: tuple[RecordFile, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[ChangedFile, ...] = ()
    files: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """How many files something is changed of, records apart: each of a unit where nothing else is said."""
        return len(self.files or {each.unit.id for each in self.units})

    def write(self, root: Path) -> list[str]:
        """Put the new files of the content folder `root` in the place of the old ones; returns their paths as an editor
        types them. Raises OSError, and ContentError where a file is another than the one that was read."""
        units = [(each.unit.path, each.unit.bytes, each.bytes) for each in self.units]
        others = [(each.place, each.before, each.data) for each in self.others]
        records = [(root / each.path, each.before, each.data) for each in self.records]
        write_all([*units, *others, *records])
        shown = [*(each.unit.shown for each in self.units), *(each.shown for each in self.others)]
        return [*shown, *(display_path(place) for place, _, _ in records)]


def read_import(file: Path, content: OpenContent, labels: Labels) -> Import:
    """What a file of tables changes in the content. Raises ContentError with all that is wrong: of the file, of its
    cells, and of what the content would be."""
    problems: list[Problem] = []
    sheets = read_tables(file)
    layouts = [layout for sheet in sheets if (layout := keyed(sheet, content.languages, problems))]
    translated = read_translations(sheets, content, labels)
    if translated is not None:
        if layouts:
            raise ContentError([layouts[0].sheet.at_cell(layouts[0].head, 0, "table_mixed")])
        own = translated
        return Import(own.sentences, own.units, own.records, own.notes, own.others, own.files)
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
    found = _in_order(targets(rows, content, problems))
    units = changed_units(content, placed_by_unit(found, content.languages, labels), problems)
    if problems:
        raise ContentError(problems)
    told = [line for target in found for line in sentences(target, labels)]
    return Import((*told, *of_followed(units, labels)), tuple(units), notes=tuple(sums_told(sums, labels)))


def _in_order(found: list[Target]) -> list[Target]:
    """Targets by unit and pledge; what is new of a pledge comes last."""
    return sorted(found, key=lambda each: (each.unit.order, each.pledge, each.is_new))


def _of_others(sheets: list[TableSheet], content: OpenContent, problems: list[Problem]) -> list[Layout]:
    """The layouts of a file without rows of keys: its sheets that tables.yaml describes."""
    known = read_descriptions(content.opened.diagnostics, content.languages)
    found = [layout for sheet in sheets if (layout := described(sheet, known, content.languages))]
    if not found and (nearly := nearly_described(sheets, known)):
        problems.append(nearly)
    elif not found:
        headings = ", ".join(str(cell) for row in sheets[0].rows[:1] for cell in row if cell) if sheets else ""
        problems.append(Problem.at(sheets[0].file, 0, 0, "table_unknown", found=headings))
    return found
