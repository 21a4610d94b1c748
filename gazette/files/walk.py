"""The walk through a folder: every file with what the file system says of it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

LEFT_ALONE = ".gitignore"
"""The one file of the output folder that is left alone and never published."""


COARSE_NS = 50_000_000
"""So far (ns) may a file system's times be off: two changes within it can have one time."""


class Stat(NamedTuple):
    """What tells one state of a file from another: size, time of the last write, time of the last change of any kind
    (both in ns), inode. The second time is the system's own: whoever restores the first cannot restore it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Stat:
        return cls(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)

    @property
    def youngest_ns(self) -> int:
        """The later of both times."""
        return max(self.mtime_ns, self.ctime_ns)


def walk(folder: Path, follow: bool = False, without: Collection[str] = ()) -> Iterator[tuple[str, Stat]]:
    """Every file below `folder`, by path. Where links are followed it is that which they lead to that counts, a link
    to nothing counts as itself, and a folder inside itself is entered once; else every link counts as itself. Folders
    of the names `without` are not entered. Raises OSError for a folder that cannot be read."""
    todo: list[tuple[str, str, frozenset[tuple[int, int]]]] = [(str(folder), "", frozenset())]
    while todo:
        place, prefix, above = todo.pop()
        if follow:
            own = os.stat(place)  # noqa: PTH116 - pathlib is slower here
            if (own.st_dev, own.st_ino) in above:
                continue
            above |= {(own.st_dev, own.st_ino)}
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=follow):
                    if entry.name not in without:
                        todo.append((entry.path, f"{prefix}{entry.name}/", above))
                else:
                    yield prefix + entry.name, _stat(entry, follow)


def _stat(entry: os.DirEntry[str], follow: bool) -> Stat:
    if follow:
        try:
            return Stat.of(entry.stat())
        except OSError:
            pass  # a link to nothing, or in a circle
    return Stat.of(entry.stat(follow_symlinks=False))
