"""What is known of large files that never change: which of them were read in full and had the right digest.

A file whose size, times and inode are those of then is not read again.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import msgspec

from gazette.files.cache import replace_file
from gazette.files.checksums import digest_of
from gazette.files.walk import Stat

_COARSE_NS = 50_000_000
"""So far may a file system's times be off: two changes within it can have one time."""

Known = dict[str, tuple[tuple[int, int, int, int], str]]
"""The state and the SHA-256 of files, by path."""


class KnownDigests:
    """Remembered in the folder `folder`, or nowhere. Whatever is wrong with it, files are read again."""

    def __init__(self, folder: Path | None) -> None:
        self.place = folder / "digests.msgpack" if folder else None
        self.before, self.trusted_ns = self._read()
        self.now: Known = dict(self.before)
        self.has_read = False
        """Whether a file had to be read."""

    def _read(self) -> tuple[Known, int]:
        if self.place is not None:
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                written = self.place.stat().st_mtime_ns  # what is younger may have changed since, unseen
                return msgspec.msgpack.decode(self.place.read_bytes(), type=Known), written - _COARSE_NS
        return {}, 0

    def is_right(self, path: Path, stat: Stat, digest: str) -> bool:
        """Whether a file in this state has a SHA-256. Raises OSError."""
        key = str(path.absolute())
        if self.before.get(key) == (tuple(stat), digest) and stat.youngest_ns < self.trusted_ns:
            return True
        self.has_read = True
        if digest_of(path) != digest:
            self.now.pop(key, None)
            return False
        self.now[key] = (*stat,), digest
        return True

    def keep(self) -> None:
        """Remember what was found. Where that cannot be written it costs time, nothing else."""
        if self.place is None or not self.has_read:
            return
        with contextlib.suppress(OSError):
            self.place.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self.place, msgspec.msgpack.encode(self.now))
