"""Lists every file below a folder, with its state."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

LEFT_ALONE = ".gitignore"
"""The one file of the output folder that builds leave alone and that is never published."""


COARSE_NS = 50_000_000
"""The precision of the times of some file systems, in ns: two changes within that time can have the same one."""


class Stat(NamedTuple):
    """The state of a file: size (bytes), times of the last write and of the last change of any kind (ns), inode.
    Programs can set the first time, but not the second."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stat:
        """Return the state in what `os.stat` returned."""
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)

    @property
    def youngest_ns(self) -> int:
        """The later of both times (ns)."""
        return max(self.mtime_ns, self.ctime_ns)


def walk(folder: Path, follow: bool = False, without: Collection[str] = ()) -> Iterator[tuple[str, Stat]]:
    """Yield (path relative to `folder`, state) of every file below `folder`. With `follow`, links are followed: a
    broken link counts as itself, and a folder that contains itself is entered once. Otherwise every link counts as
    itself. Folders with names in `without` are skipped. Raises OSError if a folder cannot be read."""
    todo: list[tuple[str, str, frozenset[tuple[int, int]]]] = [(str(folder), "", frozenset())]
    while todo:
        path, prefix, above = todo.pop()
        if follow:
            state = os.stat(path)  # noqa: PTH116 - pathlib is slower here
            if (state.st_dev, state.st_ino) in above:
                continue
            above |= {(state.st_dev, state.st_ino)}
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=follow):
                    if entry.name not in without:
                        todo.append((entry.path, f"{prefix}{entry.name}/", above))
                else:
                    yield prefix + entry.name, _stat(entry, follow)


def _stat(entry: os.DirEntry[str], follow: bool) -> Stat:
    """Return the state of a file; with `follow`, that of what a link leads to."""
    if follow:
        try:
            return Stat.of(entry.stat())
        except OSError:
            pass  # a broken or circular link
    return Stat.of(entry.stat(follow_symlinks=False))
