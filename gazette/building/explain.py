"""The telling of why files were made again: of one that is asked for, and of a whole build.

Only the standard library is imported: a build that has nothing to do can be asked, too.
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
"""So many causes of a whole build are told; the rest is counted."""

_NO_CAUSE = ("new", "unknown", "more")
"""What is said of a file and is no cause of a build."""


# ── one file ─────────────────────────────────────────────────────────────────


def explain(
    output: OutputPlace, asked: Sequence[str], why: Mapping[str, Sequence[Reason]], language: str
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


def _answer(path: str, known: FileHistory | None, now: Sequence[Reason], language: str) -> str:
    """What is said of one file; `now` are the reasons why this build made or removed it."""
    words = catalogue(language).causes
    if known is None:
        return "\n".join((words["gone_now"].format(path=path), *_list(now, language)))
    how = "made_now" if now else "made_then" if known.is_looked_at else "not_asked"
    times = {name: _time(getattr(known, f"{name}_ns")) for name in ("made", "written", "looked")}
    lines = [words[how].format(path=path, kind=known.kind, **times)]
    lines += _list(now or from_text(known.reasons), language)
    if known.written_ns < known.made_ns:
        lines.append("  " + words["same"].format(**times))
    return "\n".join(lines)


def _list(reasons: Iterable[Reason], language: str) -> list[str]:
    ways = catalogue(language).causes
    return [f"  - {said(cause, language)}{ways.get(f'way_{way}', '')}" for way, cause in reasons]


def said(cause: Cause, language: str) -> str:
    """A cause in words."""
    words = catalogue(language).causes
    told = {name: clip(str(value)) or words["nothing"] for name, value in cause.told().items()}
    return words[cause.code].format(**told)


def _time(ns: int) -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(ns / 1e9)) if ns else "?"


# ── a whole build ────────────────────────────────────────────────────────────


def _ranked(why: Mapping[str, Iterable[Reason]]) -> list[Cause]:
    """The causes of a build, those of most files first."""
    found = Counter(cause for reasons in why.values() for cause in {reason.cause for reason in reasons})
    ranked = sorted(found, key=lambda cause: (-found[cause], cause))
    return [cause for cause in ranked if cause.code not in _NO_CAUSE] or ranked[:1]


def summed_up(why: Mapping[str, Iterable[Reason]], language: str) -> str:
    """One line on the causes of a build; nothing where it made nothing."""
    causes = _ranked(why)
    told = [said(cause, language) for cause in causes[:FEW]]
    if len(causes) > FEW:
        told.append(said(Cause("more", number=len(causes) - FEW), language))
    words = catalogue(language).causes
    return words["why"].format(words["between"].join(told)) if told else ""


def causes_of(why: Mapping[str, Iterable[Reason]], language: str) -> dict[str, Any]:
    """The causes of a build as a report has them: `causes` is their list, `why` has for each file their places in it,
    the first being 0."""
    places: dict[Cause, int] = {}
    found = {
        path: [places.setdefault(reason.cause, len(places)) for reason in reasons] for path, reasons in why.items()
    }
    causes = [
        {"code": each.code, "values": [*map(str, each.told().values())], "text": said(each, language)}
        for each in places
    ]
    return {"causes": causes, "why": found}
