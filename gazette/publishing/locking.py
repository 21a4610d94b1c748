"""Locks a destination with a file that only one process can create; it says who and when. It works on network shares
too."""

from __future__ import annotations

import contextlib
import datetime
import os
import socket
from collections.abc import Iterator
from typing import Protocol

import msgspec

from gazette.publishing.refused import Refused

LOCK = "lock.json"


class Owner(msgspec.Struct, frozen=True):
    """Who holds a lock, and since when (ISO 8601). The machine and the process id are filled in."""

    by: str
    since: str
    machine: str = msgspec.field(default_factory=socket.gethostname)
    process: int = msgspec.field(default_factory=os.getpid)

    @property
    def is_gone(self) -> bool:
        """True if it is certain that nobody holds the lock any more: its process was on this machine and has ended, or
        its id is now that of this process."""
        if self.machine != socket.gethostname():
            return False
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return True
        except OSError:
            return False
        return self.process == os.getpid()


class Locking(Protocol):
    """What a lock needs of a place."""

    def read(self, path: str) -> bytes | None:
        """Return the bytes of a file; None if it does not exist."""

    def write(self, path: str, data: bytes) -> None:
        """Write a file, whole or not at all, with the folders above it."""

    def create(self, path: str, data: bytes) -> bool:
        """Write a new file, whole or not at all. Return False if it exists already."""

    def check_writable(self) -> None:
        """Raise Refused or OSError if it is known, without trying, that no file can be written."""

    def remove(self, path: str) -> None:
        """Remove a file, or a folder with its content, if it exists. Of a link, the link itself."""


@contextlib.contextmanager
def locked(place: Locking, owner: Owner) -> Iterator[None]:
    """Hold the lock of a place. Raises Refused if somebody else holds it."""
    try:
        _take(place, owner)
        yield
        _give_back(place, owner)
    except BaseException:  # Ctrl-C too; the first error is reported, not that the lock could not be removed after it
        with contextlib.suppress(Refused, OSError):
            _give_back(place, owner)
        raise


def check_lockable(place: Locking) -> None:
    """Raise what `locked` would raise now, as far as that is known without taking the lock."""
    place.check_writable()
    if place.read(LOCK) is not None:
        _check_gone(_holder(place))


def _take(place: Locking, owner: Owner) -> None:
    data = msgspec.json.encode(owner)
    if not place.create(LOCK, data):
        _check_gone(_holder(place))
        place.write(LOCK, data)


def _check_gone(holder: Owner | None) -> None:
    """Raise Refused if the holder may still be there."""
    if holder is None or not holder.is_gone:
        values = {"found": holder.by, "machine": holder.machine, "since": _by_this_clock(holder)} if holder else {}
        raise Refused("publish_locked" if holder else "publish_locked_unknown", **values)


def _by_this_clock(holder: Owner) -> str:
    """Return since when somebody holds a lock, in the time zone of this machine."""
    try:
        return f"{datetime.datetime.fromisoformat(holder.since).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return holder.since


def _give_back(place: Locking, owner: Owner) -> None:
    if _holder(place) == owner:
        place.remove(LOCK)


def unlock(place: Locking) -> None:
    """Remove a lock, whoever holds it. Only after a person has made sure that nobody publishes."""
    place.remove(LOCK)


def keep_note(place: Locking, path: str, data: bytes | None) -> None:
    """Store a note in the file `path`; None removes it. The caller holds the lock."""
    if data is None:
        place.remove(path)
    else:
        place.write(path, data)


def _holder(place: Locking) -> Owner | None:
    data = place.read(LOCK)
    try:
        return msgspec.json.decode(data, type=Owner) if data else None
    except msgspec.DecodeError:
        return None
