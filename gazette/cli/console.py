"""What is printed: lines on stdout and stderr, problems, and the sentences with which commands end."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazette.building.explain import summed_up
from gazette.files.paths import display_path
from gazette.messages.catalogue import catalogue
from gazette.messages.problems import COMMAND, Problem, UsageError, clip, reason_of

if TYPE_CHECKING:
    from gazette.messages.progress import Progress

AFTER_WRITING = {"output_halfway", "report_write", "explain_unknown", "explain_foreign", "output_kept_lost"}
"""Problems that are met when the site has changed already."""

MOST_REMOVED, MOST_FOREIGN = 10, 5
"""So many names of files are printed."""


# ── lines ────────────────────────────────────────────────────────────────────


def say(text: str) -> None:
    """A line on stdout, now."""
    print(text, flush=True)


def complain(text: str) -> None:
    """A line on stderr. Where that cannot be written either, nobody is there to be told."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def can_still_say() -> bool:
    """Whether stdout takes what is said. If not, it is turned away: Python would try again at the end, and fail."""
    try:
        print(end="", flush=True)
    except OSError:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 1)
        return False
    return True


def never_fail_on_a_character() -> None:
    """A screen that lacks a character of a text shows its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


# ── problems ─────────────────────────────────────────────────────────────────


def tell(problems: Iterable[Problem], language: str, building: bool) -> None:
    """Problems on stderr, one a line, then their number; of a build, that it changed nothing."""
    shown = list(problems)
    for problem in shown:
        complain(problem.show(language))
    unchanged = building and not any(problem.code in AFTER_WRITING for problem in shown)
    count = sentence("problems", language, count=len(shown))
    complain(sentence("found_unchanged" if unchanged else "found", language, problems=count))


def tell_aside(language: str, problem: Problem, progress: Progress | None = None) -> None:
    """What a user should know while a build goes on; a bar that is drawn gives way to it."""
    if progress is not None:
        progress.close()
    complain(problem.show(language))


def told_by_system(error: OSError) -> Problem:
    """What the system refused, where nothing closer to the cause knew better words."""
    reason = reason_of(error)
    if error.filename:
        return Problem.at(display_path(Path(os.fsdecode(error.filename))), 0, 0, "system", reason=reason)
    if not can_still_say() or isinstance(error, BrokenPipeError):
        return Problem.at(COMMAND, 0, 0, "screen_write", reason=reason)
    try:
        Path.cwd()
    except OSError:
        return Problem.at(COMMAND, 0, 0, "folder_gone")
    return Problem.at(COMMAND, 0, 0, "system", reason=reason)


# ── questions ────────────────────────────────────────────────────────────────


def check_somebody_can_be_asked(unasked: str) -> None:
    """Raises UsageError, with the message `unasked`, where there is no terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError([Problem.at(COMMAND, 0, 0, unasked)])


def agreed(question: str, unasked: str, language: str) -> bool:
    """Whether a person says yes to a question. Raises UsageError, with the message `unasked`, where nobody can be
    asked."""
    check_somebody_can_be_asked(unasked)
    try:
        answer = input(question)
    except EOFError:
        answer = ""
    return answer.strip().lower() in ("y", "yes", "ｙ", catalogue(language).office["yes"])


# ── what commands end with ───────────────────────────────────────────────────


def sentence(code: str, language: str, **values: object) -> str:
    """What a command says."""
    return catalogue(language).console[code].format(**values)


def summary(told: Mapping[str, Any], total: int, place: str, language: str) -> str:
    """What a build did, as its report has it, to the `total` of files in the folder `place`: one line, those that were
    removed, and why files were made."""
    removed = told["removed"]
    counts = {name: len(told[name]) for name in ("made", "written", "removed")}
    line = sentence("built", language, place=place, total=total, **counts, seconds=f"{told['seconds']:.2f}")
    names = "".join(f"\n  - {path}" for path in removed[:MOST_REMOVED])
    more = "\n  - …" if len(removed) > MOST_REMOVED else ""
    why = summed_up(told["why"], language)
    return line + names + more + (f"\n{why}" if why else "")


def left_alone(foreign: Sequence[str], place: str, language: str) -> str:
    """One line on the files of others in the output folder `place`."""
    names = ", ".join(clip(path) for path in foreign[:MOST_FOREIGN]) + (", …" if len(foreign) > MOST_FOREIGN else "")
    return sentence("left_alone", language, place=place, count=len(foreign), names=names)
