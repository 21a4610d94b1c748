"""The way of staged files into a folder, on whichever disk it is: each file is whole at any moment."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

INCOMING = ".gazette-new"
"""The folder inside the output folder to which files are brought that come from another disk, and the ending of a file
that is. Nobody but its owner may look into it, and it is gone when a build has ended."""


class Moves:
    """Moves files from the folder `source` into `folder`.

    A rename changes a file at once, and only within one file system. Where `folder` is on another one than `source` (a
    disk of its own, a container's volume, a network folder), the files are brought over first, all of them, before
    anything changes: a full disk is met then.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.source, self.folder = source, folder
        self.incoming = folder / INCOMING

    def prepare(self, moves: Collection[str], removals: Iterable[str]) -> None:
        """All that can be known to fail fails now (OSError), while nothing has changed."""
        self.discard()
        for folder in sorted({self._nearest(path) for path in (*moves, *removals)}):
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        if not moves:
            return
        try:
            self.incoming.mkdir(mode=0o700)
            if self._is_near():
                self.discard()
                return
            for path in moves:
                place = self.incoming / path
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.source / path, place)
        except BaseException:
            self.discard()
            raise

    def _nearest(self, path: str) -> Path:
        """The folder that exists already in which a path lies."""
        place = (self.folder / path).parent
        while place != self.folder and not place.is_dir():
            place = place.parent
        return place

    def _is_near(self) -> bool:
        """Whether a file of the source can be renamed into the folder. Trying is the only way to know: two places on
        one disk may still be two mounts."""
        probe = self.source / ".probe"
        probe.touch()
        try:
            probe.replace(self.incoming / ".probe")
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
            probe.unlink()
            return False
        return True

    def discard(self) -> None:
        """Throw away what was brought over and never decided."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def move(self, paths: Iterable[str], removals: Collection[str]) -> None:
        """Move files in, those that visitors come to last at the end. Can be repeated: a file that has been moved is no
        longer staged. The files `removals` may be in the way, and go then."""
        source = self.incoming if self.incoming.is_dir() else self.source
        folders: set[Path] = set()
        for path in sorted(paths, key=_write_order):
            place = self.folder / path
            if place.parent not in folders:
                _clear_way(place, self.folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                folders.add(place.parent)
            with contextlib.suppress(FileNotFoundError):
                try:
                    _replace(source / path, place)
                except IsADirectoryError:
                    self.remove(each for each in removals if each.startswith(f"{path}/"))
                    _remove_empty(place)
                    _replace(source / path, place)
        self.discard()

    def remove(self, paths: Iterable[str]) -> None:
        """Files that a build wrote are removed, and the folders that become empty by that."""
        for path in paths:
            folders = folders_of(path)
            # What lies behind a link that somebody put in a folder's place is not ours.
            if any((self.folder / folder).is_symlink() for folder in folders):
                continue
            # Where a folder stands in the place of a file now, or the other way round, the file is gone already.
            with contextlib.suppress(IsADirectoryError, NotADirectoryError):
                (self.folder / path).unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                for folder in reversed(folders):
                    (self.folder / folder).rmdir()


def is_incoming(path: str) -> bool:
    """Whether a path is that of a file on its way, left where a process was killed."""
    return any(name.endswith(INCOMING) for name in path.split("/"))


def folders_of(path: str) -> list[str]:
    """The folders that a path lies in, the outermost first."""
    return [path[:place] for place, sign in enumerate(path) if sign == "/"]


def _replace(source: Path, place: Path) -> None:
    """A rename; where a folder inside the folder is a disk of its own, through a file beside the place."""
    try:
        source.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = place.with_name(f".{place.name}{INCOMING}")
        try:
            shutil.copyfile(source, beside)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        source.unlink()


def _remove_empty(folder: Path) -> None:
    """A folder that holds nothing but folders goes. With a file in it, it stays."""
    for place, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(place).rmdir()


def _clear_way(place: Path, root: Path) -> None:
    """A file where a folder must go is moved out of the way."""
    for parent in place.parents:
        if parent == root:
            break
        if parent.is_file() or parent.is_symlink():
            parent.unlink()


def _write_order(path: str) -> tuple[int, str]:
    """Assets first, then data, then pages, then the pages that list others: a visitor meets no dead link."""
    if path.startswith("static/"):
        return 0, path
    if path.startswith("data/") or path.endswith(".pdf"):
        return 1, path
    return (3 if path.count("/") < 2 else 2), path
