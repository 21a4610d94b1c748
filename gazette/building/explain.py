"""The telling of why files were made again: of one that is asked for, and of a whole build.

Only the standard library is imported: a build that has nothing to do can be asked, too.
"""

from __future__ import annotations

import json
import os
import posixpath
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gazette.building.database.history import FileHistory
from gazette.building.database.layout import Unreadable
from gazette.building.database.reader import reading
from gazette.building.place import OutputPlace
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import Problem, clip

Reasons = Sequence[Sequence[str]]
"""As `changed_inputs.Reason`: the part of a key by which a cause came, then its code and values."""

FEW = 3
"""So many causes of a whole build are told; the rest is counted."""

_NO_CAUSE = ("new", "unknown", "more")
"""What is said of a file and is no cause of a build."""


# ── one file ─────────────────────────────────────────────────────────────────


def explain(
    output: OutputPlace, asked: Sequence[str], why: Mapping[str, Reasons], language: str
) -> tuple[list[str], list[Problem]]:
    """Why the files that are asked for were made again, after a build that made or removed those of `why`; and what
    was asked for that is no file of the site."""
    answers: list[str] = []
    problems: list[Problem] = []
    if not asked:
        return answers, problems
    try:
        with reading(output.database) as reader:
            paths = [*reader.files.digests()]
            known = {*paths, *why}
            for text in dict.fromkeys(asked):
                path = next((path for path in _meant(output.folder, text) if path in known), None)
                if path is None:
                    problems.append(_not_there(output.folder, text, paths))
                else:
                    answers.append(_answer(path, reader.history.of_file(path), why.get(path, ()), language))
    except Unreadable as error:
        return [], [Problem.of_folder(output.shown, "output_kept_lost", reason=error)]
    return answers, problems


def _meant(folder: Path, text: str) -> Iterable[str]:
    """The paths in the output folder that may be meant: as the system sees it, or as links in the site do. Of a folder
    its first page is meant."""
    place = Path(os.path.abspath(text))  # noqa: PTH100 - a link that stands for a file is that file
    real = Path(os.path.realpath(place.parent)) / place.name
    found = [real.relative_to(folder).as_posix()] if real.is_relative_to(folder) else []
    found.append(posixpath.normpath(text.replace("\\", "/")).lstrip("/"))
    for path in found:
        yield path
        yield posixpath.normpath(f"{path}/index.html")


def _not_there(folder: Path, text: str, paths: list[str]) -> Problem:
    wanted = list(_meant(folder, text))
    if any((folder / path).is_file() for path in wanted):
        return Problem.at(clip(text), 0, 0, "explain_foreign")
    return Problem.at(clip(text), 0, 0, "explain_unknown", near=_near(wanted[0], paths))


def _near(path: str, paths: list[str]) -> str:
    """The path that looks most like one. Where there are many, only those are compared that share a name with it."""
    import difflib

    parts = {*path.split("/")} - {""}
    some = [each for each in paths if not parts.isdisjoint(each.split("/"))] if len(paths) > 2000 else paths
    return next(iter(difflib.get_close_matches(path, some[:5000], 1, 0.6)), "")


def _answer(path: str, known: FileHistory | None, now: Reasons, language: str) -> str:
    """What is said of one file; `now` are the reasons why this build made or removed it."""
    words = catalogue(language).causes
    if known is None:
        return "\n".join((words["gone_now"].format(path=path), *_list(now, language)))
    how = "made_now" if now else "made_then" if known.is_looked_at else "not_asked"
    times = {name: _time(getattr(known, f"{name}_ns")) for name in ("made", "written", "looked")}
    lines = [words[how].format(path=path, kind=known.kind, **times)]
    lines += _list(now or json.loads(known.reasons), language)
    if known.written_ns < known.made_ns:
        lines.append("  " + words["same"].format(**times))
    return "\n".join(lines)


def _list(reasons: Reasons, language: str) -> list[str]:
    return [f"  - {_reason(reason, language)}" for reason in reasons]


def _reason(reason: Sequence[str], language: str) -> str:
    way = catalogue(language).causes.get(f"way_{reason[0]}", "")
    return said(reason[1:], language) + way


def said(cause: Sequence[str], language: str) -> str:
    """A cause in words."""
    code, *values = cause
    words = catalogue(language).causes
    return words[code].format(*(clip(value) or words["nothing"] for value in values))


def _time(ns: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(ns / 1e9)) if ns else "?"


# ── a whole build ────────────────────────────────────────────────────────────


def _ranked(why: Mapping[str, Reasons]) -> list[tuple[str, ...]]:
    """The causes of a build, those of most files first."""
    found = Counter(cause for reasons in why.values() for cause in {tuple(reason[1:]) for reason in reasons})
    ranked = sorted(found, key=lambda cause: (-found[cause], cause))
    return [cause for cause in ranked if cause[0] not in _NO_CAUSE] or ranked[:1]


def summed_up(why: Mapping[str, Reasons], language: str) -> str:
    """One line on the causes of a build; nothing where it made nothing."""
    causes = _ranked(why)
    told = [said(cause, language) for cause in causes[:FEW]]
    if len(causes) > FEW:
        told.append(said(("more", str(len(causes) - FEW)), language))
    words = catalogue(language).causes
    return words["why"].format(words["between"].join(told)) if told else ""


def causes_of(why: Mapping[str, Reasons], language: str) -> dict[str, Any]:
    """The causes of a build as a report has them: `causes` is their list, `why` has for each file their places in it,
    the first being 0."""
    places: dict[tuple[str, ...], int] = {}
    found = {
        path: [places.setdefault(tuple(reason[1:]), len(places)) for reason in reasons] for path, reasons in why.items()
    }
    causes = [{"code": code, "values": values, "text": said((code, *values), language)} for code, *values in places]
    return {"causes": causes, "why": found}
