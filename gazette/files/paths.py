"""Paths as the file system and as an editor has them."""

from __future__ import annotations

import os
from pathlib import Path


def display_path(path: Path) -> str:
    """A path as an editor types it."""
    try:
        return real_path(path).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def real_path(path: Path) -> Path:
    """Where a path leads in the end. Unlike `Path.resolve` it takes links in a circle, too."""
    return Path(os.path.realpath(path))
