#!/usr/bin/env python3
"""Gazette's program: content and templates in, the site in `output/`. `python build.py --help` lists the commands."""

from __future__ import annotations

import argparse
import concurrent.futures
import datetime
import functools
import json
import locale
import os
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gazette.content import Content
from gazette.links import broken
from gazette.opening import open_content
from gazette.output import Output
from gazette.plan import plan
from gazette.problems import LANGUAGES, ContentError, Problem
from gazette.render import key, make, tools
from gazette.target import KINDS, Target
from gazette.templates import Kit, open_kit

ROOT = Path(__file__).resolve().parent
TEMPLATES = ROOT / "templates"

Executor = concurrent.futures.Executor


@dataclass
class Report:
    """What a build did. Paths are relative to the output folder."""

    made: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    seconds: float = 0.0


def build(content: Content, kit: Kit, targets: Iterable[Target], output: Output, options: argparse.Namespace) -> Report:
    """The whole program: make what is new, check it, write what differs."""
    report = Report()
    wanted = {target.path: target.kind for target in targets}
    chosen = [target for target in targets if target.kind in options.only]
    keys: dict[str, str] = {}
    for level in levels(chosen):
        digests = {path: output.digest(path) for target in level for path in target.needs}
        keys |= {target.path: key(target, kit, digests) for target in level}
        stale = [target for target in level if not output.is_current(target.path, keys[target.path])]
        for target, data in run(stale, kit, options.jobs):
            output.stage(target.path, keys[target.path], target.kind, data)
        report.made += [target.path for target in stale]
    check_links(report.made, output, kit, content.frame.site.base_url or "")
    report.written, report.removed = output.commit(wanted, options.only)
    return report


def levels(targets: Iterable[Target]) -> Iterable[list[Target]]:
    """Targets in an order in which each finds what it needs already made. A cycle is our own mistake (ValueError)."""
    left = {target.path: target for target in targets}
    while left:
        ready = [target for target in left.values() if not any(path in left for path in target.needs)]
        if not ready:
            raise ValueError(f"targets that need each other: {sorted(left)}")
        yield ready
        left = {path: target for path, target in left.items() if target not in ready}


def run(targets: list[Target], kit: Kit, jobs: int) -> Iterable[tuple[Target, bytes]]:
    """Targets with their bytes. Documents, the long work, go to processes of their own, the longest first."""
    heavy = sorted((t for t in targets if t.weight > 1), key=lambda t: (-t.weight, t.path))
    light = [target for target in targets if target.weight == 1]
    problems: list[Problem] = []
    with workers_for(heavy, jobs) as executor:
        waiting = [(target, executor.submit(make, target, kit)) for target in heavy]
        work: list[tuple[Target, Callable[[], bytes]]] = []
        work += [(target, functools.partial(make, target, kit)) for target in light]
        work += [(target, future.result) for target, future in waiting]
        for target, produce in work:
            try:
                yield target, produce()
            except ContentError as error:
                problems += error.problems
                if len(problems) > 100:
                    break
    if problems:
        raise ContentError(once_each(problems))


def once_each(problems: Iterable[Problem]) -> Iterable[Problem]:
    """A template's mistake is told once, with the first of the pages that it spoils."""
    seen = set()
    for problem in sorted(problems):
        place = (problem.path, problem.line, problem.code, tuple(pair for pair in problem.values if pair[0] != "page"))
        if place not in seen:
            seen.add(place)
            yield problem


class _Serial(Executor):
    """Runs each task at once, in this process: for tests and debuggers, and where one worker is enough."""

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: concurrent.futures.Future[object] = concurrent.futures.Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except ContentError as error:
            future.set_exception(error)
        return future


def workers_for(heavy: list[Target], jobs: int) -> Executor:
    """As many processes as there is work for; this one where that is enough."""
    workers = min(len(heavy), jobs)
    if workers < 2:
        return _Serial()
    import multiprocessing

    return concurrent.futures.ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"))


def check_links(made: list[str], output: Output, kit: Kit, base_url: str) -> None:
    """The gate: nothing is written while a link leads nowhere."""
    pages = [path for path in made if path.endswith(".html")]
    base_path = "/" + base_url.split("://", 1)[-1].partition("/")[2] if base_url else ""
    problems = list(broken(pages, lambda path: output.read(path).decode(), kit.paths, base_path))
    if problems:
        raise ContentError(problems)


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


def read(options: argparse.Namespace) -> tuple[Content, Kit, tuple[Target, ...]]:
    """Content, templates and plan, all checked."""
    content = open_content(options.content, as_of=options.as_of, base_url=options.base_url, release=options.release)
    targets = plan(content)
    site = content.frame.site
    tags: dict[str, str] = {}
    for language in site.languages:
        tags.setdefault(language.script, language.tag)
    assets = frozenset(name for target in targets for name in target.assets)
    paths = frozenset(target.path for target in targets)
    shown, cache = _shown(options.templates), options.cache / "templates"
    kit = open_kit(options.templates, content.frame.words, tags, paths, assets, shown, cache)
    return content, kit, targets


def command_build(options: argparse.Namespace) -> None:
    """Build the site."""
    started = time.perf_counter()
    say = {"zh": "另一个构建正在进行，等它结束……", "en": "Another build is under way; waiting for it."}[
        options.messages
    ]
    check_output_place(options)
    output = Output(options.output)
    content, kit, targets = read(options)
    with output.locked(lambda: print(say, file=sys.stderr)):
        output.recover()
        output.check_is_ours(_shown(options.output))
        report = build(content, kit, targets, output, options)
    report.seconds = round(time.perf_counter() - started, 3)
    if options.report:
        options.report.write_text(json.dumps(vars(report), ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(summary(report, len(targets), options))


def command_check(options: argparse.Namespace) -> None:
    """Say everything that is wrong; write nothing."""
    content, _, targets = read(options)
    units = len(content.shards)
    pledges = sum(len(shard.unit.pledges) for shard in content.shards)
    words = {
        "zh": f"内容无误：{units} 个单位，{pledges} 项承诺，将生成 {len(targets)} 个文件。",
        "en": f"The content is right: {units} units, {pledges} pledges, {len(targets)} files to make.",
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


def summary(report: Report, total: int, options: argparse.Namespace) -> str:
    """One line on what was done."""
    made, written, removed = len(report.made), len(report.written), len(report.removed)
    names = "".join(f"\n  - {path}" for path in report.removed[:10]) + ("\n  - …" if removed > 10 else "")
    shown, seconds = _shown(options.output), f"{report.seconds:.2f}"
    line = {
        "zh": f"{shown}：共 {total} 个文件，生成 {made} 个，写入 {written} 个，删除 {removed} 个，用时 {seconds} 秒。",
        "en": f"{shown}: {total} files, {made} made, {written} written, {removed} removed, in {seconds} s.",
    }
    return line[options.messages] + names


def check_output_place(options: argparse.Namespace) -> None:
    """The output may not hold, or lie in, what it is made from."""
    output = options.output.resolve()
    for source in (options.content.resolve(), options.templates.resolve()):
        if output == source or output in source.parents or source in output.parents:
            shown = _shown(options.output)
            raise ContentError([Problem.at(shown, 0, 0, "output_inside", found=shown)])


def _shown(path: Path) -> str:
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
        print(tools())
        parser.exit(0)
    options = parser.parse_args(arguments if named else ["build", *arguments])
    if getattr(options, "no_pdf", False):
        options.only = tuple(kind for kind in options.only if kind != "pdf")
    return options


def _system_language() -> str:
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    name = name or (locale.getlocale()[0] or "")
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
