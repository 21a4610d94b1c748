"""The one way to write a file in its place: whoever reads it finds the old bytes or the new ones, never a part."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ANYBODY, OWNER = 0o666, 0o600
"""Who may read and write a new file, as far as the umask of the process allows: anybody, or its owner alone."""


def write(
    place: Path, data: bytes, *, durable: bool = True, mode: int | None = None, beside: Path | None = None
) -> None:
    """Give the file `place` these bytes, whether it was there or not; `durable`, `mode` and `beside` are those of
    `stage`. A link at `place` gives way to a file. Raises OSError; then `place` is as it was."""
    staged = stage(place, data, durable=durable, mode=mode, beside=beside)
    try:
        staged.replace(place)
    except OSError:
        staged.unlink(missing_ok=True)
        raise


def stage(
    place: Path, data: bytes, *, durable: bool = True, mode: int | None = None, beside: Path | None = None
) -> Path:
    """Write what is to become the file `place` on the same disk, and return where it lies. `durable` bytes have reached
    the disk then. The file gets the rights `mode`, less the umask; None: those of the file that is there, or of any new
    one. It lies in the same folder under a hidden name of its own; `beside` names another place, so that at most one
    remains where a process was killed: only one process at a time may stage there. Raises OSError, and leaves nothing.
    """
    name = f".{place.name}.{os.urandom(4).hex()}.tmp"
    staged = beside or place.with_name(name)
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | (os.O_TRUNC if beside else os.O_EXCL)
    handle = os.open(staged, flags, ANYBODY if mode is None else mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if mode is None and place.exists():
            shutil.copymode(place, staged)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    return staged


def create(place: Path, data: bytes) -> None:
    """Make the file `place`, which must not be there yet: of two who try at the same time only one succeeds. Raises
    FileExistsError for the other, and OSError."""
    staged = stage(place, data)
    try:
        appear(staged, place)
    finally:
        staged.unlink(missing_ok=True)


def appear(staged: Path, place: Path) -> None:
    """Give a staged file its name, if nothing has that. Raises FileExistsError where something has, and OSError. The
    caller removes `staged`. Where the disk takes no links, an empty file holds the place for a moment: whoever is
    killed then leaves it."""
    try:
        os.link(staged, place)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(place, os.O_CREAT | os.O_EXCL))
        try:
            staged.replace(place)
        except BaseException:
            place.unlink(missing_ok=True)
            raise


def sync(file: Path) -> None:
    """Wait until a file's bytes have reached the disk. Raises OSError."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())
