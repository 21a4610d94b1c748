"""Implements the commands of an office: export a workbook, write a table for translators, import tables."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.cli.console import agreed, complain, say, tell
from gazette.cli.values import listed, nearest, wrong_use
from gazette.files.paths import display_path
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import ContentError, Problem

if TYPE_CHECKING:
    from gazette.office.content import OpenUnit
    from gazette.office.tables.table_import import Import
    from gazette.office.translated import Part


def command_workbook(options: argparse.Namespace) -> None:
    """Write the pledges to a workbook."""
    from gazette.office.content import open_content
    from gazette.office.tables.labels import Labels
    from gazette.office.tables.workbook import sheets, workbook

    content = open_content(options.content)
    labels = Labels.of(options.messages, content.shared)
    sheet_list = sheets(content, chosen(content.units.values(), options.unit))
    path = _written(options.file, workbook(content, sheet_list, labels))
    entries = sum(len(sheet.rows) for sheet in sheet_list[1:])
    say(labels.told.office["written"].format(path=path, pledges=len(sheet_list[0].rows), entries=entries))


def command_translators_table(options: argparse.Namespace) -> None:
    """Write the translations that are missing or older than their source (with `--all` every one) to a table for
    translators."""
    from gazette.office.content import open_content
    from gazette.office.tables.labels import Labels
    from gazette.office.tables.translators_table import translators_table
    from gazette.office.translated import parts_of
    from gazette.office.translations import translations

    content = open_content(options.content)
    labels = Labels.of(options.messages, content.shared)
    parts = chosen_parts(parts_of(content), options.unit)
    rows = [each for each in translations(content, parts) if options.all or each.state != "fresh"]
    if not rows:
        say(labels.told.office["nothing_to_translate"])
        return
    path = _written(Path(options.asked[1]), translators_table(content, rows, labels))
    files = len({each.shown for each in rows})
    say(labels.told.office["table_written"].format(path=path, texts=len(rows), files=files))


def _written(file: Path, data: bytes) -> str:
    """Write a new workbook, and return its path as an editor types it. Raises ContentError if the file exists."""
    from gazette.files.replacing import new_files

    path = display_path(file)
    try:
        new_files({file: data})
    except FileExistsError:
        raise ContentError([Problem.at(path, 0, 0, "workbook_exists")]) from None
    return path


def chosen(units: Iterable[OpenUnit], ids: Sequence[str]) -> list[OpenUnit]:
    """Return the units with these ids, in their order; all units if `ids` is empty. Raises UsageError for an unknown
    id."""
    by_id = {unit.id: unit for unit in sorted(units, key=lambda each: each.order)}
    for id in ids:
        if id not in by_id:
            raise wrong_use("option_unit", found=id, near=nearest(id, by_id), expected=listed(by_id))
    return [unit for id, unit in by_id.items() if not ids or id in ids]


def chosen_parts(parts: Sequence[Part], ids: Sequence[str]) -> list[Part]:
    """Return the parts of the content with these ids or kinds; all parts if `ids` is empty. Raises UsageError for an
    unknown one."""
    names = dict.fromkeys(name for part in parts for name in (part.id, part.kind) if name != "unit")
    for id in ids:
        if id not in names:
            raise wrong_use("option_unit", found=id, near=nearest(id, names), expected=listed(names))
    return [part for part in parts if not ids or part.id in ids or part.kind in ids]


def command_import(options: argparse.Namespace) -> int:
    """Import a table into the content: print its changes, ask, and write them. Return the exit status."""
    from gazette.office.content import open_content
    from gazette.office.tables.labels import Labels
    from gazette.office.tables.table_import import read_import

    office = catalogue(options.messages).office
    try:
        content = open_content(options.content)
        changes = read_import(options.file, content, Labels.of(options.messages, content.shared))
        _show(changes, options.messages)
        if changes.sentences and _is_wanted(options):
            say(office["imported"].format(paths=", ".join(changes.write(options.content))))
    except ContentError as error:
        tell(error.problems, options.messages, False)
        complain(office["left"])
        return 1
    return 0


def _show(changes: Import, language: str) -> None:
    office = catalogue(language).office
    for line in (*changes.notes, *changes.sentences):
        say(line)
    if changes.sentences:
        total = office["count_files"] if changes.files else office["count"]
        say(total.format(count=len(changes.sentences), units=changes.count))
    else:
        say(office["nothing"])


def _is_wanted(options: argparse.Namespace) -> bool:
    """Return whether the changes are to be written, by option or by asking. Raises UsageError if there is no
    terminal."""
    office = catalogue(options.messages).office
    if options.dry_run:
        say(office["dry_run"])
        return False
    if options.yes or agreed(office["ask"], "import_unasked", options.messages):
        return True
    say(office["left"])
    return False
