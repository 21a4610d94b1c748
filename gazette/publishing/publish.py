"""Publishes a release: sends it, verifies it on the other side, makes it public and records it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from gazette.publishing.destination import Publisher, Sending, Sent
from gazette.publishing.manifest import Manifest
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release


class Recording(NamedTuple):
    """How a publication is recorded beside the content: the `note` that the destination holds until `write` has
    recorded it."""

    note: bytes
    write: Callable[[], None]


class Published(NamedTuple):
    """What was done: what was sent, which files visitors no longer get, and which releases were removed."""

    sent: Sent
    gone: tuple[str, ...]
    pruned: tuple[str, ...]


def publish(publisher: Publisher, release: Release, keep: int, recording: Recording, sending: Sending) -> Published:
    """Publish a release at a destination that is locked, and record it once it is public.

    `keep` is the number of releases to keep. Raises Refused, with nothing changed for visitors yet; OSError.
    """
    before = publisher.live()
    sent = publisher.stage(release, sending)
    if wrong := publisher.differing(release):
        raise Refused("publish_damaged", found=wrong[0], count=len(wrong))
    publisher.keep_note(recording.note)
    publisher.switch(release)
    recording.write()
    publisher.keep_note(None)
    return Published(sent, tuple(release.gone_since(before)), tuple(publisher.prune(keep)))


def way_back(publisher: Publisher, id: str) -> Manifest:
    """Return the release to go back to: the one with this `id`, or if it is "" the last before the public one. Raises
    Refused if there is none."""
    live, kept = publisher.live(), publisher.kept()
    others = [each for each in kept if live is None or each.id != live.id]
    if id:
        candidates = [each for each in others if each.id == id]
    else:
        candidates = [each for each in others if live is None or (each.at, each.id) < (live.at, live.id)]
    if not candidates:
        expected = ", ".join(each.id for each in others)
        raise Refused("publish_unknown_release" if others else "publish_no_release", found=id, expected=expected)
    return candidates[-1]
