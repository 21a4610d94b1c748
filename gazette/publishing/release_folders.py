"""Publishes releases as folders side by side; a symbolic link selects the public one, so a release becomes public at
once.

current -> releases/20261130-0900-1f2e3d4c
previous -> releases/20261129-0900-0a1b2c3d   the one before: a page that was loaded just before still gets its style
served.txt                         both in one line, for web servers that must not follow a link
releases/20261130-0900-1f2e3d4c/   what a web server serves, through `current`
releases/unfinished/               what is being sent; the same command again continues it
manifests/20261130-0900-1f2e3d4c.json
lock.json                          who is publishing, and since when
note                               what is still to be recorded beside the content about the public release
"""

from __future__ import annotations

import contextlib
from typing import Protocol

from gazette.publishing.destination import Sending, Sent
from gazette.publishing.locking import Locking, Owner, check_lockable, keep_note, locked, unlock
from gazette.publishing.manifest import Manifest, beyond, in_time, parse_manifest
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release

CURRENT, PREVIOUS, SERVED = "current", "previous", "served.txt"
_NOTE = "note"
RELEASES, UNFINISHED, MANIFESTS = "releases", "releases/unfinished", "manifests"


class Host(Locking, Protocol):
    """A place with folders, hard links, and symbolic links that can be replaced atomically. Paths are relative to the
    destination's folder, with `/`. Methods raise Refused or OSError."""

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, sorted; [] if it does not exist."""

    def fill(self, folder: str, release: Release, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        """Make a folder hold exactly the files of a release. Files that are the same in the folder of `base` (and its
        manifest) are hard-linked, never written to. Can be repeated after an interruption."""

    def digests(self, folder: str) -> dict[str, str]:
        """Return the SHA-256 of each file of a folder, by path, as the other side reads it."""

    def move(self, before: str, after: str) -> None:
        """Rename a folder."""

    def point(self, link: str, folder: str) -> None:
        """Make a symbolic link point to a folder, atomically."""

    def pointed(self, link: str) -> str:
        """Return where a symbolic link points; "" if it does not exist."""


class ReleaseFolders:
    """A destination on a `host` with release folders. The methods are those of `Publisher`."""

    by_hand = None

    def __init__(self, host: Host) -> None:
        self.host = host

    def locked(self, owner: Owner) -> contextlib.AbstractContextManager[None]:
        return locked(self.host, owner)

    def check_lockable(self) -> None:
        check_lockable(self.host)

    def unlock(self) -> None:
        unlock(self.host)

    def live(self) -> Manifest | None:
        folder = self.host.pointed(CURRENT)
        if not folder:
            if CURRENT in self.host.names(""):
                raise Refused("publish_not_link", found=CURRENT)
            return None
        manifest = _manifest(self.host, folder.rpartition("/")[2])
        if manifest is None:
            raise Refused("publish_manifest", found=folder)
        return manifest

    def kept(self) -> list[Manifest]:
        folders = {*self.host.names(RELEASES)}
        ids = (name.removesuffix(".json") for name in self.host.names(MANIFESTS) if name.endswith(".json"))
        return in_time(_manifest(self.host, id) for id in ids if id in folders)

    def public(self, live: Manifest, path: str) -> bytes | None:
        return self.host.read(f"{RELEASES}/{live.id}/{path}")

    def stage(self, release: Release, sending: Sending) -> Sent:
        before = self.live()
        base = (f"{RELEASES}/{before.id}", before) if before else None
        return self.host.fill(UNFINISHED, release, base, sending)

    def differing(self, release: Release) -> list[str]:
        on_host = self.host.digests(UNFINISHED)
        files = release.manifest.files
        wrong = {path for path, file in files.items() if on_host.get(path) != file.sha256}
        return sorted(wrong | (on_host.keys() - files.keys()))

    def switch(self, release: Release) -> None:
        """Make the staged release public. The manifest is written first, so that every public release has one. A folder
        that is public is never replaced, even by the same release."""
        id = release.manifest.id
        folder = f"{RELEASES}/{id}"
        self.host.write(f"{MANIFESTS}/{id}.json", release.manifest.as_json())
        if self.host.pointed(CURRENT) != folder:
            self.host.remove(folder)
            self.host.move(UNFINISHED, folder)
        self._make_public(folder)

    def go_back(self, manifest: Manifest) -> None:
        self._make_public(f"{RELEASES}/{manifest.id}")

    def keep_note(self, data: bytes | None) -> None:
        keep_note(self.host, _NOTE, data)

    def kept_note(self) -> bytes | None:
        return self.host.read(_NOTE)

    def _make_public(self, folder: str) -> None:
        """Make a folder public. The link is changed last: `live` reads it, so an interrupted switch is done again."""
        before = self.host.pointed(CURRENT)
        if before and before != folder:
            self.host.point(PREVIOUS, before)
        self.host.write(SERVED, f"{folder} {self.host.pointed(PREVIOUS) or '-'}\n".encode())
        self.host.point(CURRENT, folder)

    def prune(self, keep: int) -> list[str]:
        """Remove the oldest releases, but the previous one last: some visitors still read its pages."""
        live, kept = self.live(), self.kept()
        before = self.host.pointed(PREVIOUS).rpartition("/")[2]
        kept.sort(key=lambda each: each.id == before)
        gone = beyond(keep, kept, live)
        for id in gone:
            self.host.remove(f"{RELEASES}/{id}")
            self.host.remove(f"{MANIFESTS}/{id}.json")
        return gone


def _manifest(host: Host, id: str) -> Manifest | None:
    data = host.read(f"{MANIFESTS}/{id}.json")
    return parse_manifest(data) if data is not None else None
