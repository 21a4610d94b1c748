"""What is known of large files that never change: which of them were read in full and had the right digest."""

from __future__ import annotations

from pathlib import Path

from gazette.files.checksums import digest_of
from gazette.files.remembered import Remembered
from gazette.files.walk import Stat


class KnownDigests:
    """Remembered in the folder `folder`, or nowhere."""

    def __init__(self, folder: Path | None) -> None:
        self.remembered: Remembered[str] = Remembered(folder, "digests", str)

    def is_right(self, path: Path, stat: Stat, digest: str) -> bool:
        """Whether a file in this state has a SHA-256. Raises OSError."""
        if self.remembered.get(path, stat) == digest:
            return True
        if digest_of(path) != digest:
            return False
        self.remembered.put(path, stat, digest)
        return True

    def keep(self) -> None:
        """Remember what was found."""
        self.remembered.keep()
