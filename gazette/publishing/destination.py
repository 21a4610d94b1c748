"""Defines what every place where a site can be published offers; `publish` uses nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from gazette.publishing.locking import Owner
from gazette.publishing.manifest import Manifest
from gazette.publishing.release import Release


class Sent(NamedTuple):
    """What was sent: the number of files and of bytes, and how many files were there already."""

    files: int
    bytes: int
    kept: int


class ByHand(NamedTuple):
    """What somebody has to upload: a `folder` that holds one for each release, by id, and the name of the file in each
    that explains how."""

    folder: Path
    guide: str


Sending = Callable[[int, int], None]
"""Is called with the number of files sent and the number of all files."""


class Publisher(Protocol):
    """An open destination. Call in this order: `locked`, `live`, `stage`, `differing`, `switch`, `prune`.

    Before `switch`, nothing that a visitor sees changes. `check_lockable`, `live`, `kept`, `public` and `kept_note`
    change nothing at all. Every method raises Refused or OSError; the same calls again complete what was interrupted.
    """

    @property
    def by_hand(self) -> ByHand | None:
        """What has to be uploaded before visitors get a release; None if `switch` is enough."""

    def locked(self, owner: Owner) -> AbstractContextManager[None]:
        """Hold the lock of the destination. Raises Refused, which names the holder and since when, if another publisher
        has it."""

    def check_lockable(self) -> None:
        """Raise what `locked` would raise now, as far as that is known without taking the lock."""

    def unlock(self) -> None:
        """Remove the lock, whoever holds it. Only after a person has made sure that nobody publishes."""

    def live(self) -> Manifest | None:
        """Return the manifest of the public release; None if there is none."""

    def kept(self) -> list[Manifest]:
        """Return the manifests of the releases that are still there, the oldest first."""

    def public(self, live: Manifest, path: str) -> bytes | None:
        """Return the bytes of a file of the public release; None if it is missing."""

    def stage(self, release: Release, sending: Sending) -> Sent:
        """Send a release to where no visitor sees it."""

    def differing(self, release: Release) -> list[str]:
        """Return the paths of staged files that differ from the manifest, as the other side reads them."""

    def switch(self, release: Release) -> None:
        """Make the staged release public."""

    def go_back(self, manifest: Manifest) -> None:
        """Make a release public that is still there."""

    def keep_note(self, data: bytes | None) -> None:
        """Store a note where no visitor sees it, in place of the last one; None removes it."""

    def kept_note(self) -> bytes | None:
        """Return the stored note; None if there is none."""

    def prune(self, keep: int) -> list[str]:
        """Remove the oldest releases so that `keep` remain, but never the public one. Return their ids."""
