"""The command line: what may be asked of the program.

Only the standard library is imported: a build that has nothing to do must import nothing heavy.
"""

from __future__ import annotations

import argparse
import datetime
import os
import re
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from gazette.cli.paths import misplaced, misuse
from gazette.messages.problems import LANGUAGES, UsageError
from gazette.site.kinds import KINDS

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "gazette"

COMMANDS = {
    "build": "生成网站 / build the site (default)",
    "check": "只检查，不写文件 / say what is wrong, write nothing",
    "serve": "预览，保存即刷新 / preview; a save refreshes the browser",
    "schema": "写出内容文件的 JSON Schema / write the JSON Schemas",
    "sign": "用证书签署网站中的 PDF / sign the site's PDFs with a certificate",
    "verify": "核验 PDF 的签名和附件 / say whether PDFs are intact and who signed them",
}

VALUES = {
    "--content": "DIR",
    "--templates": "DIR",
    "--cache": "DIR",
    "--output": "DIR",
    "--to": "DIR",
    "--messages": "|".join(LANGUAGES),
    "--as-of": "YYYY-MM-DD",
    "--base-url": "URL",
    "--executor": "processes|serial|dask://HOST:PORT",
    "--jobs": "N",
    "--only": "KIND,…",
    "--report": "FILE",
    "--explain": "PATH",
    "--port": "N",
    "--key": "FILE.p12",
    "--passphrase-file": "FILE",
    "--at": "YYYY-MM-DDTHH:MM",
    "--trust": "CERT.pem",
}
"""What stands after an option."""

ALONE = ("--release", "--no-pdf", "--adopt", "--help", "--version")
"""The options that nothing stands after."""

DASHES = "-–—－"
"""What office programs make of two hyphens."""


def read_options(arguments: list[str]) -> argparse.Namespace:
    """What is asked for. Raises UsageError; asked for help, it is printed (SystemExit)."""
    if arguments[:1] == ["--version"]:
        return argparse.Namespace(command="version", messages=language_of(arguments))
    named = arguments[:1] and (arguments[0] in COMMANDS or arguments[0] in ("-h", "--help"))
    if arguments and not named and not arguments[0].startswith(tuple(DASHES)):
        raise _wrong(
            "unknown_command", found=arguments[0], near=_near(arguments[0], COMMANDS), expected=_list(COMMANDS)
        )
    try:
        options, rest = _parser(language_of(arguments)).parse_known_args(arguments if named else ["build", *arguments])
    except argparse.ArgumentError as error:
        raise _told(error) from None
    if options.command == "verify":  # files may stand behind options, too
        options.files += [text for text in rest if not text.startswith(tuple(DASHES))]
        rest = [text for text in rest if text.startswith(tuple(DASHES))]
    if rest:
        raise _not_understood(rest[0], options.command)
    if options.command == "build":
        options.only = _chosen(options)
        options.jobs = _counted(options)
    if problems := list(misplaced(options)):
        raise UsageError(problems)
    return options


def language_of(arguments: list[str]) -> str:
    """The language to tell things in, also where the rest of the command is wrong."""
    asked = [text.removeprefix("--messages=") for text in arguments if text.startswith("--messages=")]
    asked += [value for option, value in pairwise(arguments) if option == "--messages"]
    return next((language for language in asked if language in LANGUAGES), None) or _system_language()


# ── reading ──────────────────────────────────────────────────────────────────


class _Parser(argparse.ArgumentParser):
    """Leaves the telling to us."""

    def print_help(self, file: object = None) -> None:
        """The help, now: argparse would say nothing of a screen that does not take it."""
        print(self.format_help(), end="", file=file, flush=True)  # type: ignore[call-overload]

    def error(self, message: str) -> NoReturn:
        raise _wrong("option_wrong", found=message)


def _parser(language: str) -> _Parser:
    telling = _Parser(add_help=False)
    _add(telling, "--messages", _language, language, "提示语言 / language of messages")
    common, making = _common(telling), _making()
    parser = _Parser(prog="build.py", description="Gazette", allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--version", action="store_true", help="版本 / versions of the program and its tools")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    parents = {"build": [common, making], "sign": [telling], "verify": [telling]}
    for name, words in COMMANDS.items():
        own = commands.add_parser(
            name, parents=parents.get(name, [common]), help=words, allow_abbrev=False, exit_on_error=False
        )
        if name == "serve":
            _add(own, "--port", _port, 8000, "端口，0为任意 / port; 0 is any that is free")
        if name == "schema":
            _add(own, "--to", _folder, ROOT / "docs" / "schema", "写到哪里 / where to")
        if name == "sign":
            _add_signing(own)
        if name == "verify":
            own.add_argument("files", nargs="*", metavar="FILE", help="PDF 或文件夹 / PDFs, or folders of them")
            words = "可信的证书，可写多次 / a certificate that you trust; may be repeated"
            _add(own, "--trust", _folder, [], words, action="append")
    return parser


def _add_signing(parser: argparse.ArgumentParser) -> None:
    _add(parser, "--key", _folder, None, "证书和私钥（PKCS#12） / the certificate with its key (PKCS#12)")
    words = "口令所在的文件 / a file with the passphrase; else GAZETTE_PASSPHRASE, or it is asked for"
    _add(parser, "--passphrase-file", _folder, None, words)
    _add(parser, "--output", _folder, ROOT / "output", "网站所在的文件夹 / the folder of the site")
    _add(parser, "--to", _folder, ROOT / "signed", "写到哪里 / where to")
    _add(parser, "--cache", _folder, CACHE, "生成网站时所用的缓存 / the cache that the site was built with")
    _add(parser, "--at", _time, None, "签署时间，默认为现在 / the time of signing; now, if not given")


def _common(telling: _Parser) -> _Parser:
    common = _Parser(add_help=False, parents=[telling])
    _add(common, "--content", _folder, ROOT / "content", "内容文件夹 / content folder")
    _add(common, "--templates", _folder, ROOT / "templates", "模板文件夹 / templates folder")
    _add(common, "--cache", _folder, CACHE, "可随时删除的缓存 / a cache that may be deleted at any time")
    _add(common, "--as-of", _day, None, "统计日期 / the date that states are measured against")
    _add(common, "--base-url", _address, None, "网站地址 / the site's address")
    words = "正式发布：必填设置不得留空 / demand a release's settings"
    common.add_argument("--release", action="store_true", help=words)
    return common


def _making() -> _Parser:
    making = _Parser(add_help=False)
    _add(making, "--output", _folder, ROOT / "output", "输出文件夹 / output folder")
    _add(making, "--executor", _executor, "processes", "由谁来做 / who works")
    _add(making, "--jobs", _jobs, None, "本机最多几个进程 / processes of this machine")
    _add(making, "--only", _kinds, KINDS, f"只做这些 / only these: {_list(KINDS)}")
    making.add_argument("--no-pdf", action="store_true", help="不做 PDF / all but pdf")
    words = "接管已有文件的输出文件夹 / take over an output folder that holds files already"
    making.add_argument("--adopt", action="store_true", help=words)
    _add(making, "--report", _folder, None, "把结果写成 JSON / write what was done as JSON")
    words = "说明文件为何重新生成，可写多次 / say why a file was made again; may be repeated"
    _add(making, "--explain", _path, [], words, action="append")
    return making


def _add(
    parser: argparse.ArgumentParser,
    option: str,
    read: Callable[[str, str], object],
    default: object,
    words: str,
    **more: Any,
) -> None:
    """An option with a value; `read` takes the option's name and the text after it."""
    parser.add_argument(
        option, type=lambda text: read(option, text), default=default, metavar=VALUES[option], help=words, **more
    )


def _folder(option: str, text: str) -> Path:
    # A script whose variable is empty must not mean the current folder.
    if not text.strip():
        raise _wrong("option_value", option=option, expected=VALUES[option])
    return Path(text)


def _path(option: str, text: str) -> str:
    _folder(option, text)
    return text


def _language(_: str, text: str) -> str:
    if text not in LANGUAGES:
        raise _wrong("option_messages", found=text, expected=_list(LANGUAGES))
    return text


def _day(_: str, text: str) -> datetime.date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise _wrong("option_as_of_form", found=text)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _wrong("option_as_of_absent", found=text) from None


def _time(_: str, text: str) -> datetime.datetime:
    """A time of this machine's zone."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}", text):
            raise ValueError(text)
        return datetime.datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        raise _wrong("option_at", found=text) from None


def _address(_: str, text: str) -> str:
    from gazette.model.base_address import NotABase, base_address

    try:
        return base_address(text)
    except NotABase as error:
        raise _wrong(_OF_BASE_URL.get(error.code, error.code), found=text) from None


_OF_BASE_URL = dict.fromkeys(("url_form", "base_url_form"), "option_base_url")
"""What is told of an address in content names the option here."""


def _executor(_: str, text: str) -> str:
    port = re.fullmatch(r"dask://(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):0*([0-9]{1,5})", text)
    if text not in ("processes", "serial") and not (port and 0 < int(port[1]) <= 65_535):
        raise _wrong("option_executor", found=text)
    return text


def _jobs(_: str, text: str) -> int:
    if not re.fullmatch(r"0*[1-9][0-9]{0,3}", text):
        raise _wrong("option_jobs", found=text)
    return int(text)


def _port(_: str, text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text) or int(text) > 65_535:
        raise _wrong("option_port", found=text)
    return int(text)


def _kinds(_: str, text: str) -> tuple[str, ...]:
    """Kinds with commas between them, Chinese ones too, in the order of all kinds."""
    named = [name for part in re.split("[,，、]", text) if (name := part.strip())]
    for name in named or [text]:
        if name not in KINDS:
            raise _wrong("option_only", found=name, near=_near(name, KINDS), expected=_list(KINDS))
    return tuple(kind for kind in KINDS if kind in named)


def _chosen(options: argparse.Namespace) -> tuple[str, ...]:
    chosen = tuple(kind for kind in options.only if kind != "pdf" or not options.no_pdf)
    if not chosen:
        raise _wrong("option_only_nothing")
    return chosen


def _counted(options: argparse.Namespace) -> int:
    """How many processes may work. Nobody else is counted: what was meant would not be done."""
    if options.jobs and options.executor != "processes":
        raise _wrong("option_jobs_nobody", found=options.executor)
    return options.jobs or os.cpu_count() or 1


def _system_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name:
        import locale

        name = locale.getlocale()[0] or ""
    return next((code for code in LANGUAGES if name.lower().startswith(code)), LANGUAGES[-1])


# ── telling ──────────────────────────────────────────────────────────────────


def _wrong(code: str, /, **values: object) -> UsageError:
    return UsageError([misuse(code, **values)])


def _told(error: argparse.ArgumentError) -> UsageError:
    """argparse finds a value missing, or one where none belongs; our own readers find the rest."""
    option = (error.argument_name or "").split("/")[-1]
    if option in VALUES:
        return _wrong("option_value", option=option, expected=VALUES[option])
    return _wrong("option_alone", option=option) if option in ALONE else _wrong("option_wrong", found=error.message)


def _not_understood(text: str, command: str) -> UsageError:
    """A word of the command line that nothing was made of."""
    if not text.startswith(tuple(DASHES)):
        return _wrong("unknown_argument", found=text, expected=_list(COMMANDS))
    option = text.partition("=")[0]
    if option in VALUES or option in ALONE:
        return _wrong("option_not_here", found=option, command=command)
    return _wrong("unknown_option", found=option, near=_near("--" + option.lstrip(DASHES), [*VALUES, *ALONE]))


def _near(text: str, known: Iterable[str]) -> str:
    import difflib

    return next(iter(difflib.get_close_matches(text, known, 1, 0.7)), "")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
