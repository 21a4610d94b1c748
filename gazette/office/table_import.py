"""The import of an office's tables: what a file changes, as sentences and as the new files of units."""

from __future__ import annotations

from pathlib import Path

import msgspec

from gazette.files.paths import display_path
from gazette.files.replacing import Changed, replace_files
from gazette.messages.problems import ContentError, Problem
from gazette.office.changed_units import ChangedUnit, changed_units
from gazette.office.content import OpenContent
from gazette.office.labels import Labels
from gazette.office.layout import Layout, described, keyed
from gazette.office.row_changes import placed_by_unit
from gazette.office.sentences import sentences
from gazette.office.table_files import TableSheet, read_tables
from gazette.office.targets import Target, targets
from gazette.reading.tables import read_tables as read_descriptions


class Import(msgspec.Struct, frozen=True):
    """What a file changes: a sentence a change, and the units with their new files."""

    sentences: tuple[str, ...]
    units: tuple[ChangedUnit, ...]

    def write(self) -> list[str]:
        """Put the new files in the place of the old ones; returns their paths as an editor types them. Raises OSError,
        and ContentError where a file is another than the one that was read."""
        try:
            replace_files([(each.unit.path, each.unit.bytes, each.bytes) for each in self.units])
        except Changed as changed:
            raise ContentError([Problem.at(display_path(changed.path), 0, 0, "changed_meanwhile")]) from None
        return [each.unit.shown for each in self.units]


def read_import(file: Path, content: OpenContent, labels: Labels) -> Import:
    """What a file of tables changes in the content. Raises ContentError with all that is wrong: of the file, of its
    cells, and of what the content would be."""
    problems: list[Problem] = []
    sheets = read_tables(file)
    layouts = [layout for sheet in sheets if (layout := keyed(sheet, content.languages, problems))]
    if not layouts:
        layouts = _of_others(sheets, content, problems)
    rows = [row for layout in layouts for row in layout.rows()]
    found = targets(rows, content, problems)
    units = changed_units(content, placed_by_unit(_in_order(found), content.languages, labels), problems)
    if problems:
        raise ContentError(problems)
    told = [line for target in _in_order(found) for line in sentences(target, labels)]
    return Import(tuple(told), tuple(units))


def _in_order(found: list[Target]) -> list[Target]:
    """Targets by unit and pledge; what is new of a pledge comes last."""
    return sorted(found, key=lambda each: (each.unit.order, each.pledge, each.is_new))


def _of_others(sheets: list[TableSheet], content: OpenContent, problems: list[Problem]) -> list[Layout]:
    """The layouts of a file without rows of keys: its sheets that tables.yaml describes."""
    known = read_descriptions(content.opened.diagnostics, content.languages)
    found = [layout for sheet in sheets if (layout := described(sheet, known, content.languages))]
    if not found:
        headings = ", ".join(str(cell) for row in sheets[0].rows[:1] for cell in row if cell) if sheets else ""
        problems.append(Problem.at(sheets[0].file, 0, 0, "table_unknown", found=headings))
    return found
