"""Moves staged files into a folder, also onto another disk: each file is whole at any moment."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

INCOMING = ".gazette-new"
"""The folder inside the output folder that takes files from another disk before they are moved in, and the ending of a
single such file. Only its owner may read it. A build removes it at its end."""


class Moves:
    """Moves files from the folder `source` into `folder`.

    A rename replaces a file at once, but works within one file system only. Where `folder` is on another one than
    `source` (a disk of its own, a volume of a container, a network folder), all files are copied into `incoming` first,
    before anything changes: a full disk is noticed then.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.source, self.folder = source, folder
        self.incoming = folder / INCOMING

    def prepare(self, moves: Collection[str], removals: Iterable[str]) -> None:
        """Copy the files `moves` where they come from another disk, and check that `moves` and `removals` can be
        carried out. Raises OSError, and nothing has changed then."""
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
        """Return the nearest folder above a path that exists."""
        place = (self.folder / path).parent
        while place != self.folder and not place.is_dir():
            place = place.parent
        return place

    def _is_near(self) -> bool:
        """Return whether a file of `source` can be renamed into `folder`. Only a try tells: two folders of one disk may
        be two mounts."""
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
        """Remove the files that were copied and not moved in."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def move(self, paths: Iterable[str], removals: Collection[str]) -> None:
        """Move files in; pages that list others come last. It can be repeated after a crash: files that were moved
        already are skipped. Where files of `removals` are in the way, it removes them."""
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
        """Remove files that an earlier build wrote, and the folders that become empty."""
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
    """Return whether a path is that of a file which a killed process was bringing in."""
    return any(name.endswith(INCOMING) for name in path.split("/"))


def folders_of(path: str) -> list[str]:
    """Return the folders that hold a path, the outermost first."""
    return [path[:place] for place, sign in enumerate(path) if sign == "/"]


def _replace(source: Path, place: Path) -> None:
    """Rename a file. Where `place` is on a disk of its own, copy the file next to it first."""
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
    """Remove a folder that holds nothing but folders. Keep one with a file in it."""
    for place, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(place).rmdir()


def _clear_way(place: Path, root: Path) -> None:
    """Remove a file where a folder has to be."""
    for parent in place.parents:
        if parent == root:
            break
        if parent.is_file() or parent.is_symlink():
            parent.unlink()


def _write_order(path: str) -> tuple[int, str]:
    """The sort key of the order in which files are moved in: assets, data, pages, then the pages that list others. So
    no visitor meets a dead link."""
    if path.startswith("static/"):
        return 0, path
    if path.startswith("data/") or path.endswith(".pdf"):
        return 1, path
    return (3 if path.count("/") < 2 else 2), path
