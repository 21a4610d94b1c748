"""The lock of a destination: a file that only one can make, with who made it and when. It works on shares, too."""

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
    """Who holds a lock, and since when (ISO 8601); on which machine, and by which process there, is found out."""

    by: str
    since: str
    machine: str = msgspec.field(default_factory=socket.gethostname)
    process: int = msgspec.field(default_factory=os.getpid)

    @property
    def is_gone(self) -> bool:
        """Whether it is known that nobody holds it any more: a process of this machine that has ended."""
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
        """The bytes of a file; None where there is none."""

    def write(self, path: str, data: bytes) -> None:
        """Put a file there, whole or not at all; the folders above it are made."""

    def create(self, path: str, data: bytes) -> bool:
        """Put a new file there, whole or not at all; False where there is one already."""

    def check_writable(self) -> None:
        """Raises Refused or OSError where it is known, with nothing tried, that no file can be put there."""

    def remove(self, path: str) -> None:
        """Remove a file, or a folder with all that is in it, where it is there. A link is removed itself."""


@contextlib.contextmanager
def locked(place: Locking, own: Owner) -> Iterator[None]:
    """The lock of a place, held. Raises Refused where somebody else has it."""
    try:
        _take(place, own)
        yield
        _give_back(place, own)
    except BaseException:  # Ctrl-C, too; what went wrong is told, not that the lock could not be taken away after it
        with contextlib.suppress(Refused, OSError):
            _give_back(place, own)
        raise


def check_lockable(place: Locking) -> None:
    """Raises what `locked` would raise now, as far as that can be told without taking anything."""
    place.check_writable()
    if place.read(LOCK) is not None:
        _check_gone(_holder(place))


def _take(place: Locking, own: Owner) -> None:
    data = msgspec.json.encode(own)
    if not place.create(LOCK, data):
        _check_gone(_holder(place))
        place.write(LOCK, data)


def _check_gone(holder: Owner | None) -> None:
    """Raises Refused for one who may still be there."""
    if holder is None or not holder.is_gone:
        values = {"found": holder.by, "machine": holder.machine, "since": _by_this_clock(holder)} if holder else {}
        raise Refused("publish_locked" if holder else "publish_locked_unknown", **values)


def _by_this_clock(holder: Owner) -> str:
    """Since when somebody has a lock, by the clock of whoever is told."""
    try:
        return f"{datetime.datetime.fromisoformat(holder.since).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return holder.since


def _give_back(place: Locking, own: Owner) -> None:
    if _holder(place) == own:
        place.remove(LOCK)


def unlock(place: Locking) -> None:
    """Take a lock away, whoever has it: a person has made sure that nobody publishes."""
    place.remove(LOCK)


def keep_note(place: Locking, path: str, data: bytes | None) -> None:
    """Keep a note of whoever has the lock at a place, in a file; None takes it away."""
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
