"""Implements the commands."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NoReturn

from gazette.building.explain import causes_of, explain
from gazette.building.place import state_folder
from gazette.building.uptodate import is_up_to_date
from gazette.cli.arguments import read_options
from gazette.cli.cited_command import ask_cited
from gazette.cli.console import (
    complain,
    left_alone,
    never_fail_on_a_character,
    say,
    sentence,
    summary,
    tell,
    tell_warning,
    told_by_system,
)
from gazette.cli.content_commands import command_diff, command_edition, command_register, command_translations
from gazette.cli.draft_commands import command_import_statement, command_new
from gazette.cli.language import language_of
from gazette.cli.paths import misuse
from gazette.cli.publish_commands import command_publish
from gazette.cli.report import write_report
from gazette.cli.settings import glance, place_of, settings
from gazette.cli.signing_commands import command_sign, command_verify
from gazette.cli.table_commands import command_import, command_workbook
from gazette.environment import isolate
from gazette.files import atomic
from gazette.messages.problems import ContentError, Interrupted, Problem, UsageError

# ── the command ──────────────────────────────────────────────────────────────


def main(arguments: list[str] | None = None) -> int:
    """Run a command. Return the exit status: 0 done, 1 something is wrong, 2 wrong use, 130 interrupted."""
    words = sys.argv[1:] if arguments is None else arguments
    isolate()
    language = language_of(words)
    never_fail_on_a_character()
    try:
        return run(read_options(words))
    except UsageError as error:
        for problem in error.problems:
            complain(f"build.py: {problem.message(language)}")
        return 2
    except KeyboardInterrupt as stopped:
        code = stopped.code if isinstance(stopped, Interrupted) else "interrupted"
        complain(f"build.py: {misuse(code).message(language)}")
        return 130
    except OSError as error:
        complain(told_by_system(error).show(language))
        return 1


def run(options: argparse.Namespace) -> int:
    """Run the command; print content and template errors; return the exit status."""
    try:
        return COMMANDS[options.command](options) or 0
    except ContentError as error:
        tell(error.problems, options.messages, options.command == "build")
        return 1


# ── the process ──────────────────────────────────────────────────────────────


@contextlib.contextmanager
def seldom_collected() -> Iterator[Callable[[], None]]:
    """Switch garbage collection off while modules are imported, until the yielded function is called.

    Importing makes no garbage, and looking for it takes a third of the time. Afterwards collection is rare, and never
    scans what was imported, so that forked processes share that memory. At the end the former settings return.
    """
    before = gc.get_threshold()

    def imported() -> None:
        gc.freeze()
        gc.set_threshold(50_000, 50, 100)
        gc.enable()

    gc.disable()
    try:
        yield imported
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
        gc.enable()


def leave(status: int) -> NoReturn:
    """End the process at once. Everything is written and closed, and an orderly exit takes a quarter of a small
    build."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(status)


# ── the commands ─────────────────────────────────────────────────────────────


def command_build(options: argparse.Namespace) -> None:
    """Build the site. If the up-to-date check finds that nothing differs, the pipeline does not run."""
    started = time.monotonic()
    place = place_of(options)
    outcome: dict[str, Any] = {"made": [], "written": [], "removed": [], "why": {}}
    counts = is_up_to_date(place.folder, place.database, glance(options))
    if counts is None:
        with seldom_collected() as imported:
            from gazette.building.output import Output
            from gazette.building.pipeline import run as build
            from gazette.messages.progress import Progress

            imported()
            output = Output(*place)
            with contextlib.closing(Progress(sys.stderr, options.messages, started)) as progress:
                warn = partial(tell_warning, options.messages, progress=progress)
                report = build(output, settings(options), warn, partial(glance, options), progress)
        outcome, counts = vars(report), (len(output.files.records), output.files.foreign)
    total, strangers = counts
    outcome["seconds"] = round(time.monotonic() - started, 3)
    if strangers:
        complain(left_alone(strangers, place.shown, options.messages))
    if options.report:
        write_report(options.report, {**outcome, **causes_of(outcome["why"], options.messages)})
    say(summary(outcome, total, place.shown, options.messages))
    answers, problems = explain(place, options.explain, outcome["why"], options.messages)
    for answer in answers:
        say(answer)
    if problems:
        raise ContentError(problems)


def command_check(options: argparse.Namespace) -> int:
    """Print every problem of the content. Writes nothing, unless addresses are requested."""
    from gazette.building.checking import check

    drafts: set[str] = set()

    def warn(problem: Problem) -> None:
        drafts.add(problem.path)
        tell_warning(options.messages, problem)

    units, pledges = check(settings(options), warn)
    say(sentence("checked", options.messages, units=units, pledges=pledges))
    if drafts:
        say(sentence("checked_drafts", options.messages, count=len(drafts)))
    return ask_cited(options) if options.external else 0


def command_schema(options: argparse.Namespace) -> None:
    """Write the JSON Schemas of the content files."""
    from gazette.model.records.json_schema import schemas

    options.to.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        atomic.write(options.to / name, text.encode())


def command_serve(options: argparse.Namespace) -> None:
    """Preview the site, drafts included: build at every change, and have the browser reload."""
    from dataclasses import replace

    from gazette.building.output import Output
    from gazette.preview.preview import Preview
    from gazette.preview.server import serve

    state = state_folder(options.cache / "preview", options.content)  # each content folder has its own
    output = Output(state / "site", state / "state")
    preview = Preview(output, replace(settings(options), drafts=True))

    def ready(address: str) -> None:
        say(sentence("preview_at", options.messages, address=address))

    try:
        serve(preview, options.port, options.messages, ready)
    except KeyboardInterrupt:
        say(sentence("preview_ended", options.messages))


def command_version(options: argparse.Namespace) -> None:
    """Print the versions of the program and its tools."""
    from gazette.pdf.engine import left_out, untested
    from gazette.versions import tools

    say(tools())
    if out := left_out():
        names = ", ".join(patch.module for patch in out)
        say(sentence("left_out", options.messages, found=untested(), names=names))


COMMANDS: dict[str, Callable[[argparse.Namespace], int | None]] = {
    "build": command_build,
    "check": command_check,
    "serve": command_serve,
    "schema": command_schema,
    "workbook": command_workbook,
    "import": command_import,
    "translations": command_translations,
    "register": command_register,
    "diff": command_diff,
    "edition": command_edition,
    "sign": command_sign,
    "verify": command_verify,
    "publish": command_publish,
    "new": command_new,
    "import-statement": command_import_statement,
    "version": command_version,
}
