"""Archives for a portal's back office, which somebody uploads by hand: of everything, and of what changed.

20261130-0900-1f2e3d4c/
  everything.zip    the whole site
  changed.zip       what is new or other than in the package before
  changed.txt       the addresses of these, and of what is to be taken away
  sha256sums.txt    of the files of this folder
  README.txt        what to upload where
live.json           the manifest of the last package: what is taken to be public
note                what of it is still to be recorded beside the content
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from gazette.editions.archive import write_archive
from gazette.files import checksums
from gazette.publishing.destination import ByHand, Sending, Sent
from gazette.publishing.locking import Owner, check_lockable, keep_note, locked, unlock
from gazette.publishing.manifest import Manifest, beyond, in_time, parse_manifest
from gazette.publishing.places.local import LocalFolder
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release

_LIVE, _UNFINISHED, _NOTE = "live.json", "unfinished", "note"
EVERYTHING, CHANGED, LIST, NOTE = "everything.zip", "changed.zip", "changed.txt", "README.txt"

Note = Callable[[int, int, int], str]
"""Writes the README from three numbers: how many files there are, how many changed, how many are gone."""


class Package:
    """A destination that is a folder of packages. `address` is the site's own, for the list of what changed; `note`
    writes the README. The folder is made where it is missing, unless `makes` is False because it is only looked at."""

    def __init__(self, folder: Path, address: str, note: Note, makes: bool = True) -> None:
        self.folder, self.address, self.note = LocalFolder(folder, makes), address, note
        self.by_hand = ByHand(folder, NOTE)

    def locked(self, owner: Owner) -> contextlib.AbstractContextManager[None]:
        return locked(self.folder, owner)

    def check_lockable(self) -> None:
        check_lockable(self.folder)

    def unlock(self) -> None:
        unlock(self.folder)

    def live(self) -> Manifest | None:
        return self._read(_LIVE)

    def kept(self) -> list[Manifest]:
        names = [name for name in self.folder.names("") if self.folder.read(f"{name}/manifest.json") is not None]
        found = (self._read(f"{name}/manifest.json") for name in names if name != _UNFINISHED)
        return in_time(found)

    def public(self, live: Manifest, path: str) -> bytes | None:
        import zipfile

        place = self.folder.folder / live.id / EVERYTHING
        if not place.is_file():
            return None
        with zipfile.ZipFile(place) as archive:
            return archive.read(path) if path in archive.namelist() else None

    def _read(self, path: str) -> Manifest | None:
        data = self.folder.read(path)
        return parse_manifest(data) if data is not None else None

    def stage(self, release: Release, sending: Sending) -> Sent:
        before = self.live()
        changed, gone = release.changed_since(before), release.gone_since(before)
        self.folder.remove(_UNFINISHED)
        place = self.folder.folder / _UNFINISHED
        place.mkdir()
        files = release.manifest.files
        write_archive(place / EVERYTHING, _sources(release, files))
        sending(1, 2)
        write_archive(place / CHANGED, _sources(release, changed))
        sending(2, 2)
        write = {LIST: _listed(self.address, changed, gone), NOTE: self.note(len(files), len(changed), len(gone))}
        for name, text in write.items():
            (place / name).write_bytes(text.encode())
        (place / "manifest.json").write_bytes(release.manifest.as_json())
        names = [EVERYTHING, CHANGED, *write, "manifest.json"]
        sums = {name: checksums.digest_of(place / name) for name in names}
        (place / checksums.NAME).write_bytes(checksums.written(sums).encode())
        return Sent(len(changed), sum(files[path].size for path in changed), len(files) - len(changed))

    def differing(self, release: Release) -> list[str]:
        """Read the archive of everything again, and return the paths that differ."""
        import zipfile

        wrong = []
        with zipfile.ZipFile(self.folder.folder / _UNFINISHED / EVERYTHING) as archive:
            there = {*archive.namelist()}
            for path, file in release.manifest.files.items():
                if path not in there or hashlib.sha256(archive.read(path)).hexdigest() != file.sha256:
                    wrong.append(path)
        return wrong

    def switch(self, release: Release) -> None:
        id = release.manifest.id
        self.folder.remove(id)
        self.folder.move(_UNFINISHED, id)
        self.folder.write(_LIVE, release.manifest.as_json())

    def go_back(self, manifest: Manifest) -> None:
        """Always raises Refused: what a person uploaded only a person can take back."""
        raise Refused("publish_no_way_back", found=f"{manifest.id}/{EVERYTHING}")

    def keep_note(self, data: bytes | None) -> None:
        keep_note(self.folder, _NOTE, data)

    def kept_note(self) -> bytes | None:
        return self.folder.read(_NOTE)

    def prune(self, keep: int) -> list[str]:
        live, kept = self.live(), self.kept()
        gone = beyond(keep, kept, live)
        for id in gone:
            self.folder.remove(id)
        return gone


def _sources(release: Release, paths: Iterable[str]) -> dict[str, bytes | Path]:
    return {path: release.sources[path] for path in paths}


def _listed(address: str, changed: Iterable[str], gone: Iterable[str]) -> str:
    """Return the list of what changed: the address of each page and file, one per line."""
    lines = [f"+ {address}{path}" for path in changed] + [f"- {address}{path}" for path in gone]
    return "".join(f"{line}\n" for line in lines)
