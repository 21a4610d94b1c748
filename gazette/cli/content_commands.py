"""Implements the commands that keep records beside the content: of translations, publications and editions."""

from __future__ import annotations

import argparse
import datetime
from collections import Counter
from functools import partial

from gazette.cli.console import say, sentence
from gazette.cli.settings import glance, place_of, settings
from gazette.cli.table_commands import chosen_parts, command_translators_table


def command_translations(options: argparse.Namespace) -> None:
    """Print which translations are missing or older than their source, record reviewed ones, or write a table for
    translators."""
    from gazette.office.content import open_content
    from gazette.office.translated import parts_of
    from gazette.office.translations import mark_reviewed, unsettled

    if options.reviewed:
        count = mark_reviewed(settings(options), options.reviewed)
        say(sentence("translations_reviewed", options.messages, texts=count))
        return
    if options.asked:
        command_translators_table(options)
        return
    content = open_content(options.content)
    pending = unsettled(content, chosen_parts(parts_of(content), options.unit))
    lines = {"stale": "translation_stale", "missing": "translation_missing"}
    for each in pending:
        values = {"place": each.where, "text": each.text.key, "into": each.language}
        say(sentence(lines[each.state], options.messages, **values))
    units = Counter(each.part.id for each in pending)
    for unit, texts in units.items():
        say(sentence("translations_of_unit", options.messages, unit=unit, texts=texts))
    states = Counter(each.state for each in pending)
    if states["missing"]:
        say(sentence("translations_missing", options.messages, texts=states["missing"]))
    if states["stale"] or not pending:
        code = "translations_stale" if states["stale"] else "translations_settled"
        say(sentence(code, options.messages, texts=states["stale"]))


def command_register(options: argparse.Namespace) -> None:
    """Register what is public now."""
    from gazette.editions.registering import register

    registered = register(settings(options), options.at, datetime.datetime.now().astimezone())
    say(sentence("registered", options.messages, lines=registered.lines, units=registered.units))


def command_edition(options: argparse.Namespace) -> None:
    """Freeze an edition, list all of them, or restore one."""
    from gazette.cli.edition_commands import edition

    now = datetime.datetime.now().astimezone()
    edition(options, settings(options), place_of(options), partial(glance, options), now)


def command_diff(options: argparse.Namespace) -> None:
    """Print what changed since an edition."""
    from gazette.cli.edition_commands import diff

    diff(options, settings(options))
