"""The archive of a content folder: the same files give the same bytes, whenever and wherever it is made."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

_DAY = (1980, 1, 1, 0, 0, 0)
"""The time of each file in the archive: the first that a ZIP can have."""

_ORDINARY = 0o100644 << 16


def write_archive(place: Path, files: Mapping[str, bytes | Path]) -> None:
    """A ZIP of some files, by path: their bytes, or where these lie. Raises OSError."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _DAY)
            entry.create_system, entry.external_attr, entry.compress_type = 3, _ORDINARY, zipfile.ZIP_DEFLATED
            archive.writestr(entry, data if isinstance(data, bytes) else data.read_bytes())


def read_archive(place: Path) -> dict[str, bytes]:
    """The files of such a ZIP, by path. Raises OSError, also where it is none, or a path leads out of it."""
    try:
        with zipfile.ZipFile(place) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
    except zipfile.BadZipFile as error:
        raise OSError(str(error)) from None
    if any(PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts for name in found):
        raise OSError(place.name)
    return found
