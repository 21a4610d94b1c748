"""Remembers which large files were read in full and had the right digest."""

from __future__ import annotations

from pathlib import Path

from gazette.files.checksums import digest_of
from gazette.files.remembered import Remembered
from gazette.files.walk import Stat


class KnownDigests:
    """Files that had the expected digest, kept in the folder `folder` (None: only for this run)."""

    def __init__(self, folder: Path | None) -> None:
        self.remembered: Remembered[str] = Remembered(folder, "digests", str)

    def is_right(self, path: Path, stat: Stat, digest: str) -> bool:
        """Return whether a file has the SHA-256 `digest`. It is read only if that was not found before for the same
        `stat`. Raises OSError."""
        if self.remembered.get(path, stat) == digest:
            return True
        if digest_of(path) != digest:
            return False
        self.remembered.put(path, stat, digest)
        return True

    def keep(self) -> None:
        """Write the findings to the folder."""
        self.remembered.keep()
