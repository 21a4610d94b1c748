"""The command line: what may be asked of the program.

Only the standard library is imported: a build that has nothing to do must import nothing heavy.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from gazette.cli.paths import misplaced
from gazette.cli.values import (
    VALUES,
    listed,
    nearest,
    read_address,
    read_answer,
    read_day,
    read_executor,
    read_folder,
    read_jobs,
    read_kinds,
    read_language,
    read_path,
    read_port,
    read_time,
    wrong_use,
)
from gazette.messages.catalogue import catalogue, languages
from gazette.messages.problems import UsageError
from gazette.site.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "gazette"

COMMANDS = (
    *("build", "check", "serve", "schema", "new", "import-statement", "workbook", "import", "translations"),
    *("register", "diff", "edition", "sign", "verify"),
)

ALONE = ("--release", "--no-pdf", "--adopt", "--all", "--yes", "--dry-run", "--help", "--version")
"""The options that nothing stands after."""

_LISTS = {"verify": "files", "diff": "sides", "edition": "asked", "translations": "asked"}
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
        options, rest = _parser(asked).parse_known_args(asked)
    except argparse.ArgumentError as error:
        raise _told(error) from None
    if options.command in _LISTS:  # they may stand behind options, too
        getattr(options, _LISTS[options.command]).extend(text for text in rest if not text.startswith(tuple(DASHES)))
        rest = [text for text in rest if text.startswith(tuple(DASHES))]
    if rest:
        raise _not_understood(rest[0], options.command)
    if options.command == "build":
        options.only = _chosen(options)
        options.jobs = _counted(options)
    if options.command == "edition":  # of all that there is
        options.only, options.jobs = KINDS, _counted(options)
    if problems := list(misplaced(options)):
        raise UsageError(problems)
    return options


def language_of(arguments: list[str]) -> str:
    """The language to tell things in, also where the rest of the command is wrong."""
    asked = [text.removeprefix("--messages=") for text in arguments if text.startswith("--messages=")]
    asked += [value for option, value in pairwise(arguments) if option == "--messages"]
    return next((language for language in asked if language in languages()), None) or _system_language()


def _system_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name:
        import locale

        name = locale.getlocale()[0] or ""
    return next((code for code in languages() if name.lower().startswith(code)), languages()[-1])


# ── the parser ───────────────────────────────────────────────────────────────

Words = Callable[[str], str]
"""What the help says of a command or an option."""


def _words_of(arguments: list[str]) -> Words:
    """The words of the help in every language side by side; where no help is asked for, none need be read."""
    if any(text.startswith(("-h", "--h")) for text in arguments):
        return lambda name: " / ".join(catalogue(language).help[name] for language in languages())
    return lambda name: name


class _Parser(argparse.ArgumentParser):
    """Leaves the telling to us."""

    def __init__(self, words: Words, **more: Any) -> None:
        self.words = words
        super().__init__(**more)

    def print_help(self, file: object = None) -> None:
        """The help, now: argparse would say nothing of a screen that does not take it."""
        print(self.format_help(), end="", file=file, flush=True)  # type: ignore[call-overload]

    def error(self, message: str) -> NoReturn:
        raise wrong_use("option_wrong", found=message)

    def add_value(self, option: str, read: Callable[[str, str], object], default: object, **more: Any) -> None:
        """An option with a value; `read` takes the option's name and the text after it."""
        more = {"help": self.words(option), "metavar": VALUES[option], **more}
        self.add_argument(option, type=lambda text: read(option, text), default=default, **more)

    def add_flag(self, option: str) -> None:
        """An option that stands alone."""
        self.add_argument(option, action="store_true", help=self.words(option))


def _parser(arguments: list[str]) -> _Parser:
    words = _words_of(arguments)
    messages = _Parser(words, add_help=False)
    messages.add_value("--messages", read_language, language_of(arguments))
    common = _common(messages)
    office = _content(messages)
    parents = {"build": [common, _making(words)], "sign": [messages], "verify": [messages]}
    parents |= {"workbook": [messages], "import": [messages], "new": [office], "import-statement": [office]}
    own = {"serve": _add_serving, "schema": _add_schema, "register": _add_registering}
    own |= {"translations": _add_translations, "diff": _add_comparing, "edition": _add_freezing}
    own |= {"workbook": _add_workbook, "import": _add_import, "sign": _add_signing, "verify": _add_verifying}
    own |= {"new": _add_asking, "import-statement": _add_importing}
    parser = _Parser(words, prog="build.py", description="Gazette", allow_abbrev=False, exit_on_error=False)
    parser.add_flag("--version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    same: dict[str, Any] = {"words": words, "allow_abbrev": False, "exit_on_error": False}
    for name in COMMANDS:  # the options of one are looked at, and of the others only what they are for is printed
        asked = name == arguments[0]
        above = parents.get(name, [common]) if asked else []
        command = commands.add_parser(name, parents=above, help=words(name), **same)
        if asked and name in own:
            own[name](command)
    return parser


def _common(messages: _Parser) -> _Parser:
    common = _Parser(messages.words, add_help=False, parents=[messages])
    common.add_value("--content", read_folder, ROOT / "content")
    common.add_value("--templates", read_folder, ROOT / "templates")
    common.add_value("--cache", read_folder, CACHE)
    common.add_value("--as-of", read_day, None)
    common.add_value("--base-url", read_address, None)
    common.add_flag("--release")
    return common


def _content(messages: _Parser) -> _Parser:
    content = _Parser(messages.words, add_help=False, parents=[messages])
    content.add_value("--content", read_folder, ROOT / "content")
    return content


def _making(words: Words) -> _Parser:
    making = _Parser(words, add_help=False)
    making.add_value("--output", read_folder, ROOT / "output")
    making.add_value("--executor", read_executor, "processes")
    making.add_value("--jobs", read_jobs, None)
    making.add_value("--only", read_kinds, KINDS, help=f"{words('--only')}: {listed(KINDS)}")
    making.add_flag("--no-pdf")
    making.add_flag("--adopt")
    making.add_value("--report", read_folder, None)
    making.add_value("--explain", read_path, [], action="append")
    return making


def _add_serving(parser: _Parser) -> None:
    parser.add_value("--port", read_port, 8000)


def _add_schema(parser: _Parser) -> None:
    parser.add_value("--to", read_folder, ROOT / "docs" / "schema")


def _add_registering(parser: _Parser) -> None:
    parser.add_value("--at", read_day, None, metavar="YYYY-MM-DD", help=parser.words("register --at"))


def _add_translations(parser: _Parser) -> None:
    shown = "table FILE.xlsx"
    parser.add_argument("asked", nargs="*", metavar=shown, help=parser.words(f"translations {shown}"))
    parser.add_value("--unit", read_path, [], action="append", help=parser.words("translations --unit"))
    parser.add_flag("--all")
    parser.add_value("--reviewed", read_path, [], action="append")


def _add_comparing(parser: _Parser) -> None:
    parser.add_argument("sides", nargs="*", metavar="A", help=parser.words("diff A"))
    parser.add_value("--report", read_folder, None, help=parser.words("diff --report"))


def _add_freezing(parser: _Parser) -> None:
    parser.add_argument("asked", nargs="*", metavar="new|list|restore N DIR", help=parser.words("edition new"))
    parser.add_value("--at", read_day, None, metavar="YYYY-MM-DD", help=parser.words("edition --at"))
    parser.add_value("--output", read_folder, ROOT / "output")
    parser.add_value("--executor", read_executor, "processes")
    parser.add_value("--jobs", read_jobs, None)


def _add_workbook(parser: _Parser) -> None:
    _add_table(parser, "workbook FILE.xlsx", "FILE.xlsx")
    parser.add_value("--unit", read_path, [], action="append")


def _add_import(parser: _Parser) -> None:
    _add_table(parser, "import FILE", "FILE")
    parser.add_flag("--yes")
    parser.add_flag("--dry-run")


def _add_table(parser: _Parser, name: str, shown: str) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar=shown, help=parser.words(name))
    parser.add_value("--content", read_folder, ROOT / "content")


def _add_signing(parser: _Parser) -> None:
    parser.add_value("--key", read_folder, None)
    parser.add_value("--passphrase-file", read_folder, None)
    parser.add_value("--output", read_folder, ROOT / "output", help=parser.words("sign --output"))
    parser.add_value("--to", read_folder, ROOT / "signed")
    parser.add_value("--cache", read_folder, CACHE, help=parser.words("sign --cache"))
    parser.add_value("--at", read_time, None)


def _add_verifying(parser: _Parser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help=parser.words("verify FILE"))
    parser.add_value("--trust", read_folder, [], action="append")


def _add_asking(parser: _Parser) -> None:
    parser.add_argument("kind", nargs="?", metavar="KIND", help=parser.words("new KIND"))
    parser.add_value("--set", read_answer, [], action="append")


def _add_importing(parser: _Parser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help=parser.words("import-statement FILE"))
    parser.add_value("--into", read_folder, None)
    parser.add_value("--ids", read_folder, None)
    parser.add_flag("--dry-run")


# ── what was asked for ───────────────────────────────────────────────────────


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
