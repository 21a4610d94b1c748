"""Remembers findings about files that were read completely. A file with the same size, times and inode is not read
again."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from gazette.files.atomic import OWNER, write
from gazette.files.walk import COARSE_NS, Stat

T = TypeVar("T")


class Remembered(Generic[T]):
    """Findings by path, each of a type `kind` that msgspec can encode. They are kept in the file `name` of the folder
    `folder` (None: only for this run). Findings of another `program`, and a file that cannot be decoded, are
    ignored."""

    def __init__(self, folder: Path | None, name: str, kind: Any, program: str = "") -> None:
        self.place = folder / f"{name}.msgpack" if folder else None
        self.program = program
        self.before, self.trusted_ns = self._read(kind)
        self.now = dict(self.before)
        self.has_news = False

    def _read(self, kind: Any) -> tuple[dict[str, tuple[Stat, T]], int]:
        """Return the kept findings, and the time (ns) before which a file's state can be trusted."""
        if self.place is not None:
            with contextlib.suppress(OSError, msgspec.MsgspecError):
                written = self.place.stat().st_mtime_ns  # a younger file may have changed since, unnoticed
                kept = tuple[str, dict[str, tuple[Stat, kind]]]
                program, findings = msgspec.msgpack.decode(self.place.read_bytes(), type=kept)
                if program == self.program:
                    return findings, written - COARSE_NS
        return {}, 0

    def get(self, path: Path, stat: Stat) -> T | None:
        """Return the finding about a file in the state `stat`; None if the file must be read."""
        then, finding = self.before.get(str(path.absolute()), (None, None))
        return finding if then == stat and stat.youngest_ns < self.trusted_ns else None

    def put(self, path: Path, stat: Stat, finding: T) -> None:
        """Note the finding about a file that was in the state `stat` when it was read."""
        self.now[str(path.absolute())] = stat, finding
        self.has_news = True

    def keep(self) -> None:
        """Write the findings to the folder. If that fails, later runs are only slower."""
        if self.place is None or not self.has_news:
            return
        with contextlib.suppress(OSError):
            self.place.parent.mkdir(parents=True, exist_ok=True)
            write(self.place, msgspec.msgpack.encode((self.program, self.now)), durable=False, mode=OWNER)
