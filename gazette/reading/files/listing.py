"""The one look at a content folder: which files it holds, of what kind, and the bytes of those that are read.

A build sees one state of its content. The folder is listed once; a file that all units share is read once.
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
"""The folder of the notices, which need not be there."""

REGISTER = "register"

PUBLISHED = "published"
"""The folder of the records of publication, which holds also those of the pages that all units share."""

BESIDE = (REGISTER, "translations", PUBLISHED)
"""Folders that need not be there: each holds a file `<id>.tsv` for a unit, which is read with the unit's own."""

TRANSLATIONS, OF_SHARED, OF_NOTICES = "translations", "_shared", "_notices"
"""The folder of the records of translations, which holds also those of what all units share, and of the notices: files
whose names no unit can have."""

OF_EDITIONS = "_editions"
"""The name of the register of editions, beside those of the units: none of them can have it."""

OF_SITE = "_site"
"""The name of the records of publication of the pages that all units share: none of them can have it."""

ALL_FOLDERS = (*FOLDERS, *BESIDE, NOTICES, EVIDENCE)

SHIPPED = Path(__file__).resolve().parents[3] / "content"
"""The content that comes with the program. Others may borrow a file of it, such as the words of the interface."""

_WITHOUT_WAITING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that has come in a file's place since would be waited for, for ever. (A file is read as it is.)"""

Kind = Literal["file", "folder", "dangling", "other", "outside"]
"""What lies at a place: `dangling` is a link to nothing or in a circle, `other` a pipe or a device, `outside` a link
that leads out of the content folder."""


class ContentFile(NamedTuple):
    """What was found at a place. A link counts as that which it leads to."""

    kind: Kind
    stat: Stat


class Listing:
    """The content folder `root` as it was when it was looked at: its own entries, and those of its folders.

    Its folders may be links to anywhere: whoever sets a folder up may keep them elsewhere. What lies in
    them comes from many hands: a link there stays inside the content, or it is not read.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.entries: dict[str, ContentFile] = {}
        self._bytes: dict[str, bytes] = {}
        self._instead: Mapping[str, bytes] = {}
        self._unread: dict[str, OSError] = {}
        inside = [root, *(root / name for name in ALL_FOLDERS), SHIPPED]
        self._inside = tuple({os.path.realpath(place) for place in inside})
        self._look(root, "")
        for name in ALL_FOLDERS:
            if self.kind(root / name) == "folder":
                self._look(root / name, f"{name}/")
        for path in self.visible(EVIDENCE):
            if self.kind(path) == "folder":
                self._look(path, f"{EVIDENCE}/{path.name}/")

    def _look(self, folder: Path, prefix: str) -> None:
        try:
            with os.scandir(folder) as found:
                for entry in found:
                    if not is_litter(entry.name):
                        self.entries[prefix + entry.name] = self._entry(entry, prefix + entry.name)
        except OSError as error:
            self._unread[prefix] = error

    def _entry(self, entry: os.DirEntry[str], name: str) -> ContentFile:
        try:
            found = entry.stat()
        except OSError:
            return ContentFile("dangling", Stat.of(entry.stat(follow_symlinks=False)))
        kind: Kind = "other"
        if stat.S_ISREG(found.st_mode):
            kind = "file"
        elif stat.S_ISDIR(found.st_mode):
            kind = "folder"
        if kind != "other" and entry.is_symlink() and name not in ALL_FOLDERS and not self._is_inside(entry.path):
            kind = "outside"
        return ContentFile(kind, Stat.of(found))

    def _is_inside(self, path: str) -> bool:
        real = os.path.realpath(path)
        return any(real == place or real.startswith(place.rstrip(os.sep) + os.sep) for place in self._inside)

    # ── what is there ──

    def name(self, path: Path) -> str:
        """A path of the folder, from its root."""
        return path.relative_to(self.root).as_posix()

    def kind(self, path: Path) -> Kind | None:
        """What lies at a path of the folder; None where nothing does."""
        entry = self.entries.get(self.name(path))
        return entry.kind if entry else None

    def stat(self, path: Path) -> Stat:
        """The state of a file of the folder. Raises KeyError where nothing was."""
        return self.entries[self.name(path)].stat

    def visible(self, folder: str = "") -> list[Path]:
        """What an editor sees in the content folder, or in one of its folders, by name."""
        prefix = f"{folder}/" if folder else ""
        names = (name for name in self.entries if name.startswith(prefix) and "/" not in name[len(prefix) :])
        return [self.root / name for name in sorted(names)]

    def unread(self) -> Iterator[tuple[Path, OSError]]:
        """The folders that could not be listed, and why."""
        return ((self.root / name, error) for name, error in sorted(self._unread.items()))

    def of_unit(self, path: Path) -> tuple[Path, ...]:
        """The file of a unit, and those that are read with it."""
        beside = (self.root / folder / f"{path.stem}.tsv" for folder in BESIDE)
        return path, *(each for each in beside if self.kind(each) is not None)

    # ── what is in it ──

    def with_bytes(self, instead: Mapping[str, bytes]) -> Listing:
        """The same folder, had some of its files (by name) other bytes."""
        other = copy.copy(self)
        other._bytes = {name: data for name, data in self._bytes.items() if name not in instead}
        other._instead = instead
        return other

    def bytes_of(self, path: Path) -> bytes:
        """The bytes of a file that all units share: the same ones, however often they are asked for. Raises as
        `read`."""
        name = self.name(path)
        if name not in self._bytes:
            self._bytes[name] = self.read(path)[0]
        return self._bytes[name]

    def read(self, path: Path, most: int = MAX_BYTES) -> tuple[bytes, Stat]:
        """The bytes of a file (of one that is larger than `most`, one more), and its state when they were read. Raises
        OSError: FileNotFoundError for a file that was not there when the folder was looked at, NotOrdinary."""
        entry = self.entries.get(self.name(path))
        if entry is None or entry.kind == "dangling":
            raise FileNotFoundError(path)
        if entry.kind != "file":
            raise NotOrdinary(entry.kind)  # a pipe or a device may never end
        if (data := self._instead.get(self.name(path))) is not None:
            return data[: most + 1], entry.stat
        with os.fdopen(os.open(path, _WITHOUT_WAITING), "rb") as file:
            found = os.fstat(file.fileno())
            if not stat.S_ISREG(found.st_mode):
                raise NotOrdinary("other")
            return file.read(most + 1), Stat.of(found)


class NotOrdinary(OSError):
    """What lies at a path is no file that is read. Carries its kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        super().__init__(kind)


def told(shown: str, error: OSError) -> Problem:
    """Why a file could not be read, at the path as an editor types it."""
    if isinstance(error, NotOrdinary):
        return Problem.at(shown, 0, 0, "link_outside" if error.kind == "outside" else "file_not_ordinary")
    if isinstance(error, FileNotFoundError):
        return Problem.at(shown, 0, 0, "file_missing", path=shown)
    return Problem.at(shown, 0, 0, "file_unreadable", reason=reason_of(error))
