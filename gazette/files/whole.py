"""Files that come whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from pathlib import Path


def create_all(texts: Mapping[Path, str]) -> None:
    """New files, all of them or none. What is there already is never written over: raises OSError (FileExistsError for
    that), and takes away what it made."""
    made: list[Path] = []
    folders = [folder for path in texts for folder in (path.parent, *path.parent.parents) if not folder.exists()]
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                made.append(path)
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            for folder in sorted(set(folders), reverse=True):
                folder.rmdir()
        raise


def replace(path: Path, data: bytes) -> None:
    """Other bytes for a file, at once: whoever reads it meets the old ones or the new ones. Raises OSError."""
    place = Path(os.path.realpath(path))  # a link stays a link
    beside = place.with_name(f".{place.name}.new")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(OSError):
            beside.chmod(place.stat().st_mode & 0o7777)
        beside.replace(place)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
