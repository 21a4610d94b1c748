"""Implements the commands of editions: freeze one, list them, restore one, and compare."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from gazette.building.place import OutputPlace
from gazette.cli.console import say, sentence, tell_warning
from gazette.cli.report import write_report
from gazette.files.paths import display_path

if TYPE_CHECKING:
    from gazette.building.settings import Settings


def edition(
    options: argparse.Namespace, asked: Settings, place: OutputPlace, glance: Callable[[], str], now: datetime.datetime
) -> None:
    """Freeze an edition, list all of them, or restore one. `glance` returns a fingerprint of all that the site is made
    from."""
    what, *rest = options.asked
    if what == "new":
        _freeze(options, asked, place, glance, now)
    elif what == "list":
        _list(options)
    else:
        _restore(options, int(rest[0]), Path(rest[1]))


def _freeze(
    options: argparse.Namespace, asked: Settings, place: OutputPlace, glance: Callable[[], str], now: datetime.datetime
) -> None:
    """Build the site as the next issue, and freeze it."""
    from gazette.building.output import Output
    from gazette.building.pipeline import run
    from gazette.cli.changes_told import lines, summed_up
    from gazette.editions.freezing import freeze, handed_out
    from gazette.editions.issues import next_issue
    from gazette.messages.progress import Progress

    language = options.messages
    issue = next_issue(asked, options.at, now)
    before, output = glance(), Output(*place)
    with contextlib.closing(Progress(sys.stderr, language, time.monotonic())) as progress:
        warn = partial(tell_warning, language, progress=progress)
        run(output, replace(asked, issue=issue.bulletin), warn, lambda _: "", progress)
    done = freeze(asked, issue, handed_out(output), lambda: glance() == before)
    of_issue, taken = {"number": done.number, "date": issue.day}, done.registered
    say(sentence("edition_new", language, **of_issue, folder=display_path(done.folder), files=done.files))
    say(sentence("registered", language, lines=taken.lines, units=taken.units))
    if issue.last:
        say(summed_up(done.changes, language))
        for line in lines(done.changes, language):
            say(f"  {line}")
    say(sentence("edition_next", language))


def _list(options: argparse.Namespace) -> None:
    """Print a line for each edition: number, day, number of changes, digest of its list of checksums."""
    from gazette.editions.restoring import editions_of

    editions = editions_of(options.content, options.cache)
    for edition in editions:
        values = {"number": edition.number, "date": edition.date, "digest": edition.sums}
        counts = {"changes": len(edition.changes), "files": len(edition.files)}
        say(sentence("edition_line", options.messages, **values, **counts))
    if not editions:
        say(sentence("edition_no", options.messages))


def _restore(options: argparse.Namespace, number: int, folder: Path) -> None:
    """Restore the content and the files of an edition into a new folder."""
    from gazette.editions.restoring import restore

    done = restore(options.content, number, folder)
    values = {"number": number, "date": done.edition.date, "folder": display_path(folder)}
    say(sentence("edition_restored", options.messages, **values, content=done.content, files=done.files))


def diff(options: argparse.Namespace, asked: Settings) -> None:
    """Print what changed, and write it as data for other programs if a report is requested."""
    from gazette.cli.changes_told import as_report, told
    from gazette.editions.differing import differ

    difference = differ(asked, options.sides)
    for line in told(difference, options.messages):
        say(line)
    if options.report:
        write_report(options.report, as_report(difference, options.messages))
