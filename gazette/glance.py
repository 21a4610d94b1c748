"""Owns the glance before a build: whether anything differs from what was there after the last one.

Only sizes, times and numbers of files are looked at, and nothing heavy is imported: most of a short build is imports.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from gazette.kept import LAYOUT
from gazette.walk import LEFT_ALONE, walk

NOTE = "seal"

PACKAGE = Path(__file__).resolve().parent


def seal(settings: Iterable[object], folders: Iterable[Path], youngest_ns: int | None = None) -> str:
    """One text over all that a build is made from: its `settings`, every file of some `folders`, the program and the
    tools that are installed. Empty where a folder cannot be read, and where a file is younger than `youngest_ns`: it
    may change again unseen."""
    parts = [*map(str, settings), sys.version, *_installed()]
    for folder in (*folders, PACKAGE):
        try:
            files = sorted(walk(folder))
        except OSError:
            return ""
        for path, (size, mtime_ns, number) in files:
            if "__pycache__/" in path:
                continue
            if youngest_ns is not None and mtime_ns > youngest_ns:
                return ""
            parts.append(f"{path} {size} {mtime_ns} {number}")
    return "\n".join(parts)


def _installed() -> Iterator[str]:
    """The versions of what is installed, as the names of folders say them."""
    for place in sys.path:
        if place.endswith("-packages") and os.path.isdir(place):  # noqa: PTH112 - pathlib is slower here
            yield from sorted(name for name in os.listdir(place) if name.endswith(".dist-info"))  # noqa: PTH208


def nothing_differs(output: Path, database: Path, now: str) -> int | None:
    """How many files `output` has, if it is as the build left it whose seal was `now`; None if anything differs."""
    if not now or not database.is_file():
        return None
    try:
        db = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
        try:
            if db.execute("PRAGMA user_version").fetchone() != (LAYOUT,):
                return None
            if db.execute("SELECT value FROM notes WHERE name = ?", (NOTE,)).fetchone() != (now,):
                return None
            if db.execute("SELECT 1 FROM journal LIMIT 1").fetchone():
                return None
            known = {row[0]: row[1:] for row in db.execute("SELECT path, size, mtime_ns FROM files")}
        finally:
            db.close()
    except sqlite3.Error:
        return None
    found = {path: (size, mtime_ns) for path, (size, mtime_ns, _) in walk(output) if path != LEFT_ALONE}
    return len(known) if found == known else None
