"""Files put in the place of others: each is whole at any moment, and none that somebody else changed is lost."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from gazette.files.paths import real_path
from gazette.files.staged_folder import sync


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
            staged.append((_beside(place, new), place))
        for place, old, _ in wanted:
            if (place.read_bytes() if place.exists() else None) != old:
                raise Changed(place)
        for beside, place in staged:
            beside.replace(place)
    finally:
        for beside, _ in staged:
            beside.unlink(missing_ok=True)


def new_file(place: Path, data: bytes) -> None:
    """A new file, whole or not at all. Raises OSError: FileExistsError where there is one already."""
    beside = _beside(place, data)
    try:
        os.close(os.open(place, os.O_CREAT | os.O_EXCL))  # from now on the name is ours
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _beside(place: Path, data: bytes) -> Path:
    """A hidden file beside a place, with the rights of the one that is there."""
    handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".tmp", dir=place.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        if place.exists():
            shutil.copymode(place, beside)
        else:
            beside.chmod(0o666 & ~_umask())
        sync(beside)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
