"""Checks before a build whether anything changed since the last one.

It looks only at the sizes, times and inodes of files and imports nothing heavy: most of a short build is imports.
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
"""The name under which the database stores the fingerprint of a build."""

NEVER_OURS = (".git",)
"""Folders of an output folder that are skipped: it may be the checkout of a branch that is published."""

PACKAGE = Path(__file__).resolve().parent.parent


def fingerprint(settings: Iterable[object], folders: Iterable[Path], youngest_ns: int | None = None) -> str:
    """Return one text about everything a build is made from: its `settings`, every file in `folders`, the program, the
    installed tools and their libraries. "" if a folder cannot be read, or if a file is younger than `youngest_ns`: it
    may change again unseen."""
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
    # A name that is not UTF-8 (from an archive of an old program) cannot be stored unchanged.
    return "\n".join(parts).encode("utf-8", "backslashreplace").decode()


def is_up_to_date(output: Path, database: Path, now: str) -> tuple[int, list[str]] | None:
    """Return (number of files that builds wrote, files of others) if nothing in `output` changed since the build with
    the fingerprint `now`; otherwise None. Files of others do not matter: a build leaves them alone."""
    written = _left_behind(database, now)
    if written is None:
        return None
    try:
        current = dict(walk(output, without=NEVER_OURS))
    except OSError:
        return None
    differs = any(current.get(path) != stat for path, stat in written.items())
    return None if differs else (len(written), foreign_files(current, written))


def foreign_files(found: Iterable[str], known: Container[str]) -> list[str]:
    """Return the files `found` in an output folder that no build wrote (`known` are those), except files that are never
    reported: hidden files, traces of editors."""
    others = (path for path in found if path not in known and path != LEFT_ALONE)
    return sorted(path for path in others if not any(map(is_litter, path.split("/"))))


def _left_behind(database: Path, now: str) -> dict[str, Stat] | None:
    """Return the files that the last build left, with their states, if its fingerprint was `now`; otherwise None."""
    if not now or not os.path.isfile(database):  # noqa: PTH113 - pathlib's raises where the way there is closed
        return None
    try:
        with reading(database) as reader:
            is_same = reader.is_of_now() and reader.meta.get(FINGERPRINT) == now
            return reader.files.stats() if is_same else None
    except Unreadable:
        return None
