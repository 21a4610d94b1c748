#!/usr/bin/env python3
"""Gazette's program: content and templates in, the site in `output/`. `python build.py --help` lists the commands."""

from __future__ import annotations

import argparse
import datetime
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.glance import nothing_differs, seal
from gazette.kinds import KINDS
from gazette.output import Output
from gazette.problems import LANGUAGES, ContentError, Problem

if TYPE_CHECKING:
    from gazette.pipeline import Settings

ROOT = Path(__file__).resolve().parent
TEMPLATES = ROOT / "templates"


# ── the command ──────────────────────────────────────────────────────────────


def main(arguments: list[str] | None = None) -> int:
    """Run a command; returns the exit status: 0 done, 1 the content is wrong, 2 wrong use."""
    options = read_options(sys.argv[1:] if arguments is None else arguments)
    try:
        COMMANDS[options.command](options)
    except ContentError as error:
        tell(error.problems, options.messages)
        return 1
    except KeyboardInterrupt:
        print(
            {"zh": "已中断，网站没有改动。", "en": "Interrupted; the site is unchanged."}[options.messages],
            file=sys.stderr,
        )
        return 130
    return 0


def tell(problems: Iterable[Problem], language: str) -> None:
    """Problems on stderr, one a line, then their number."""
    shown = list(problems)
    for problem in shown:
        print(problem.show(language), file=sys.stderr)
    count = {
        "zh": f"共 {len(shown)} 处问题，网站没有改动。",
        "en": f"{len(shown)} problem{'' if len(shown) == 1 else 's'}; the site is unchanged.",
    }
    print(count[language], file=sys.stderr)


def command_build(options: argparse.Namespace) -> None:
    """Build the site: at a glance where nothing differs, else through the pipeline."""
    started = time.perf_counter()
    check_output_place(options)
    output = Output(options.output)
    told: dict[str, Any] = {"made": [], "written": [], "removed": []}
    total = nothing_differs(output.folder, output.database, glance(options))
    if total is None:
        from gazette.pipeline import build

        waiting = {"zh": "另一个构建正在进行，等它结束……", "en": "Another build is under way; waiting for it."}
        with output.locked(lambda: print(waiting[options.messages], file=sys.stderr)):
            output.seal = glance(options, output.youngest_ns)
            output.recover()
            output.check_is_ours(shown(options.output))
            report = build(output, settings(options))
        told, total = vars(report), len(output.records)
    told["seconds"] = round(time.perf_counter() - started, 3)
    if options.report:
        options.report.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(summary(told, total, options))


def glance(options: argparse.Namespace, youngest_ns: int | None = None) -> str:
    """All that a build is made from, in one text."""
    asked = [options.content, options.templates, options.as_of, options.base_url, options.release, *options.only]
    if "pdf" in options.only:
        from gazette.pdf.engine import versions

        asked.append(versions())
    return seal(asked, (options.content, options.templates), youngest_ns)


def settings(options: argparse.Namespace) -> Settings:
    """What the command line asks of a build."""
    from gazette.pipeline import Settings

    names = ("content", "templates", "cache", "as_of", "base_url", "release")
    asked = {name: getattr(options, name) for name in names}
    return Settings(**asked, only=getattr(options, "only", KINDS), jobs=getattr(options, "jobs", 1))


def command_check(options: argparse.Namespace) -> None:
    """Say everything that is wrong; write nothing."""
    from gazette.pipeline import check

    units, pledges = check(settings(options))
    words = {
        "zh": f"内容无误：{units} 个单位，{pledges} 项承诺。",
        "en": f"All is right: {units} units, {pledges} pledges.",
    }
    print(words[options.messages])


def command_schema(options: argparse.Namespace) -> None:
    """Write the JSON Schemas of the content files."""
    from gazette.schema import schemas

    options.to.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (options.to / name).write_text(text, "utf-8")


COMMANDS: dict[str, Callable[[argparse.Namespace], None]] = {
    "build": command_build,
    "check": command_check,
    "schema": command_schema,
}


def summary(told: Mapping[str, Any], total: int, options: argparse.Namespace) -> str:
    """One line on what was done."""
    made, written, removed = len(told["made"]), len(told["written"]), len(told["removed"])
    names = "".join(f"\n  - {path}" for path in told["removed"][:10]) + ("\n  - …" if removed > 10 else "")
    place, seconds = shown(options.output), f"{told['seconds']:.2f}"
    line = {
        "zh": f"{place}：共 {total} 个文件，生成 {made} 个，写入 {written} 个，删除 {removed} 个，用时 {seconds} 秒。",
        "en": f"{place}: {total} files, {made} made, {written} written, {removed} removed, in {seconds} s.",
    }
    return line[options.messages] + names


def check_output_place(options: argparse.Namespace) -> None:
    """The output may not hold, or lie in, what it is made from."""
    output = options.output.resolve()
    for source in (options.content.resolve(), options.templates.resolve()):
        if output == source or output in source.parents or source in output.parents:
            place = shown(options.output)
            raise ContentError([Problem.at(place, 0, 0, "output_inside", found=place)])


def shown(path: Path) -> str:
    """A path as an editor types it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


# ── options ──────────────────────────────────────────────────────────────────


def read_options(arguments: list[str]) -> argparse.Namespace:
    """The command line. Wrong use ends the program with status 2."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--content", type=Path, default=ROOT / "content", metavar="DIR", help="内容文件夹 / content folder"
    )
    common.add_argument(
        "--templates", type=Path, default=TEMPLATES, metavar="DIR", help="模板文件夹 / templates folder"
    )
    common.add_argument(
        "--cache",
        type=Path,
        default=ROOT / ".cache" / "gazette",
        metavar="DIR",
        help="可随时删除的缓存 / a cache that may be deleted at any time",
    )
    common.add_argument(
        "--messages", choices=LANGUAGES, default=_system_language(), help="提示语言 / language of messages"
    )
    common.add_argument(
        "--as-of", type=_day, metavar="YYYY-MM-DD", help="统计日期 / the date that states are measured against"
    )
    common.add_argument("--base-url", type=_address, metavar="URL", help="网站地址 / the site's address")
    common.add_argument(
        "--release", action="store_true", help="正式发布：必填设置不得留空 / demand a release's settings"
    )
    making = argparse.ArgumentParser(add_help=False)
    making.add_argument(
        "--output", type=Path, default=ROOT / "output", metavar="DIR", help="输出文件夹 / output folder"
    )
    making.add_argument("--jobs", type=_jobs, default=os.cpu_count() or 1, metavar="N", help="并行数 / workers")
    making.add_argument(
        "--only", type=_kinds, default=KINDS, metavar="KIND,…", help=f"只做这些 / only these: {', '.join(KINDS)}"
    )
    making.add_argument("--no-pdf", action="store_true", help="不做 PDF / all but pdf")
    making.add_argument(
        "--report", type=_new_file, metavar="FILE", help="把结果写成 JSON / write what was done as JSON"
    )
    parser = argparse.ArgumentParser(prog="build.py", description="Gazette")
    parser.add_argument("--version", action="store_true", help="版本 / versions of the program and its tools")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    commands.add_parser("build", parents=[common, making], help="生成网站 / build the site (default)")
    commands.add_parser("check", parents=[common], help="只检查，不写文件 / say what is wrong, write nothing")
    schema = commands.add_parser("schema", parents=[common], help="写出内容文件的 JSON Schema / write the JSON Schemas")
    schema.add_argument("--to", type=Path, default=ROOT / "docs" / "schema", metavar="DIR")
    named = any(argument in COMMANDS for argument in arguments[:1]) or arguments[:1] in (
        ["-h"],
        ["--help"],
        ["--version"],
    )
    if arguments[:1] == ["--version"]:
        from gazette.render import tools

        print(tools())
        parser.exit(0)
    options = parser.parse_args(arguments if named else ["build", *arguments])
    if getattr(options, "no_pdf", False):
        options.only = tuple(kind for kind in options.only if kind != "pdf")
    return options


def _system_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    if not name:
        import locale

        name = locale.getlocale()[0] or ""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}: YYYY-MM-DD") from None


def _address(text: str) -> str:
    if not text.startswith(("http://", "https://")) or any(c in text for c in " ?#\"'<>"):
        raise argparse.ArgumentTypeError(f"{text}: https://HOST/PATH/")
    return text


def _new_file(text: str) -> Path:
    if not Path(text).resolve().parent.is_dir():
        raise argparse.ArgumentTypeError(f"{text}: no such folder")
    return Path(text)


def _jobs(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text}: 1, 2, …")
    return int(text)


def _kinds(text: str) -> tuple[str, ...]:
    kinds = tuple(text.split(","))
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: {', '.join(KINDS)}")
    return kinds


if __name__ == "__main__":
    sys.exit(main())
