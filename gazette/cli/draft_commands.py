"""Implements the commands that help an office to write the content."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gazette.cli.console import say


def command_new(options: argparse.Namespace) -> None:
    """Ask the questions for a unit, a pledge or an update, and write it."""
    from gazette.office.entries.dialogue import Dialogue
    from gazette.office.entries.new_entry import Desk

    for line in Desk(options.content, Dialogue(options.messages), dict(options.set)).new(options.kind):
        say(line)


def command_import_statement(options: argparse.Namespace) -> None:
    """Write drafts of the units of a statement. On a terminal it asks for their ids."""
    from gazette.office.entries.dialogue import Dialogue
    from gazette.office.statements.import_statement import Request, import_statement

    request = Request(
        file=Path(options.file),
        content=options.content,
        into=options.into,
        ids=options.ids,
        dry_run=options.dry_run,
        spoken=options.messages,
    )
    asked = sys.stdin.isatty() and not (options.ids or options.dry_run)
    for line in import_statement(request, Dialogue(options.messages).ask_id if asked else None):
        say(line)
