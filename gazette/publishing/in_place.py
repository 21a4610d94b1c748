"""Publishing where there are no links: every file has its place, and they come one after the other, in an order in
which no page is there before what it needs. The bytes of each release stay beside, by their digests, to go back to.

    index.html …                     what visitors get
    .gazette/objects/<SHA-256>       the bytes of the releases that are kept
    .gazette/manifests/<id>.json
    .gazette/live.json               the manifest of what is public: written last
    .gazette/note                    what of the public release is still to be recorded beside the content
    lock.json                        who publishes just now, and since when
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
    """A place that holds files by path, each put there whole. Raises Refused or OSError."""

    def names(self, folder: str) -> list[str]:
        """What lies in a folder, sorted; nothing where there is none."""

    def digests(self, folder: str) -> dict[str, str]:
        """The SHA-256 of each file of a folder, by path below it: as that side reads it, or as it was put there where
        the store itself vouches that it took the bytes whole."""

    def copy(self, source: str, path: str, sha256: str) -> None:
        """Put a file that is there, and has this digest, to another place, whole or not at all; as visitors get it."""


class InPlace:
    """A destination in a `store`, which may be asked for so many things `at_once`."""

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
        found = (_read(self.store, f"{_MANIFESTS}/{name}") for name in names)
        return in_time(found)

    def public(self, live: Manifest, path: str) -> bytes | None:
        return self.store.read(f"{_OBJECTS}/{live.files[path].sha256}")

    def stage(self, release: Release, sending: Sending) -> Sent:
        there, files = self.store.digests(_OBJECTS), release.manifest.files
        wanted = {file.sha256: path for path, file in files.items() if there.get(file.sha256) != file.sha256}

        def send(item: tuple[str, str]) -> None:
            self.store.write(f"{_OBJECTS}/{item[0]}", release.bytes_of(item[1]))

        each(send, wanted.items(), self.at_once, lambda done: sending(done, len(wanted)))
        size = sum(files[path].size for path in wanted.values())
        return Sent(len(wanted), size, len(files) - len(wanted))

    def differing(self, release: Release) -> list[str]:
        there = self.store.digests(_OBJECTS)
        files = release.manifest.files
        return sorted(path for path, file in files.items() if there.get(file.sha256) != file.sha256)

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
        """Can be repeated: what was begun, by whomever and however often, is known."""
        before, begun = self.live(), _read(self.store, _NEXT)
        touched = {**(begun.files if begun else {}), **manifest.files}
        self.store.write(_NEXT, msgspec.structs.replace(manifest, files=touched).as_json())
        known = before.files if before and begun is None else {}  # what was begun may have changed any of them

        def show(path: str) -> None:
            digest = manifest.files[path].sha256
            self.store.copy(f"{_OBJECTS}/{digest}", path, digest)

        for stage in by_stage(in_order(path for path, file in manifest.files.items() if known.get(path) != file)):
            each(show, stage, self.at_once)
        there = {path for other in (before, begun) if other for path in other.files}
        for stage in by_stage(in_order_of_removal(there - manifest.files.keys())):
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
    """The objects that none of the releases has."""
    wanted = {file.sha256 for manifest in kept for file in manifest.files.values()}
    return [f"{_OBJECTS}/{name}" for name in store.names(_OBJECTS) if name not in wanted]


def _read(store: Store, path: str) -> Manifest | None:
    data = store.read(path)
    return parse_manifest(data) if data is not None else None
