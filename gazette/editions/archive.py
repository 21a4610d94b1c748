"""Writes and reads the archive of a content folder: the same files always give the same bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

_DAY = (1980, 1, 1, 0, 0, 0)
"""The time stamp of each file: the earliest that a ZIP can hold."""

_ORDINARY = 0o100644 << 16


def write_archive(archive_path: Path, files: Mapping[str, bytes | Path]) -> None:
    """Write `files` (`{path: bytes, or the file that holds them}`) as a ZIP at `archive_path`. Raises OSError."""
    with zipfile.ZipFile(archive_path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _DAY)
            entry.create_system, entry.external_attr, entry.compress_type = 3, _ORDINARY, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data if isinstance(data, bytes) else data.read_bytes())


def read_archive(archive_path: Path) -> dict[str, bytes]:
    """Return the files of such a ZIP (`{path: bytes}`). Raises OSError, also if it is not a ZIP or a path leads out of
    it."""
    try:
        with zipfile.ZipFile(archive_path) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        raise OSError(str(error)) from None
    if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in files):
        raise OSError(archive_path.name)
    return files
