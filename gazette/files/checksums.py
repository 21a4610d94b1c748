"""Reads, writes and checks lists of checksums in the format of `sha256sum`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from gazette.files.walk import walk

NAME = "sha256sums.txt"

_LINE = re.compile(r"(\\?)([0-9a-fA-F]{64}) [ *](.+)")


class Compared(NamedTuple):
    """A folder compared with its list. `right` counts the files that match; `missing`, `changed` and `extra` are paths;
    `unread` counts the lines that name no file of the folder."""

    right: int
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    extra: tuple[str, ...]
    unread: int

    @property
    def agrees(self) -> bool:
        """Whether the folder holds exactly the files in the list."""
        return not (self.missing or self.changed or self.extra or self.unread)


def written(digests: Mapping[str, str]) -> str:
    """Return the list of `digests` (`{path: SHA-256 in hexadecimal}`): a line for each path, sorted."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read(text: str) -> tuple[dict[str, str], int]:
    """Parse a list. Return ({path: SHA-256}, number of lines that are invalid or lead out of the folder)."""
    digests, unread = {}, 0
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match and _stays(path := _unescaped(match[3]) if match[1] else match[3]):
            digests[path.removeprefix("./")] = match[2].lower()
        elif line.strip():
            unread += 1
    return digests, unread


def compare(folder: Path) -> Compared | None:
    """Compare a folder with the list in it. Return None if there is no list. Raises OSError."""
    list_path = folder / NAME
    if not list_path.is_file():
        return None
    listed, unread = read(list_path.read_text("utf-8", "replace"))
    there = {path for path, _ in walk(folder)} - {NAME}
    missing = sorted(listed.keys() - there)
    same = {path for path in listed.keys() & there if _digest_or_none(folder / path) == listed[path]}
    changed = sorted(listed.keys() & there - same)
    return Compared(len(same), tuple(missing), tuple(changed), tuple(sorted(there - listed.keys())), unread)


def _digest_or_none(path: Path) -> str | None:
    """Return the SHA-256 of a file; None for a link and anything else that is not a file."""
    return digest_of(path) if path.is_file() and not path.is_symlink() else None


def _stays(path: str) -> bool:
    """Return whether a path stays inside its folder."""
    pure = PurePosixPath(path)
    return not pure.is_absolute() and ".." not in pure.parts


def _unescaped(path: str) -> str:
    """Return a path without the escapes of `sha256sum`."""
    return re.sub(r"\\([\\nr])", lambda match: {"\\": "\\", "n": "\n", "r": "\r"}[match[1]], path)
