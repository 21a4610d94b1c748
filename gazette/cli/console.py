"""Prints lines, problems, questions, and the sentences with which commands end."""

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
"""Codes of problems that can occur when the site has already changed."""

MOST_REMOVED, MOST_FOREIGN = 10, 5
"""The most names of removed and of foreign files that are printed."""


# ── lines ────────────────────────────────────────────────────────────────────


def say(text: str) -> None:
    """Print a line on stdout, and flush it."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Print a line on stderr. If that fails, nobody can be told."""
    with contextlib.suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def can_still_say() -> bool:
    """Return whether stdout can be written. If not, redirect it to nowhere: Python would write again at exit, and
    fail."""
    try:
        print(end="", flush=True)
    except OSError:
        with open(os.devnull, "w") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), 1)
        return False
    return True


def never_fail_on_a_character() -> None:
    """Make a terminal that lacks a character show its number instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


# ── problems ─────────────────────────────────────────────────────────────────


def tell(problems: Iterable[Problem], language: str, building: bool) -> None:
    """Print problems on stderr, one a line, then their number; for a build also that it changed nothing, if so."""
    listed = list(problems)
    for problem in listed:
        complain(problem.show(language))
    unchanged = building and not any(problem.code in AFTER_WRITING for problem in listed)
    count = sentence("problems", language, count=len(listed))
    complain(sentence("found_unchanged" if unchanged else "found", language, problems=count))


def tell_warning(language: str, problem: Problem, progress: Progress | None = None) -> None:
    """Print what a user should know while a build goes on. Removes a progress bar first."""
    if progress is not None:
        progress.close()
    complain(problem.show(language))


def told_by_system(error: OSError) -> Problem:
    """Return a problem for an OSError that nothing closer to its cause has put into words."""
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
    """Raise UsageError with the message `unasked` if there is no terminal."""
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError([Problem.at(COMMAND, 0, 0, unasked)])


def agreed(question: str, unasked: str, language: str) -> bool:
    """Return whether a person answers a question with yes. Raises UsageError with the message `unasked` if there is no
    terminal."""
    check_somebody_can_be_asked(unasked)
    try:
        answer = input(question)
    except EOFError:
        answer = ""
    return answer.strip().lower() in ("y", "yes", "ｙ", catalogue(language).office["yes"])


# ── sentences ────────────────────────────────────────────────────────────────


def sentence(code: str, language: str, **values: object) -> str:
    """Return a sentence of the console, filled in."""
    return catalogue(language).console[code].format(**values)


def summary(report: Mapping[str, Any], total: int, folder: str, language: str) -> str:
    """Return the summary of a build: one line, the removed files, and why files were made. `total` counts the files in
    the output `folder`."""
    removed = report["removed"]
    counts = {name: len(report[name]) for name in ("made", "written", "removed")}
    line = sentence("built", language, place=folder, total=total, **counts, seconds=f"{report['seconds']:.2f}")
    names = "".join(f"\n  - {path}" for path in removed[:MOST_REMOVED])
    more = "\n  - …" if len(removed) > MOST_REMOVED else ""
    why = summed_up(report["why"], language)
    return line + names + more + (f"\n{why}" if why else "")


def left_alone(foreign: Sequence[str], folder: str, language: str) -> str:
    """Return one line about the files in the output `folder` that a build did not write."""
    names = ", ".join(clip(path) for path in foreign[:MOST_FOREIGN]) + (", …" if len(foreign) > MOST_FOREIGN else "")
    return sentence("left_alone", language, place=folder, count=len(foreign), names=names)
