"""Creates and replaces several files: all of them or none, and never over what someone else wrote."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from gazette.files.atomic import appear, stage
from gazette.files.paths import real_path


class Changed(Exception):
    """Raised when the file at `path` no longer has the bytes that were read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(path)


def replace_files(files: Iterable[tuple[Path, bytes | None, bytes]]) -> None:
    """Replace files, each given as (path, old bytes, new bytes); the old bytes are None for a new file. All new bytes
    have reached the disk before the first file is replaced. Links are followed, and files keep their rights. Raises
    OSError, and Changed if a file no longer has its old bytes: no file is replaced then."""
    staged: list[tuple[Path, Path]] = []
    wanted = [(real_path(path), old, new) for path, old, new in files]
    try:
        for final_path, _, new in wanted:
            staged.append((stage(final_path, new), final_path))
        for final_path, old, _ in wanted:
            if (final_path.read_bytes() if final_path.exists() else None) != old:
                raise Changed(final_path)
        for beside, final_path in staged:
            beside.replace(final_path)
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)


def new_files(files: Mapping[Path, bytes]) -> None:
    """Create files, and the folders they need: all of them or none. Existing files are never overwritten. Raises
    FileExistsError if one exists, and OSError; what was created is removed then."""
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
