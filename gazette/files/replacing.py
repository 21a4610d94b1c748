"""Makes and replaces several files: all of them or none, and never over what somebody else wrote."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from gazette.files.atomic import appear, stage
from gazette.files.paths import real_path


class Changed(Exception):
    """The file at `path` is not the one that was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(path)


def replace_files(files: Iterable[tuple[Path, bytes | None, bytes]]) -> None:
    """Replace files, each given as (path, old bytes, new bytes); the old bytes are None for a new file. All new bytes
    have reached the disk before the first file is replaced. Links are followed, and files keep their rights. Raises
    OSError; Changed where a file no longer has its old bytes: then no file is replaced."""
    staged: list[tuple[Path, Path]] = []
    wanted = [(real_path(path), old, new) for path, old, new in files]
    try:
        for place, _, new in wanted:
            staged.append((stage(place, new), place))
        for place, old, _ in wanted:
            if (place.read_bytes() if place.exists() else None) != old:
                raise Changed(place)
        for beside, place in staged:
            beside.replace(place)
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)


def new_files(files: Mapping[Path, bytes]) -> None:
    """Make files, and the folders that they need: all of them or none. Existing files are never overwritten. Raises
    FileExistsError for one, and OSError; then it removes what it made."""
    folders = {folder for path in files for folder in path.parents if not folder.exists()}
    staged: list[tuple[Path, Path]] = []
    made: list[Path] = []
    try:
        try:
            for path, data in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                staged.append((stage(path, data), path))
            for beside, path in staged:
                appear(beside, path)
                made.append(path)
        finally:
            for beside, _ in staged:
                beside.unlink(missing_ok=True)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        with contextlib.suppress(OSError):
            for folder in sorted(folders, reverse=True):
                folder.rmdir()
        raise
