"""Publishes where there are no links: files are replaced one by one, in an order in which no page precedes what it
needs. The bytes of each release are kept by digest, to go back to.

    index.html …                     what visitors get
    .gazette/objects/<SHA-256>       the bytes of the releases that are kept
    .gazette/manifests/<id>.json
    .gazette/live.json               the manifest of the public release: written last
    .gazette/note                    what is still to be recorded beside the content about the public release
    lock.json                        who is publishing, and since when
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from typing import Protocol

import msgspec

from gazette.publishing.at_once import each
from gazette.publishing.destination import Sending, Sent
from gazette.publishing.locking import Locking, Owner, check_lockable, keep_note, locked, unlock
from gazette.publishing.manifest import Manifest, beyond, in_time, parse_manifest
from gazette.publishing.order import by_stage, in_order, in_order_of_removal
from gazette.publishing.release import Release

OWN = ".gazette"
_OBJECTS, _MANIFESTS, _LIVE, _NEXT = f"{OWN}/objects", f"{OWN}/manifests", f"{OWN}/live.json", f"{OWN}/next.json"
_NOTE = f"{OWN}/note"


class Store(Locking, Protocol):
    """A place that holds files by path; a file appears there whole or not at all. Methods raise Refused or OSError."""

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, sorted; [] if it does not exist."""

    def digests(self, folder: str) -> dict[str, str]:
        """Return the SHA-256 of each file of a folder, by path below it: as the other side reads it, or as it was sent
        if the store itself guarantees that it received all bytes."""

    def copy(self, source: str, path: str, sha256: str) -> None:
        """Copy a file that is there, and has this digest, to another path, whole or not at all, with the headers for
        visitors."""


class InPlace:
    """A destination in a `store` that takes `at_once` requests at a time. The methods are those of `Publisher`."""

    by_hand = None

    def __init__(self, store: Store, at_once: int = 1) -> None:
        self.store, self.at_once = store, at_once

    def locked(self, owner: Owner) -> contextlib.AbstractContextManager[None]:
        return locked(self.store, owner)

    def check_lockable(self) -> None:
        check_lockable(self.store)

    def unlock(self) -> None:
        unlock(self.store)

    def live(self) -> Manifest | None:
        return _read(self.store, _LIVE)

    def kept(self) -> list[Manifest]:
        names = (name for name in self.store.names(_MANIFESTS) if name.endswith(".json"))
        manifests = (_read(self.store, f"{_MANIFESTS}/{name}") for name in names)
        return in_time(manifests)

    def public(self, live: Manifest, path: str) -> bytes | None:
        return self.store.read(f"{_OBJECTS}/{live.files[path].sha256}")

    def stage(self, release: Release, sending: Sending) -> Sent:
        stored, files = self.store.digests(_OBJECTS), release.manifest.files
        wanted = {file.sha256: path for path, file in files.items() if stored.get(file.sha256) != file.sha256}

        def send(item: tuple[str, str]) -> None:
            self.store.write(f"{_OBJECTS}/{item[0]}", release.bytes_of(item[1]))

        each(send, wanted.items(), self.at_once, lambda done: sending(done, len(wanted)))
        size = sum(files[path].size for path in wanted.values())
        return Sent(len(wanted), size, len(files) - len(wanted))

    def differing(self, release: Release) -> list[str]:
        stored = self.store.digests(_OBJECTS)
        files = release.manifest.files
        return sorted(path for path, file in files.items() if stored.get(file.sha256) != file.sha256)

    def switch(self, release: Release) -> None:
        manifest = release.manifest
        self.store.write(f"{_MANIFESTS}/{manifest.id}.json", manifest.as_json())
        self._make_public(manifest)

    def go_back(self, manifest: Manifest) -> None:
        self._make_public(manifest)

    def keep_note(self, data: bytes | None) -> None:
        keep_note(self.store, _NOTE, data)

    def kept_note(self) -> bytes | None:
        return self.store.read(_NOTE)

    def _make_public(self, manifest: Manifest) -> None:
        """Make a release public file by file. Can be repeated: the store records which release was begun, so any
        interrupted switch is completed or replaced."""
        before, begun = self.live(), _read(self.store, _NEXT)
        touched = {**(begun.files if begun else {}), **manifest.files}
        self.store.write(_NEXT, msgspec.structs.replace(manifest, files=touched).as_json())
        unchanged = (
            before.files if before and begun is None else {}
        )  # an interrupted switch may have changed any of them

        def show(path: str) -> None:
            digest = manifest.files[path].sha256
            self.store.copy(f"{_OBJECTS}/{digest}", path, digest)

        for stage in by_stage(in_order(path for path, file in manifest.files.items() if unchanged.get(path) != file)):
            each(show, stage, self.at_once)
        published = {path for other in (before, begun) if other for path in other.files}
        for stage in by_stage(in_order_of_removal(published - manifest.files.keys())):
            each(self.store.remove, stage, self.at_once)
        self.store.write(_LIVE, manifest.as_json())
        self.store.remove(_NEXT)

    def prune(self, keep: int) -> list[str]:
        live, kept = self.live(), self.kept()
        gone = beyond(keep, kept, live)
        for id in gone:
            self.store.remove(f"{_MANIFESTS}/{id}.json")
        unneeded = _unneeded(self.store, (each for each in kept if each.id not in gone))
        each(self.store.remove, unneeded, self.at_once)
        return gone


def _unneeded(store: Store, kept: Iterable[Manifest]) -> list[str]:
    """Return the objects that none of the releases `kept` has."""
    wanted = {file.sha256 for manifest in kept for file in manifest.files.values()}
    return [f"{_OBJECTS}/{name}" for name in store.names(_OBJECTS) if name not in wanted]


def _read(store: Store, path: str) -> Manifest | None:
    data = store.read(path)
    return parse_manifest(data) if data is not None else None
