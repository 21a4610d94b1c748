"""Owns the walk through a folder: every file with what the file system says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

LEFT_ALONE = ".gitignore"
"""The one file of the output folder that is left alone and never published."""


def walk(folder: Path) -> Iterator[tuple[str, tuple[int, int, int]]]:
    """Every file below `folder`, by path, with its size, time (ns) and number. Links are not followed."""
    todo = [(str(folder), "")]
    while todo:
        place, prefix = todo.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    todo.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    stat = entry.stat(follow_symlinks=False)
                    yield prefix + entry.name, (stat.st_size, stat.st_mtime_ns, stat.st_ino)
