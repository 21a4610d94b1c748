"""A folder of this machine, or a mounted share, on a file system with links."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from pathlib import Path

from gazette.files import atomic, checksums
from gazette.files.walk import walk
from gazette.publishing.destination import Sending, Sent
from gazette.publishing.manifest import Manifest
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release

_ENDING = ".new"
"""The ending of the hidden copy of a file while it is written."""


class LocalFolder:
    """The folder `folder`. It is made where it is missing, unless `makes` is False because it is only looked at; the
    folder above it must exist. Raises Refused where it does not."""

    def __init__(self, folder: Path, makes: bool = True) -> None:
        self.folder = folder
        if not folder.parent.is_dir():
            raise Refused("publish_no_folder", found=folder.parent.as_posix())
        if makes:
            folder.mkdir(exist_ok=True)

    def check_writable(self) -> None:
        place = (self.folder if self.folder.exists() else self.folder.parent).resolve()  # as a person would name it
        if not place.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(place))
        if not os.access(place, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))

    def read(self, path: str) -> bytes | None:
        try:
            return (self.folder / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, path: str, data: bytes) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(place, data, mode=atomic.ANYBODY, beside=self.new_name(place))

    def new_name(self, place: Path) -> Path:
        """Return the path under which a file is written before it takes the name `place`."""
        return place.with_name(place.name + _ENDING)

    def create(self, path: str, data: bytes) -> bool:
        try:
            atomic.create(self.folder / path, data)
        except FileExistsError:
            return False
        return True

    def remove(self, path: str) -> None:
        place = self.folder / path
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            return sorted(place.name for place in (self.folder / folder).iterdir())
        return []

    def fill(self, folder: str, release: Release, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        """As `release_folders.Host`. Each file is written under another name first, so that no hard link and no half
        file is ever written to."""
        place, files = self.folder / folder, release.manifest.files
        there = self.digests(folder)
        for path in there.keys() - files.keys():
            (place / path).unlink()
        sent, size, done = 0, 0, 0
        for path, file in files.items():
            done += 1
            sending(done, len(files))
            if there.get(path) == file.sha256:
                continue
            target = place / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            if base and base[1].files.get(path) == file and _linked(self.folder / base[0] / path, target):
                continue
            self.write(f"{folder}/{path}", release.bytes_of(path))
            sent, size = sent + 1, size + file.size
        _remove_empty(place)
        return Sent(sent, size, len(files) - sent)

    def digests(self, folder: str) -> dict[str, str]:
        place = self.folder / folder
        return {path: checksums.digest_of(place / path) for path, _ in walk(place)} if place.is_dir() else {}

    def move(self, before: str, after: str) -> None:
        (self.folder / before).rename(self.folder / after)

    def point(self, link: str, folder: str) -> None:
        new = self.folder / f"{link}{_ENDING}"
        new.unlink(missing_ok=True)
        try:
            new.symlink_to(folder)
        except OSError as error:
            raise Refused("publish_no_links", found=self.folder.as_posix()) from error
        new.replace(self.folder / link)

    def pointed(self, link: str) -> str:
        try:
            return (self.folder / link).readlink().as_posix()
        except OSError:
            return ""


def _linked(source: Path, target: Path) -> bool:
    """Link a file to that of the release before. Returns False where that file is missing, or the file system has no
    hard links."""
    try:
        target.hardlink_to(source)
    except OSError:
        return False
    return True


def _remove_empty(folder: Path) -> None:
    """Remove the folders in which nothing is left."""
    for place in sorted(folder.rglob("*"), key=lambda each: -len(each.parts)):
        if place.is_dir() and not any(place.iterdir()):
            place.rmdir()
