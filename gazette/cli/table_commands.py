"""The commands of an office: the content as a workbook, a table for translators, and tables read back into the
content."""

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
    """Write the pledges into a workbook."""
    from gazette.office.content import open_content
    from gazette.office.tables.labels import Labels
    from gazette.office.tables.workbook import sheets, workbook

    content = open_content(options.content)
    labels = Labels.of(options.messages, content.shared)
    found = sheets(content, chosen(content.units.values(), options.unit))
    shown = _written(options.file, workbook(content, found, labels))
    entries = sum(len(sheet.rows) for sheet in found[1:])
    say(labels.told.office["written"].format(path=shown, pledges=len(found[0].rows), entries=entries))


def command_translators_table(options: argparse.Namespace) -> None:
    """Write what is missing or older than its source (with `--all` everything) into a table for translators."""
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
    shown = _written(Path(options.asked[1]), translators_table(content, rows, labels))
    files = len({each.shown for each in rows})
    say(labels.told.office["table_written"].format(path=shown, texts=len(rows), files=files))


def _written(file: Path, data: bytes) -> str:
    """A new workbook; returns its path as an editor types it. Raises ContentError where there is a file already."""
    from gazette.files.replacing import new_files

    shown = display_path(file)
    try:
        new_files({file: data})
    except FileExistsError:
        raise ContentError([Problem.at(shown, 0, 0, "workbook_exists")]) from None
    return shown


def chosen(units: Iterable[OpenUnit], ids: Sequence[str]) -> list[OpenUnit]:
    """The units that are asked for, in their order; all of them where none is named."""
    known = {unit.id: unit for unit in sorted(units, key=lambda each: each.order)}
    for id in ids:
        if id not in known:
            raise wrong_use("option_unit", found=id, near=nearest(id, known), expected=listed(known))
    return [unit for id, unit in known.items() if not ids or id in ids]


def chosen_parts(parts: Sequence[Part], ids: Sequence[str]) -> list[Part]:
    """The parts of the content that are asked for, by their ids or their kinds; all of them where none is named."""
    known = dict.fromkeys(name for part in parts for name in (part.id, part.kind) if name != "unit")
    for id in ids:
        if id not in known:
            raise wrong_use("option_unit", found=id, near=nearest(id, known), expected=listed(known))
    return [part for part in parts if not ids or part.id in ids or part.kind in ids]


def command_import(options: argparse.Namespace) -> int:
    """Read a table back into the content: show what it changes, ask, and write it. Returns the status."""
    from gazette.office.content import open_content
    from gazette.office.tables.labels import Labels
    from gazette.office.tables.table_import import read_import

    office = catalogue(options.messages).office
    try:
        content = open_content(options.content)
        found = read_import(options.file, content, Labels.of(options.messages, content.shared))
        _show(found, options.messages)
        if found.sentences and _is_wanted(options):
            say(office["imported"].format(paths=", ".join(found.write(options.content))))
    except ContentError as error:
        tell(error.problems, options.messages, False)
        complain(office["left"])
        return 1
    return 0


def _show(found: Import, language: str) -> None:
    office = catalogue(language).office
    for line in (*found.notes, *found.sentences):
        say(line)
    if found.sentences:
        told = office["count_files"] if found.files else office["count"]
        say(told.format(count=len(found.sentences), units=found.count))
    else:
        say(office["nothing"])


def _is_wanted(options: argparse.Namespace) -> bool:
    """Whether the changes are to be written: said beforehand, or when asked. Raises UsageError where nobody can be."""
    office = catalogue(options.messages).office
    if options.dry_run:
        say(office["dry_run"])
        return False
    if options.yes or agreed(office["ask"], "import_unasked", options.messages):
        return True
    say(office["left"])
    return False
