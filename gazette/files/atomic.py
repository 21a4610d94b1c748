"""Writes files safely: readers find the old bytes or the new ones, never a part."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ANYBODY, OWNER = 0o666, 0o600
"""Modes of a new file, before the umask: everybody may read and write it, or only its owner."""


def write(
    path: Path, data: bytes, *, durable: bool = True, mode: int | None = None, beside: Path | None = None
) -> None:
    """Replace or create the file `path`. `stage` explains `durable`, `mode` and `beside`. A link at `path` is
    replaced, not followed. Raises OSError; `path` is then unchanged."""
    staged = stage(path, data, durable=durable, mode=mode, beside=beside)
    try:
        staged.replace(path)
    except OSError:
        staged.unlink(missing_ok=True)
        raise


def stage(
    path: Path, data: bytes, *, durable: bool = True, mode: int | None = None, beside: Path | None = None
) -> Path:
    """Write the future bytes of the file `path` to a hidden file in the same folder, and return its path.

    With `durable` the bytes have reached the disk on return. The umask is taken from `mode`; without `mode` the new
    file has the rights of the file at `path`, or those of any new file. `beside` is the path of the hidden file, on
    the same disk; what a killed process left there is overwritten, so only one process at a time may use it. Raises
    OSError, and leaves no file behind.
    """
    name = f".{path.name}.{os.urandom(4).hex()}.tmp"
    staged = beside or path.with_name(name)
    flags = os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0) | (os.O_TRUNC if beside else os.O_EXCL)
    handle = os.open(staged, flags, ANYBODY if mode is None else mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if mode is None and path.exists():
            shutil.copymode(path, staged)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise
    return staged


def create(path: Path, data: bytes) -> None:
    """Create the file `path`. Raises FileExistsError if it exists, also if another process creates it at the same
    moment; OSError."""
    staged = stage(path, data)
    try:
        appear(staged, path)
    finally:
        staged.unlink(missing_ok=True)


def appear(staged: Path, path: Path) -> None:
    """Give the staged file the name `path`. Raises FileExistsError if that name is taken, and OSError. The caller
    removes `staged`. On a disk without hard links an empty file reserves the name for a moment, and remains if the
    process is killed just then."""
    try:
        os.link(staged, path)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL))
        try:
            staged.replace(path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def sync(file: Path) -> None:
    """Wait until the bytes of a file have reached the disk. Raises OSError."""
    with file.open("rb+") as handle:
        os.fsync(handle.fileno())
