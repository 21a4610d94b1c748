"""Releases side by side, and a link that says which one is public: all of a release becomes public in one moment.

current -> releases/20261130-0900-1f2e3d4c
previous -> releases/20261129-0900-0a1b2c3d   the one before: a page that was read just then still gets its own style
served.txt                         both in one line, for web servers that are not to follow a link
releases/20261130-0900-1f2e3d4c/   what a web server serves, through `current`
releases/unfinished/               what is being sent; the same command again goes on with it
manifests/20261130-0900-1f2e3d4c.json
lock.json                          who publishes just now, and since when
note                               what of the public release is still to be recorded beside the content
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
    """A place with folders, hard links, and symbolic links that are replaced in one moment. Paths are those below the
    destination's own folder, with `/`. Raises Refused or OSError."""

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, sorted; nothing where there is none."""

    def fill(self, folder: str, release: Release, base: tuple[str, Manifest] | None, sending: Sending) -> Sent:
        """Make a folder hold the files of a release, all of them and nothing else. What is the same as in the folder of
        `base`, whose manifest that is, is linked, never written to. Can be repeated after it was cut off."""

    def digests(self, folder: str) -> dict[str, str]:
        """The SHA-256 of each file of a folder, by path, as that side reads it."""

    def move(self, before: str, after: str) -> None:
        """Give a folder another name."""

    def point(self, link: str, folder: str) -> None:
        """Have a symbolic link lead to a folder from now on, in one moment."""

    def pointed(self, link: str) -> str:
        """Where a symbolic link leads; empty where there is none."""


class ReleaseFolders:
    """A destination on a `host` with release folders."""

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
        found = _manifest(self.host, folder.rpartition("/")[2])
        if found is None:
            raise Refused("publish_manifest", found=folder)
        return found

    def kept(self) -> list[Manifest]:
        there = {*self.host.names(RELEASES)}
        ids = (name.removesuffix(".json") for name in self.host.names(MANIFESTS) if name.endswith(".json"))
        return in_time(_manifest(self.host, id) for id in ids if id in there)

    def public(self, live: Manifest, path: str) -> bytes | None:
        return self.host.read(f"{RELEASES}/{live.id}/{path}")

    def stage(self, release: Release, sending: Sending) -> Sent:
        before = self.live()
        base = (f"{RELEASES}/{before.id}", before) if before else None
        return self.host.fill(UNFINISHED, release, base, sending)

    def differing(self, release: Release) -> list[str]:
        there = self.host.digests(UNFINISHED)
        files = release.manifest.files
        wrong = {path for path, file in files.items() if there.get(path) != file.sha256}
        return sorted(wrong | (there.keys() - files.keys()))

    def switch(self, release: Release) -> None:
        """The manifest first: whatever is public has one. What is public is never taken away, even for the same."""
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
        """The link last: what it leads to is what `live` says, so that a switch that was cut off is made again."""
        before = self.host.pointed(CURRENT)
        if before and before != folder:
            self.host.point(PREVIOUS, before)
        self.host.write(SERVED, f"{folder} {self.host.pointed(PREVIOUS) or '-'}\n".encode())
        self.host.point(CURRENT, folder)

    def prune(self, keep: int) -> list[str]:
        """The release before goes last: there are visitors who still read its pages."""
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
