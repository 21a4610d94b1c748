"""Explains why files were made again: single files that a user asks about, and a whole build.

Only the standard library is imported: a user can also ask after a build that has nothing to do.
"""

from __future__ import annotations

import os
import posixpath
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gazette.building.causes import Cause, Reason, from_text
from gazette.building.database.history import FileHistory
from gazette.building.database.layout import Unreadable
from gazette.building.database.reader import reading
from gazette.building.place import OutputPlace
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import Problem, clip

FEW = 3
"""Causes named in the summary of a build; the rest are counted."""

_NO_CAUSE = ("new", "unknown", "more")
"""Codes that describe a file, but no cause of a build."""


# ── one file ─────────────────────────────────────────────────────────────────


def explain(
    output: OutputPlace, asked: Sequence[str], why: Mapping[str, Sequence[Reason]], language: str
) -> tuple[list[str], list[Problem]]:
    """Return why the files `asked` were made again, and a problem for each that is no file of the site. `why` has the
    reasons of the build that just ended."""
    answers: list[str] = []
    problems: list[Problem] = []
    if not asked:
        return answers, problems
    try:
        with reading(output.database) as reader:
            paths = [*reader.files.digests()]
            existing = {*paths, *why}
            for text in dict.fromkeys(asked):
                path = next((path for path in _meant(output.folder, text) if path in existing), None)
                if path is None:
                    problems.append(_not_there(output.folder, text, paths))
                else:
                    answers.append(_answer(path, reader.history.of_file(path), why.get(path, ()), language))
    except Unreadable as error:
        return [], [Problem.of_folder(output.shown, "output_kept_lost", reason=error)]
    return answers, problems


def _meant(folder: Path, text: str) -> Iterable[str]:
    """Yield the paths in the output folder that a user may mean: as a path of the file system, or as a link of the
    site. For a folder, its `index.html` follows."""
    typed = Path(os.path.abspath(text))  # noqa: PTH100 - a link that stands for a file is that file
    real = Path(os.path.realpath(typed.parent)) / typed.name
    candidates = [real.relative_to(folder).as_posix()] if real.is_relative_to(folder) else []
    candidates.append(posixpath.normpath(text.replace("\\", "/")).lstrip("/"))
    for path in candidates:
        yield path
        yield posixpath.normpath(f"{path}/index.html")


def _not_there(folder: Path, text: str, paths: list[str]) -> Problem:
    wanted = list(_meant(folder, text))
    if any((folder / path).is_file() for path in wanted):
        return Problem.at(clip(text), 0, 0, "explain_foreign")
    return Problem.at(clip(text), 0, 0, "explain_unknown", near=_near(wanted[0], paths))


def _near(path: str, paths: list[str]) -> str:
    """Return the path most like `path`, or "". Of many paths, only those are compared that share a name with it."""
    import difflib

    parts = {*path.split("/")} - {""}
    some = [each for each in paths if not parts.isdisjoint(each.split("/"))] if len(paths) > 2000 else paths
    return next(iter(difflib.get_close_matches(path, some[:5000], 1, 0.6)), "")


def _answer(path: str, history: FileHistory | None, now: Sequence[Reason], language: str) -> str:
    """Return the explanation of one file. `now` are the reasons why this build made or removed it; `history` is None
    for a removed file."""
    words = catalogue(language).causes
    if history is None:
        return "\n".join((words["gone_now"].format(path=path), *_list(now, language)))
    how = "made_now" if now else "made_then" if history.is_looked_at else "not_asked"
    times = {name: _time(getattr(history, f"{name}_ns")) for name in ("made", "written", "looked")}
    lines = [words[how].format(path=path, kind=history.kind, **times)]
    lines += _list(now or from_text(history.reasons), language)
    if history.written_ns < history.made_ns:
        lines.append("  " + words["same"].format(**times))
    return "\n".join(lines)


def _list(reasons: Iterable[Reason], language: str) -> list[str]:
    """Return a line for each reason."""
    ways = catalogue(language).causes
    return [f"  - {said(cause, language)}{ways.get(f'way_{way}', '')}" for way, cause in reasons]


def said(cause: Cause, language: str) -> str:
    """Return a cause in words."""
    words = catalogue(language).causes
    values = {name: clip(str(value)) or words["nothing"] for name, value in cause.told().items()}
    return words[cause.code].format(**values)


def _time(ns: int) -> str:
    """Return a local time as `YYYY-MM-DD hh:mm:ss`; "?" for 0 (unknown)."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(ns / 1e9)) if ns else "?"


# ── a whole build ────────────────────────────────────────────────────────────


def _ranked(why: Mapping[str, Iterable[Reason]]) -> list[Cause]:
    """Return the causes of a build, those of most files first."""
    files_of = Counter(cause for reasons in why.values() for cause in {reason.cause for reason in reasons})
    ranked = sorted(files_of, key=lambda cause: (-files_of[cause], cause))
    return [cause for cause in ranked if cause.code not in _NO_CAUSE] or ranked[:1]


def summed_up(why: Mapping[str, Iterable[Reason]], language: str) -> str:
    """Return one line on the causes of a build; "" if it made nothing."""
    causes = _ranked(why)
    sentences = [said(cause, language) for cause in causes[:FEW]]
    if len(causes) > FEW:
        sentences.append(said(Cause("more", number=len(causes) - FEW), language))
    words = catalogue(language).causes
    return words["why"].format(words["between"].join(sentences)) if sentences else ""


def causes_of(why: Mapping[str, Iterable[Reason]], language: str) -> dict[str, Any]:
    """Return the causes of a build for its report: `causes` lists them, `why` has for each file their positions in that
    list, from 0."""
    position_of: dict[Cause, int] = {}
    positions = {
        path: [position_of.setdefault(reason.cause, len(position_of)) for reason in reasons]
        for path, reasons in why.items()
    }
    causes = [
        {"code": each.code, "values": [*map(str, each.told().values())], "text": said(each, language)}
        for each in position_of
    ]
    return {"causes": causes, "why": positions}
