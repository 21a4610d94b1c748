"""Converts paths: as an editor types them, and as the file system resolves them."""

from __future__ import annotations

import os
from pathlib import Path


def display_path(path: Path) -> str:
    """Return a path as an editor types it: relative to the current folder if it is inside."""
    try:
        return real_path(path).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def real_path(path: Path) -> Path:
    """Return a path with all links resolved. Unlike `Path.resolve` it accepts circular links."""
    return Path(os.path.realpath(path))
