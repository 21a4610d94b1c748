"""Reads the command line.

Only the standard library is imported: a build that has nothing to do must import nothing heavy.
"""

from __future__ import annotations

import argparse
import os

from gazette.cli.language import language_of
from gazette.cli.parser import COMMANDS, parser_for
from gazette.cli.paths import misplaced
from gazette.cli.values import VALUES, listed, nearest, wrong_use
from gazette.messages.problems import UsageError
from gazette.site.kinds import KINDS

ALONE = (
    *("--release", "--no-pdf", "--adopt", "--all", "--yes", "--dry-run", "--list", "--unlock"),
    *("--external", "--keep-documents", "--help", "--version"),
)
"""The options that take no value."""

_LISTS = {"verify": "files", "diff": "sides", "edition": "asked", "translations": "asked", "publish": "asked"}
"""The commands that take words without an option, with the attribute that holds them."""

DASHES = "-–—－"
"""Characters that office programs put in place of two hyphens."""


def read_options(arguments: list[str]) -> argparse.Namespace:
    """Return the options of a command line. Raises UsageError; prints the help, if that is requested (SystemExit)."""
    if arguments[:1] == ["--version"]:
        return argparse.Namespace(command="version", messages=language_of(arguments))
    is_named = arguments[:1] and (arguments[0] in COMMANDS or arguments[0] in ("-h", "--help"))
    if arguments and not is_named and not arguments[0].startswith(tuple(DASHES)):
        near = nearest(arguments[0], COMMANDS)
        raise wrong_use("unknown_command", found=arguments[0], near=near, expected=listed(COMMANDS))
    asked = arguments if is_named else ["build", *arguments]
    try:
        options, rest = parser_for(asked).parse_known_args(asked)
    except argparse.ArgumentError as error:
        raise _told(error) from None
    if options.command in _LISTS:  # they may also follow options
        getattr(options, _LISTS[options.command]).extend(text for text in rest if not text.startswith(tuple(DASHES)))
        rest = [text for text in rest if text.startswith(tuple(DASHES))]
    if rest:
        raise _not_understood(rest[0], options.command)
    if options.command == "translations":
        _tell_reviewed(options)
    if options.command == "build":
        options.only = _chosen(options)
        options.jobs = _counted(options)
    if options.command in ("edition", "publish"):  # these always build all kinds
        options.only, options.jobs = KINDS, _counted(options)
    if problems := list(misplaced(options)):
        raise UsageError(problems)
    return options


# ── options ──────────────────────────────────────────────────────────────────


def _tell_reviewed(options: argparse.Namespace) -> None:
    """Treat `translations reviewed ID …` as `--reviewed ID`."""
    what, *ids = options.asked or [""]
    if what == "reviewed" and ids:
        options.reviewed, options.asked = [*options.reviewed, *ids], []


def _chosen(options: argparse.Namespace) -> tuple[str, ...]:
    chosen = tuple(kind for kind in options.only if kind != "pdf" or not options.no_pdf)
    if not chosen:
        raise wrong_use("option_only_nothing")
    return chosen


def _counted(options: argparse.Namespace) -> int:
    """Return how many processes may work. Raises UsageError if `--jobs` is given with another executor, which would
    ignore it."""
    if options.jobs and options.executor != "processes":
        raise wrong_use("option_jobs_nobody", found=options.executor)
    return options.jobs or os.cpu_count() or 1


def _told(error: argparse.ArgumentError) -> UsageError:
    """Return the error that argparse found: a missing value, or one where none belongs. Our own readers find all
    others."""
    option = (error.argument_name or "").split("/")[-1]
    if option in VALUES:
        return wrong_use("option_value", option=option, expected=VALUES[option])
    if option in ALONE:
        return wrong_use("option_alone", option=option)
    return wrong_use("option_wrong", found=error.message)


def _not_understood(text: str, command: str) -> UsageError:
    """Return the error for a word of the command line that belongs to nothing."""
    if not text.startswith(tuple(DASHES)):
        return wrong_use("unknown_argument", found=text, expected=listed(COMMANDS))
    option = text.partition("=")[0]
    if option in VALUES or option in ALONE:
        return wrong_use("option_not_here", found=option, command=command)
    return wrong_use("unknown_option", found=option, near=nearest("--" + option.lstrip(DASHES), [*VALUES, *ALONE]))
