"""Paths as an editor types them, and as the file system resolves them."""

from __future__ import annotations

import os
from pathlib import Path


def display_path(path: Path) -> str:
    """Return a path as an editor types it: relative to the current folder where it lies in there."""
    try:
        return real_path(path).relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def real_path(path: Path) -> Path:
    """Resolve all links of a path. Unlike `Path.resolve` it accepts links in a circle."""
    return Path(os.path.realpath(path))
