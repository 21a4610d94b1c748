"""The glance before a build: whether anything differs from what was there after the last one.

Only sizes, times and numbers of files are looked at, and nothing heavy is imported: most of a short build is imports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Iterable
from pathlib import Path

from gazette.building.database.layout import Unreadable
from gazette.building.database.reader import reading
from gazette.files.litter import is_litter
from gazette.files.walk import LEFT_ALONE, Stat, walk
from gazette.installed import codecs, libraries
from gazette.installed import folders as installed_folders

FINGERPRINT = "fingerprint"
"""The name under which a build keeps its fingerprint."""

NEVER_OURS = (".git",)
"""Folders of an output folder that are not looked into: it may be the checkout of a branch that is published."""

PACKAGE = Path(__file__).resolve().parent.parent


def fingerprint(settings: Iterable[object], folders: Iterable[Path], youngest_ns: int | None = None) -> str:
    """One text over all that a build is made from: its `settings`, every file of some `folders`, the program, the tools
    that are installed and the libraries below them. Empty where a folder cannot be read, and where a file is younger
    than `youngest_ns`: it may change again unseen."""
    below = (f"{name} {version}" for name, version in {**libraries(), **codecs()}.items())
    parts = [*map(str, settings), sys.version, *installed_folders(), *below]
    for folder in (*folders, PACKAGE):
        try:
            files = sorted(walk(folder, follow=True, without=("__pycache__",)))
        except OSError:
            return ""
        for path, stat in files:
            if youngest_ns is not None and stat.youngest_ns > youngest_ns:
                return ""
            parts.append(f"{path} {' '.join(map(str, stat))}")
    # A name that is not UTF-8 (from an archive of an old program) cannot be kept as it is.
    return "\n".join(parts).encode("utf-8", "backslashreplace").decode()


def is_up_to_date(output: Path, database: Path, now: str) -> tuple[int, list[str]] | None:
    """How many files a build wrote into `output`, with the files that others put there, if all is as it was after the
    build with the fingerprint `now`; None if anything differs. Files of others make no difference: a build leaves them
    alone."""
    known = _left_behind(database, now)
    if known is None:
        return None
    try:
        found = dict(walk(output, without=NEVER_OURS))
    except OSError:
        return None
    differs = any(found.get(path) != stat for path, stat in known.items())
    return None if differs else (len(known), foreign_files(found, known))


def foreign_files(found: Iterable[str], known: Container[str]) -> list[str]:
    """The files `found` in an output folder that no build wrote, but for what is never told: hidden files, traces of
    editors."""
    others = (path for path in found if path not in known and path != LEFT_ALONE)
    return sorted(path for path in others if not any(map(is_litter, path.split("/"))))


def _left_behind(database: Path, now: str) -> dict[str, Stat] | None:
    """The files that the build left whose fingerprint was `now`; None if that was not the last."""
    if not now or not os.path.isfile(database):  # noqa: PTH113 - pathlib's raises where the way there is closed
        return None
    try:
        with reading(database) as reader:
            is_same = reader.is_of_now() and reader.meta.get(FINGERPRINT) == now
            return reader.files.stats() if is_same else None
    except Unreadable:
        return None
