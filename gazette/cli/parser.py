"""Builds the parser of the command line: which options each command has.

Only the standard library is imported: a build that has nothing to do must import nothing heavy.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from gazette.cli.language import language_of
from gazette.cli.values import (
    VALUES,
    listed,
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
    read_release,
    read_time,
    wrong_use,
)
from gazette.messages.catalogue import catalogue, languages
from gazette.site.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "gazette"

COMMANDS = (
    *("build", "check", "serve", "schema", "new", "import-statement", "workbook", "import", "translations"),
    *("register", "diff", "edition", "sign", "verify", "publish"),
)


Words = Callable[[str], str]
"""Returns the help of a command or an option, by its name."""


def _words_of(arguments: list[str]) -> Words:
    """Return the words of the help in all languages side by side. If no help is requested, no catalogue is read."""
    if any(text.startswith(("-h", "--h")) for text in arguments):
        return lambda name: " / ".join(catalogue(language).help[name] for language in languages())
    return lambda name: name


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError, so that this program prints errors."""

    def __init__(self, words: Words, **more: Any) -> None:
        self.words = words
        super().__init__(**more)

    def print_help(self, file: object = None) -> None:
        """Print the help and flush it: argparse ignores an output that fails."""
        print(self.format_help(), end="", file=file, flush=True)  # type: ignore[call-overload]

    def error(self, message: str) -> NoReturn:
        """Raise UsageError. Called by argparse."""
        raise wrong_use("option_wrong", found=message)

    def add_value(self, option: str, read: Callable[[str, str], object], default: object, **more: Any) -> None:
        """Add an option with a value. `read` takes the option's name and its text, and returns the value."""
        more = {"help": self.words(option), "metavar": VALUES[option], **more}
        self.add_argument(option, type=lambda text: read(option, text), default=default, **more)

    def add_flag(self, option: str) -> None:
        """Add an option without a value."""
        self.add_argument(option, action="store_true", help=self.words(option))


def parser_for(arguments: list[str]) -> Parser:
    """Return the parser for a command line. Only the command that it names has its options."""
    words = _words_of(arguments)
    messages = Parser(words, add_help=False)
    messages.add_value("--messages", read_language, language_of(arguments))
    common = _common(messages)
    office = _content(messages)
    parents = {"build": [common, _making(words)], "sign": [messages], "verify": [messages]}
    parents |= {"workbook": [messages], "import": [messages], "new": [office], "import-statement": [office]}
    adders = {"check": _add_checking, "serve": _add_serving, "schema": _add_schema, "register": _add_registering}
    adders |= {"translations": _add_translations, "diff": _add_comparing, "edition": _add_freezing}
    adders |= {"workbook": _add_workbook, "import": _add_import, "sign": _add_signing, "verify": _add_verifying}
    adders |= {"publish": _add_publishing, "new": _add_asking, "import-statement": _add_importing}
    parser = Parser(words, prog="build.py", description="Gazette", allow_abbrev=False, exit_on_error=False)
    parser.add_flag("--version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    same: dict[str, Any] = {"words": words, "allow_abbrev": False, "exit_on_error": False}
    for name in COMMANDS:  # only the named command gets its options; the help lists the others with one line each
        asked = name == arguments[0]
        above = parents.get(name, [common]) if asked else []
        command = commands.add_parser(name, parents=above, help=words(name), **same)
        if asked and name in adders:
            adders[name](command)
    return parser


def _common(messages: Parser) -> Parser:
    common = Parser(messages.words, add_help=False, parents=[messages])
    common.add_value("--content", read_folder, ROOT / "content")
    common.add_value("--templates", read_folder, ROOT / "templates")
    common.add_value("--cache", read_folder, CACHE)
    common.add_value("--as-of", read_day, None)
    common.add_value("--base-url", read_address, None)
    common.add_flag("--release")
    return common


def _content(messages: Parser) -> Parser:
    content = Parser(messages.words, add_help=False, parents=[messages])
    content.add_value("--content", read_folder, ROOT / "content")
    return content


def _making(words: Words) -> Parser:
    making = Parser(words, add_help=False)
    making.add_value("--output", read_folder, ROOT / "output")
    making.add_value("--executor", read_executor, "processes")
    making.add_value("--jobs", read_jobs, None)
    making.add_value("--only", read_kinds, KINDS, help=f"{words('--only')}: {listed(KINDS)}")
    making.add_flag("--no-pdf")
    making.add_flag("--adopt")
    making.add_value("--report", read_folder, None)
    making.add_value("--explain", read_path, [], action="append")
    return making


def _add_checking(parser: Parser) -> None:
    parser.add_flag("--external")


def _add_serving(parser: Parser) -> None:
    parser.add_value("--port", read_port, 8000)


def _add_schema(parser: Parser) -> None:
    parser.add_value("--to", read_folder, ROOT / "docs" / "schema")


def _add_registering(parser: Parser) -> None:
    parser.add_value("--at", read_day, None, metavar="YYYY-MM-DD", help=parser.words("register --at"))


def _add_translations(parser: Parser) -> None:
    metavar = "table FILE.xlsx | reviewed ID"
    parser.add_argument("asked", nargs="*", metavar=metavar, help=parser.words("translations table FILE.xlsx"))
    parser.add_value("--unit", read_path, [], action="append", help=parser.words("translations --unit"))
    parser.add_flag("--all")
    parser.add_value("--reviewed", read_path, [], action="append")


def _add_comparing(parser: Parser) -> None:
    parser.add_argument("sides", nargs="*", metavar="A", help=parser.words("diff A"))
    parser.add_value("--report", read_folder, None, help=parser.words("diff --report"))


def _add_freezing(parser: Parser) -> None:
    parser.add_argument("asked", nargs="*", metavar="new|list|restore N DIR", help=parser.words("edition new"))
    parser.add_value("--at", read_day, None, metavar="YYYY-MM-DD", help=parser.words("edition --at"))
    parser.add_value("--output", read_folder, ROOT / "output")
    parser.add_value("--executor", read_executor, "processes")
    parser.add_value("--jobs", read_jobs, None)


def _add_publishing(parser: Parser) -> None:
    parser.add_argument("asked", nargs="*", metavar="NAME", help=parser.words("publish NAME"))
    for flag in ("--dry-run", "--yes", "--list", "--unlock"):
        parser.add_argument(flag, action="store_true", help=parser.words(f"publish {flag}"))
    parser.add_flag("--keep-documents")
    parser.add_value("--rollback", read_release, None, nargs="?", const="")
    parser.add_value("--at", read_time, None, help=parser.words("publish --at"))
    parser.add_value("--signed", read_folder, ROOT / "signed")
    parser.add_value("--output", read_folder, ROOT / "output", help=parser.words("publish --output"))
    parser.add_value("--report", read_folder, None)
    parser.add_value("--executor", read_executor, "processes")
    parser.add_value("--jobs", read_jobs, None)


def _add_workbook(parser: Parser) -> None:
    _add_table(parser, "workbook FILE.xlsx", "FILE.xlsx")
    parser.add_value("--unit", read_path, [], action="append")


def _add_import(parser: Parser) -> None:
    _add_table(parser, "import FILE", "FILE")
    parser.add_flag("--yes")
    parser.add_flag("--dry-run")


def _add_table(parser: Parser, name: str, metavar: str) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar=metavar, help=parser.words(name))
    parser.add_value("--content", read_folder, ROOT / "content")


def _add_signing(parser: Parser) -> None:
    parser.add_value("--key", read_folder, None)
    parser.add_value("--passphrase-file", read_folder, None)
    parser.add_value("--output", read_folder, ROOT / "output", help=parser.words("sign --output"))
    parser.add_value("--to", read_folder, ROOT / "signed")
    parser.add_value("--cache", read_folder, CACHE, help=parser.words("sign --cache"))
    parser.add_value("--at", read_time, None)


def _add_verifying(parser: Parser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help=parser.words("verify FILE"))
    parser.add_value("--trust", read_folder, [], action="append")


def _add_asking(parser: Parser) -> None:
    parser.add_argument("kind", nargs="?", metavar="KIND", help=parser.words("new KIND"))
    parser.add_value("--set", read_answer, [], action="append")


def _add_importing(parser: Parser) -> None:
    parser.add_argument("file", nargs="?", metavar="FILE", help=parser.words("import-statement FILE"))
    parser.add_value("--into", read_folder, None)
    parser.add_value("--ids", read_folder, None)
    parser.add_flag("--dry-run")
