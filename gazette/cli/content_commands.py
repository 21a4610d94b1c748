"""The commands that keep records beside the content: of translations, of what was published, of editions."""

from __future__ import annotations

import argparse
import datetime
from functools import partial

from gazette.cli.console import say, sentence
from gazette.cli.settings import glance, place_of, settings


def command_translations(options: argparse.Namespace) -> None:
    """Say which translations are older than their source, or keep those that were looked at."""
    from gazette.office.translations import mark_reviewed, stale_translations

    if options.reviewed:
        found = mark_reviewed(settings(options), options.reviewed)
        say(sentence("translations_reviewed", options.messages, texts=found))
        return
    stale = stale_translations(settings(options))
    for each in stale:
        say(sentence("translation_stale", options.messages, place=each.place, text=each.key, into=each.language))
    for unit in dict.fromkeys(each.unit for each in stale):
        say(sentence("translations_of_unit", options.messages, unit=unit, texts=[e.unit for e in stale].count(unit)))
    say(sentence("translations_stale" if stale else "translations_settled", options.messages, texts=len(stale)))


def command_register(options: argparse.Namespace) -> None:
    """Keep what is public now as published."""
    from gazette.publishing.registering import register

    found = register(settings(options), options.at, datetime.datetime.now().astimezone())
    say(sentence("registered", options.messages, lines=found.lines, units=found.units))


def command_edition(options: argparse.Namespace) -> None:
    """Freeze an edition, list all of them, or restore one."""
    from gazette.cli.edition_commands import edition

    now = datetime.datetime.now().astimezone()
    edition(options, settings(options), place_of(options), partial(glance, options), now)


def command_diff(options: argparse.Namespace) -> None:
    """Say what changed since an edition."""
    from gazette.cli.edition_commands import diff

    diff(options, settings(options))
