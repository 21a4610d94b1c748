"""Checks the paths that a command names: folders and files must exist, and must not lie in each other.

Only the standard library is imported, as in `arguments`.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gazette.files.paths import display_path, real_path
from gazette.messages.problems import COMMAND, Problem


def misuse(code: str, /, **values: object) -> Problem:
    """Return a problem of the command itself."""
    return Problem.at(COMMAND, 0, 0, code, **values)


def misplaced(options: argparse.Namespace) -> Iterator[Problem]:
    """Yield the problems of a command's paths: folders that are missing, or that lie in each other."""
    if options.command in OWN_PLACES:
        yield from OWN_PLACES[options.command](options)
        return
    yield from _missing("--content", options.content, "content_missing")
    yield from _missing("--templates", options.templates, "templates_missing")
    yield from _obstacle("--cache", options.cache)
    sources = [options.content, options.templates]
    if options.command == "diff":
        yield from _sides(options)
    if options.command == "edition":
        yield from _edition(options)
    if options.command == "translations":
        yield from _translations(options)
    if options.command == "diff" and options.report:
        yield from _report(options.report, sources)
    if options.command == "publish":
        yield from _publishing(options)
    if options.command in ("build", "edition", "publish"):
        yield from _obstacle("--output", options.output)
        yield from _overlaps("output_inside", options.output, sources)
        if options.command in ("build", "publish") and options.report:
            yield from _report(options.report, [options.output, *sources])
        sources = [options.output, *sources]
    yield from _overlaps("cache_inside", options.cache, sources)


def _sides(options: argparse.Namespace) -> Iterator[Problem]:
    """Check what is compared: at most two sides, each the number of an edition or a folder."""
    if len(options.sides) > 2:
        yield misuse("diff_many", found=options.sides[2])
    for side in options.sides:
        if not side.isdecimal() and not os.path.isdir(side):  # noqa: PTH112 - as below
            yield misuse("diff_side", found=side)


def _edition(options: argparse.Namespace) -> Iterator[Problem]:
    """Check what to do with editions, and the folder for a restored one."""
    what, *rest = options.asked or [""]
    if what not in ("new", "list", "restore") or (rest and what != "restore"):
        yield misuse("edition_what", found=" ".join(options.asked))
    elif what == "restore" and (len(rest) != 2 or not rest[0].isdecimal()):
        yield misuse("edition_restore", found=" ".join(rest))
    elif what == "restore":
        yield from _obstacle("DIR", Path(rest[1]))
        yield from _overlaps("restore_inside", Path(rest[1]), [options.content, options.templates, options.output])


def _publishing(options: argparse.Namespace) -> Iterator[Problem]:
    """Check that there is one destination, and one thing to do there."""
    if len(options.asked) != 1:
        yield misuse("publish_what", found=" ".join(options.asked))
    chosen = [name for name in ("list", "unlock", "dry_run") if getattr(options, name)]
    chosen += ["rollback"] if options.rollback is not None else []
    if len(chosen) > 1:
        yield misuse("publish_both", found=" ".join(f"--{name.replace('_', '-')}" for name in chosen))
    yield from _obstacle("--signed", options.signed)
    yield from _overlaps("sign_inside", options.signed, [options.output])


def _signing(options: argparse.Namespace) -> Iterator[Problem]:
    """Check that signed files go outside the site, and that no key lies in either folder."""
    yield from _obstacle("--to", options.to)
    yield from _overlaps("sign_inside", options.to, [options.output])
    if options.key is None:
        yield misuse("key_needed")
        return
    for secret in filter(None, (options.key, options.passphrase_file)):
        for folder in (options.output, options.to):
            if real_path(folder) in real_path(secret).parents:
                yield misuse("key_inside", found=display_path(secret), other=display_path(folder))


def _files(options: argparse.Namespace) -> Iterator[Problem]:
    if not options.files:
        yield misuse("verify_nothing")
    for file in (file for file in options.files if not os.path.exists(file)):  # noqa: PTH110 - as below
        yield misuse("verify_missing", found=file)


def _workbook(options: argparse.Namespace) -> Iterator[Problem]:
    yield from _missing("--content", options.content, "content_missing")
    if options.file is None or options.file.suffix.lower() != ".xlsx":
        yield misuse("workbook_name", found=options.file or "")
    else:
        yield from _new_workbook(options.file, options.content)


def _new_workbook(file: Path, content: Path) -> Iterator[Problem]:
    """Check the path of a new workbook: outside the content, where it would be a foreign file."""
    if real_path(content) in real_path(file).parents:
        yield misuse("workbook_inside", found=display_path(file), other=display_path(content))
    elif not os.path.isdir(real_path(file).parent):  # noqa: PTH112 - as below
        yield misuse("workbook_nowhere", found=display_path(file))


def _translations(options: argparse.Namespace) -> Iterator[Problem]:
    """Check what to do with translations: list them, mark them as reviewed, or write a table."""
    what, *rest = options.asked or [""]
    if what not in ("table", "") or (what and (len(rest) != 1 or not rest[0].lower().endswith(".xlsx"))):
        yield misuse("translations_what", found=" ".join(options.asked))
    elif what:
        yield from _new_workbook(Path(rest[0]), options.content)
    if options.reviewed and (what or options.unit):
        yield misuse("translations_both")
    elif options.all and not what:
        yield misuse("translations_all")


def _table(options: argparse.Namespace) -> Iterator[Problem]:
    yield from _missing("--content", options.content, "content_missing")
    if options.file is None:
        yield misuse("import_nothing")
    elif not os.path.isfile(options.file):  # noqa: PTH113 - as below
        yield misuse("import_missing", found=display_path(options.file))


def _statement(options: argparse.Namespace) -> Iterator[Problem]:
    """Check that the sources of the drafts exist, and that their target is a folder or can be made."""
    yield from _missing("--content", options.content, "content_missing")
    if not options.file:
        yield misuse("statement_nothing")
    for file in (file for file in (options.file, options.ids) if file and not os.path.isfile(file)):  # noqa: PTH113
        yield misuse("import_missing", found=file)
    if options.into:
        yield from _obstacle("--into", options.into)


def _new(options: argparse.Namespace) -> Iterator[Problem]:
    """Check the kind of the new record."""
    yield from _missing("--content", options.content, "content_missing")
    if options.kind not in NEW:
        yield misuse("new_kind", found=options.kind or "", expected=", ".join(NEW))


NEW = ("unit", "pledge", "update")
"""The kinds of records that `new` writes."""

OWN_PLACES: dict[str, Callable[[argparse.Namespace], Iterator[Problem]]] = {
    "schema": lambda options: _obstacle("--to", options.to),
    "workbook": _workbook,
    "import": _table,
    "sign": _signing,
    "verify": _files,
    "new": _new,
    "import-statement": _statement,
}
"""The path checks of the commands that build nothing."""


def _missing(option: str, folder: Path, code: str) -> Iterator[Problem]:
    if os.path.isdir(folder):  # noqa: PTH112 - pathlib's raises where the way there is closed
        return
    if os.path.lexists(folder):
        yield from _obstacle(option, folder)
    else:
        yield misuse(code, found=display_path(folder))


def _obstacle(option: str, folder: Path) -> Iterator[Problem]:
    """Yield a problem if a folder cannot be made because a file is in its way."""
    resolved = real_path(folder)
    existing = next((each for each in (resolved, *resolved.parents) if os.path.lexists(each)), resolved)
    if os.path.lexists(existing) and not os.path.isdir(existing):  # noqa: PTH112 - as above
        yield misuse("not_folder", option=option, found=display_path(folder if existing == resolved else existing))


def _overlaps(code: str, folder: Path, others: Iterable[Path]) -> Iterator[Problem]:
    resolved = real_path(folder)
    for other in others:
        other_place = real_path(other)
        if resolved == other_place or resolved in other_place.parents or other_place in resolved.parents:
            yield misuse(code, found=display_path(folder), other=display_path(other))


def _report(report: Path, folders: Iterable[Path]) -> Iterator[Problem]:
    """Check that a report is a file outside the site and outside what the site is made from."""
    resolved = real_path(report)
    inside = [folder for folder in folders if real_path(folder) in (resolved, *resolved.parents)]
    if inside:
        yield misuse("report_inside", found=display_path(report), other=display_path(inside[0]))
    elif os.path.isdir(resolved):  # noqa: PTH112 - as above
        yield misuse("report_folder", found=display_path(report))
    elif not os.path.isdir(resolved.parent):  # noqa: PTH112 - as above
        yield misuse("report_nowhere", found=display_path(report))
