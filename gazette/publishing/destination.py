"""What every place where a site can be published offers: to `publish` all of them are this."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

from gazette.publishing.locking import Owner
from gazette.publishing.manifest import Manifest
from gazette.publishing.release import Release


class Sent(NamedTuple):
    """What was sent: how many files travelled, how many bytes of them, and how many were there already."""

    files: int
    bytes: int
    kept: int


class ByHand(NamedTuple):
    """Where that lies which somebody has to upload: a `folder` that has one for each release, by its id, and the name
    of the file in each that says how."""

    folder: Path
    guide: str


Sending = Callable[[int, int], None]
"""Is told how far the sending is: files done, of how many."""


class Publisher(Protocol):
    """A destination that is open. In order: `locked`, `live`, `stage`, `differing`, `switch`, `prune`. Nothing that a
    visitor sees changes before `switch`; nothing at all changes by `check_lockable`, `live`, `kept`, `public` and
    `kept_note`. Each raises Refused or OSError; what was begun is finished by the same calls again."""

    @property
    def by_hand(self) -> ByHand | None:
        """What has to be uploaded before visitors get a release; None where they get it by `switch`."""

    def locked(self, owner: Owner) -> AbstractContextManager[None]:
        """Two publishers exclude each other: the second is refused, and told who the first is and since when."""

    def check_lockable(self) -> None:
        """Raises what `locked` would raise now, as far as that can be told without taking anything."""

    def unlock(self) -> None:
        """Take the lock away, whoever has it: a person has made sure that nobody publishes."""

    def live(self) -> Manifest | None:
        """What is public now."""

    def kept(self) -> list[Manifest]:
        """The releases that are still there, the oldest first."""

    def public(self, live: Manifest, path: str) -> bytes | None:
        """The bytes of a file of the release that is public; None where it is not there."""

    def stage(self, release: Release, sending: Sending) -> Sent:
        """Put a release there, where no visitor sees it."""

    def differing(self, release: Release) -> list[str]:
        """The paths of what was staged and is not, on the other side, as the manifest says."""

    def switch(self, release: Release) -> None:
        """Make what was staged public."""

    def go_back(self, manifest: Manifest) -> None:
        """Make a release public that is still there."""

    def keep_note(self, data: bytes | None) -> None:
        """Keep a note there, where no visitor sees it, in the place of the last one; None takes that away."""

    def kept_note(self) -> bytes | None:
        """The note that is kept there."""

    def prune(self, keep: int) -> list[str]:
        """Remove the oldest releases beyond so many, never the one that is public. Returns their ids."""
