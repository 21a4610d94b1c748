"""Files that come new, or in the place of others: each is whole at any moment, and nothing of anybody else is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from gazette.files.atomic import appear, stage
from gazette.files.paths import real_path


class Changed(Exception):
    """A file is not the one that was read. Carries its path."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(path)


def replace_files(files: Iterable[tuple[Path, bytes | None, bytes]]) -> None:
    """Put new bytes in the place of old ones (path, old, new; old is None where there is no file). All new files are on
    the disk before the first old one goes: what can be known to fail fails then. A link leads where it led, and a file
    may be read by whom it could be. Raises OSError, and Changed before anything is replaced."""
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
    """New files with the folders that they need: each whole, all of them or none. What is there already is never
    written over. Raises OSError (FileExistsError for that), and takes away what it made."""
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
