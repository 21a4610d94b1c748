"""The command line: what is asked of the program.

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
"""The options that nothing stands after."""

_LISTS = {"verify": "files", "diff": "sides", "edition": "asked", "translations": "asked", "publish": "asked"}
"""The commands that take words without a name, and what those are called here."""

DASHES = "-–—－"
"""What office programs make of two hyphens."""


def read_options(arguments: list[str]) -> argparse.Namespace:
    """What is asked for. Raises UsageError; asked for help, it is printed (SystemExit)."""
    if arguments[:1] == ["--version"]:
        return argparse.Namespace(command="version", messages=language_of(arguments))
    named = arguments[:1] and (arguments[0] in COMMANDS or arguments[0] in ("-h", "--help"))
    if arguments and not named and not arguments[0].startswith(tuple(DASHES)):
        near = nearest(arguments[0], COMMANDS)
        raise wrong_use("unknown_command", found=arguments[0], near=near, expected=listed(COMMANDS))
    asked = arguments if named else ["build", *arguments]
    try:
        options, rest = parser_for(asked).parse_known_args(asked)
    except argparse.ArgumentError as error:
        raise _told(error) from None
    if options.command in _LISTS:  # they may stand behind options, too
        getattr(options, _LISTS[options.command]).extend(text for text in rest if not text.startswith(tuple(DASHES)))
        rest = [text for text in rest if text.startswith(tuple(DASHES))]
    if rest:
        raise _not_understood(rest[0], options.command)
    if options.command == "translations":
        _tell_reviewed(options)
    if options.command == "build":
        options.only = _chosen(options)
        options.jobs = _counted(options)
    if options.command in ("edition", "publish"):  # of all that there is
        options.only, options.jobs = KINDS, _counted(options)
    if problems := list(misplaced(options)):
        raise UsageError(problems)
    return options


# ── what was asked for ───────────────────────────────────────────────────────


def _tell_reviewed(options: argparse.Namespace) -> None:
    """`translations reviewed ID …` asks for the same as `--reviewed ID`."""
    what, *ids = options.asked or [""]
    if what == "reviewed" and ids:
        options.reviewed, options.asked = [*options.reviewed, *ids], []


def _chosen(options: argparse.Namespace) -> tuple[str, ...]:
    chosen = tuple(kind for kind in options.only if kind != "pdf" or not options.no_pdf)
    if not chosen:
        raise wrong_use("option_only_nothing")
    return chosen


def _counted(options: argparse.Namespace) -> int:
    """How many processes may work. Nobody else is counted: what was meant would not be done."""
    if options.jobs and options.executor != "processes":
        raise wrong_use("option_jobs_nobody", found=options.executor)
    return options.jobs or os.cpu_count() or 1


def _told(error: argparse.ArgumentError) -> UsageError:
    """argparse finds a value missing, or one where none belongs; our own readers find the rest."""
    option = (error.argument_name or "").split("/")[-1]
    if option in VALUES:
        return wrong_use("option_value", option=option, expected=VALUES[option])
    if option in ALONE:
        return wrong_use("option_alone", option=option)
    return wrong_use("option_wrong", found=error.message)


def _not_understood(text: str, command: str) -> UsageError:
    """A word of the command line that nothing was made of."""
    if not text.startswith(tuple(DASHES)):
        return wrong_use("unknown_argument", found=text, expected=listed(COMMANDS))
    option = text.partition("=")[0]
    if option in VALUES or option in ALONE:
        return wrong_use("option_not_here", found=option, command=command)
    return wrong_use("unknown_option", found=option, near=nearest("--" + option.lstrip(DASHES), [*VALUES, *ALONE]))
