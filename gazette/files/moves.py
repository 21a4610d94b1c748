"""Moves staged files into a folder, also on another disk. Each file is complete at any moment."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

INCOMING = ".gazette-new"
"""The name of the folder inside the output folder that receives files from another disk before they are moved in, and
the suffix of a single such file. Only its owner may read it. A build removes it when it ends."""


class Moves:
    """Moves files from the folder `source` into `folder`.

    A rename replaces a file at once, but works only within one file system. If `folder` is on another one than `source`
    (another disk, a volume of a container, a network folder), all files are first copied into `incoming`, before
    anything changes: a full disk is noticed then.
    """

    def __init__(self, source: Path, folder: Path) -> None:
        self.source, self.folder = source, folder
        self.incoming = folder / INCOMING

    def prepare(self, moves: Collection[str], removals: Iterable[str]) -> None:
        """Copy the files `moves` if they come from another disk, and check that `moves` and `removals` can be carried
        out. Raises OSError; nothing has changed then."""
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
                copied = self.incoming / path
                copied.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(self.source / path, copied)
        except BaseException:
            self.discard()
            raise

    def _nearest(self, path: str) -> Path:
        """Return the nearest existing folder above a path."""
        folder = (self.folder / path).parent
        while folder != self.folder and not folder.is_dir():
            folder = folder.parent
        return folder

    def _is_near(self) -> bool:
        """Return whether a file of `source` can be renamed into `folder`. Only an attempt can tell: two folders of one
        disk may be two mounts."""
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
        """Remove the files that were copied but not moved in."""
        shutil.rmtree(self.incoming, ignore_errors=True)

    def move(self, paths: Iterable[str], removals: Collection[str]) -> None:
        """Move files in; pages that list others come last. Can be repeated after a crash: files already moved are
        skipped. If files of `removals` are in the way, it removes them. Raises OSError."""
        source = self.incoming if self.incoming.is_dir() else self.source
        folders: set[Path] = set()
        for path in sorted(paths, key=_write_order):
            final_path = self.folder / path
            if final_path.parent not in folders:
                _clear_way(final_path, self.folder)
                final_path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(final_path.parent)
            with contextlib.suppress(FileNotFoundError):
                try:
                    _replace(source / path, final_path)
                except IsADirectoryError:
                    self.remove(each for each in removals if each.startswith(f"{path}/"))
                    _remove_empty(final_path)
                    _replace(source / path, final_path)
        self.discard()

    def remove(self, paths: Iterable[str]) -> None:
        """Remove files that an earlier build wrote, and folders that become empty."""
        for path in paths:
            folders = folders_of(path)
            # If someone replaced a folder by a link, the files behind it are not ours.
            if any((self.folder / folder).is_symlink() for folder in folders):
                continue
            # If a folder is now at the path of a file, or the other way round, the file is gone already.
            with contextlib.suppress(IsADirectoryError, NotADirectoryError):
                (self.folder / path).unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                for folder in reversed(folders):
                    (self.folder / folder).rmdir()


def is_incoming(path: str) -> bool:
    """Return whether a path is that of a file which a killed process was moving in."""
    return any(name.endswith(INCOMING) for name in path.split("/"))


def folders_of(path: str) -> list[str]:
    """Return the folders that contain a path, the outermost first."""
    return [path[:index] for index, character in enumerate(path) if character == "/"]


def _replace(source: Path, final_path: Path) -> None:
    """Rename a file. If `final_path` is on another disk, first copy the file next to it."""
    try:
        source.replace(final_path)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = final_path.with_name(f".{final_path.name}{INCOMING}")
        try:
            shutil.copyfile(source, beside)
            beside.replace(final_path)
        finally:
            beside.unlink(missing_ok=True)
        source.unlink()


def _remove_empty(folder: Path) -> None:
    """Remove a folder that contains nothing but folders. Keep it if there is a file in it."""
    for path, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(path).rmdir()


def _clear_way(final_path: Path, root: Path) -> None:
    """Remove files at the paths of the folders that `final_path` needs, up to `root`."""
    for parent in final_path.parents:
        if parent == root:
            break
        if parent.is_file() or parent.is_symlink():
            parent.unlink()


def _write_order(path: str) -> tuple[int, str]:
    """Return the sort key by which files are moved in: assets, data, pages, then pages that list others. So no visitor
    meets a dead link."""
    if path.startswith("static/"):
        return 0, path
    if path.startswith("data/") or path.endswith(".pdf"):
        return 1, path
    return (3 if path.count("/") < 2 else 2), path
