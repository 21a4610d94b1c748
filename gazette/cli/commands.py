"""The commands: what each of them does."""

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
    tell_aside,
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
from gazette.messages.problems import ContentError, Interrupted, Problem, UsageError

# ── the command ──────────────────────────────────────────────────────────────


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 something is wrong, 2 wrong use."""
    asked = sys.argv[1:] if arguments is None else arguments
    isolate()
    language = language_of(asked)
    never_fail_on_a_character()
    try:
        return run(read_options(asked))
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
    """The command that is asked for; what is wrong with content or templates is told."""
    try:
        return COMMANDS[options.command](options) or 0
    except ContentError as error:
        tell(error.problems, options.messages, options.command == "build")
        return 1


# ── the process ──────────────────────────────────────────────────────────────


@contextlib.contextmanager
def seldom_collected() -> Iterator[Callable[[], None]]:
    """Until what is yielded is called, when all is imported, no garbage is looked for: nothing that a module makes when
    it is read is any, and looking takes a third of the time. From then on it is looked for seldom, and never among what
    was read, which also lets other processes share its memory. In the end all is as it was."""
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
    """End now. All is written and closed; taking the program apart again would be a quarter of a small build."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os._exit(status)


# ── the commands ─────────────────────────────────────────────────────────────


def command_build(options: argparse.Namespace) -> None:
    """Build the site: at a glance where nothing differs, else through the pipeline."""
    started = time.monotonic()
    place = place_of(options)
    told: dict[str, Any] = {"made": [], "written": [], "removed": [], "why": {}}
    there = is_up_to_date(place.folder, place.database, glance(options))
    if there is None:
        with seldom_collected() as imported:
            from gazette.building.output import Output
            from gazette.building.pipeline import run as build
            from gazette.messages.progress import Progress

            imported()
            output = Output(*place)
            with contextlib.closing(Progress(sys.stderr, options.messages, started)) as progress:
                aside = partial(tell_aside, options.messages, progress=progress)
                report = build(output, settings(options), aside, partial(glance, options), progress)
        told, there = vars(report), (len(output.files.records), output.files.foreign)
    total, strangers = there
    told["seconds"] = round(time.monotonic() - started, 3)
    if strangers:
        complain(left_alone(strangers, place.shown, options.messages))
    if options.report:
        write_report(options.report, {**told, **causes_of(told["why"], options.messages)})
    say(summary(told, total, place.shown, options.messages))
    answers, problems = explain(place, options.explain, told["why"], options.messages)
    for answer in answers:
        say(answer)
    if problems:
        raise ContentError(problems)


def command_check(options: argparse.Namespace) -> int:
    """Say everything that is wrong; write nothing, unless addresses are asked for."""
    from gazette.building.pipeline import check

    drafts: set[str] = set()

    def aside(problem: Problem) -> None:
        drafts.add(problem.path)
        tell_aside(options.messages, problem)

    units, pledges = check(settings(options), aside)
    say(sentence("checked", options.messages, units=units, pledges=pledges))
    if drafts:
        say(sentence("checked_drafts", options.messages, count=len(drafts)))
    return ask_cited(options) if options.external else 0


def command_schema(options: argparse.Namespace) -> None:
    """Write the JSON Schemas of the content files."""
    from gazette.model.records.json_schema import schemas

    options.to.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (options.to / name).write_text(text, "utf-8")


def command_serve(options: argparse.Namespace) -> None:
    """Preview the site, drafts included: build at every change, and have the browser look again."""
    from dataclasses import replace

    from gazette.building.output import Output
    from gazette.preview.preview import Preview
    from gazette.preview.server import serve

    place = state_folder(options.cache / "preview", options.content)  # each content has one of its own
    output = Output(place / "site", place / "state")
    preview = Preview(output, replace(settings(options), drafts=True))

    def ready(address: str) -> None:
        say(sentence("preview_at", options.messages, address=address))

    try:
        serve(preview, options.port, options.messages, ready)
    except KeyboardInterrupt:
        say(sentence("preview_ended", options.messages))


def command_version(options: argparse.Namespace) -> None:
    """The versions of the program and its tools."""
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
