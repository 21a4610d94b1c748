"""Lists a content folder once: which files it holds, their kinds, and the bytes of those that are read.

A build thus sees one state of its content. A file that all units share is read once.
"""

from __future__ import annotations

import copy
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from gazette.files.litter import is_litter
from gazette.files.walk import Stat
from gazette.messages.problems import Problem, reason_of
from gazette.model.records.evidence_files import FOLDER as EVIDENCE
from gazette.reading.files.encoding import MAX_BYTES

FOLDERS = ("districts", "articles")
NOTICES = "notices"
"""The folder of notices, which is optional."""

REGISTER = "register"

PUBLISHED = "published"
"""The folder of publication records, including those of the pages that all units share."""

BESIDE = (REGISTER, "translations", PUBLISHED)
"""Optional folders, each with a file `<id>.tsv` for a unit, which is read together with the unit's own file."""

TRANSLATIONS, OF_SHARED, OF_NOTICES = "translations", "_shared", "_notices"
"""The folder of records of translations, and its files for shared content and notices. No unit can have these names."""

OF_EDITIONS = "_editions"
"""The register of editions, in the folder of the units' registers. No unit can have this name."""

OF_SITE = "_site"
"""The publication records of the pages that all units share. No unit can have this name."""

ALL_FOLDERS = (*FOLDERS, *BESIDE, NOTICES, EVIDENCE)

SHIPPED = Path(__file__).resolve().parents[3] / "content"
"""The content that comes with the program. Other content folders may link to files of it, such as the interface
words."""

_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Flags for opening a file. Without O_NONBLOCK, a pipe that has replaced the file since would block forever. O_BINARY
keeps bytes as they are."""

Kind = Literal["file", "folder", "dangling", "other", "outside"]
"""What a path leads to: `dangling` is a broken or circular link, `other` a pipe or device, `outside` a link that leads
out of the content folder."""


class ContentFile(NamedTuple):
    """What was found at a path. A link counts as its target."""

    kind: Kind
    stat: Stat


class Listing:
    """The content folder `root` as it was when listed: its own entries, and those of its folders.

    The folders themselves may be links to anywhere, since whoever sets up the content may keep them elsewhere. Their
    files come from many people, so a link among them must stay inside the content, or it is not read.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.entries: dict[str, ContentFile] = {}
        self._bytes: dict[str, bytes] = {}
        self._instead: Mapping[str, bytes] = {}
        self._unread: dict[str, OSError] = {}
        inside = [root, *(root / name for name in ALL_FOLDERS), SHIPPED]
        self._inside = tuple({os.path.realpath(folder) for folder in inside})
        self._look(root, "")
        for name in ALL_FOLDERS:
            if self.kind(root / name) == "folder":
                self._look(root / name, f"{name}/")
        for path in self.visible(EVIDENCE):
            if self.kind(path) == "folder":
                self._look(path, f"{EVIDENCE}/{path.name}/")

    def _look(self, folder: Path, prefix: str) -> None:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if not is_litter(entry.name):
                        self.entries[prefix + entry.name] = self._entry(entry, prefix + entry.name)
        except OSError as error:
            self._unread[prefix] = error

    def _entry(self, entry: os.DirEntry[str], name: str) -> ContentFile:
        try:
            state = entry.stat()
        except OSError:
            return ContentFile("dangling", Stat.of(entry.stat(follow_symlinks=False)))
        kind: Kind = "other"
        if stat.S_ISREG(state.st_mode):
            kind = "file"
        elif stat.S_ISDIR(state.st_mode):
            kind = "folder"
        if kind != "other" and entry.is_symlink() and name not in ALL_FOLDERS and not self._is_inside(entry.path):
            kind = "outside"
        return ContentFile(kind, Stat.of(state))

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return any(real == folder or real.startswith(folder.rstrip(os.sep) + os.sep) for folder in self._inside)

    # ── what is there ──

    def name(self, path: Path) -> str:
        """The path relative to the root, with `/`."""
        return path.relative_to(self.root).as_posix()

    def kind(self, path: Path) -> Kind | None:
        """The kind of the entry at `path`; None if there is none."""
        entry = self.entries.get(self.name(path))
        return entry.kind if entry else None

    def stat(self, path: Path) -> Stat:
        """The state of the file at `path` when listed. Raises KeyError if there was none."""
        return self.entries[self.name(path)].stat

    def visible(self, folder: str = "") -> list[Path]:
        """The entries of the content folder, or of one of its folders, as editors see them, sorted by name."""
        prefix = f"{folder}/" if folder else ""
        names = (name for name in self.entries if name.startswith(prefix) and "/" not in name[len(prefix) :])
        return [self.root / name for name in sorted(names)]

    def unread(self) -> Iterator[tuple[Path, OSError]]:
        """The folders that could not be listed, with the error."""
        return ((self.root / name, error) for name, error in sorted(self._unread.items()))

    def of_unit(self, path: Path) -> tuple[Path, ...]:
        """The file of a unit, and the existing files that are read with it."""
        beside = (self.root / folder / f"{path.stem}.tsv" for folder in BESIDE)
        return path, *(each for each in beside if self.kind(each) is not None)

    # ── what is in it ──

    def with_bytes(self, instead: Mapping[str, bytes]) -> Listing:
        """A copy of the listing in which the files of `instead` (`{name: bytes}`) have other bytes."""
        other = copy.copy(self)
        other._bytes = {name: data for name, data in self._bytes.items() if name not in instead}
        other._instead = instead
        return other

    def bytes_of(self, path: Path) -> bytes:
        """The bytes of a shared file, read once and kept. Raises like `read`."""
        name = self.name(path)
        if name not in self._bytes:
            self._bytes[name] = self.read(path)[0]
        return self._bytes[name]

    def read(self, path: Path, most: int = MAX_BYTES) -> tuple[bytes, Stat]:
        """The bytes of a file and its state when read. At most `most` + 1 bytes are returned, so that the caller can
        see that a file is too large.

        Raises FileNotFoundError if the file was not listed, NotOrdinary if it is no ordinary file, or another OSError.
        """
        entry = self.entries.get(self.name(path))
        if entry is None or entry.kind == "dangling":
            raise FileNotFoundError(path)
        if entry.kind != "file":
            raise NotOrdinary(entry.kind)  # reading a pipe or a device may never end
        if (data := self._instead.get(self.name(path))) is not None:
            return data[: most + 1], entry.stat
        with os.fdopen(os.open(path, _WITHOUT_WAITING), "rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise NotOrdinary("other")
            return file.read(most + 1), Stat.of(state)


class NotOrdinary(OSError):
    """Raised for a path that is not an ordinary file. Carries its kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(kind)


def told(display_path: str, error: OSError) -> Problem:
    """The problem for a file that could not be read. `display_path` is its path as editors type it."""
    if isinstance(error, NotOrdinary):
        return Problem.at(display_path, 0, 0, "link_outside" if error.kind == "outside" else "file_not_ordinary")
    if isinstance(error, FileNotFoundError):
        return Problem.at(display_path, 0, 0, "file_missing", path=display_path)
    return Problem.at(display_path, 0, 0, "file_unreadable", reason=reason_of(error))
