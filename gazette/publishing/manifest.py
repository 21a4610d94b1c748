"""The manifest of a release: which files were published, with their sizes and digests, when, and of which site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

FORMAT = "gazette-release/1"


class PublishedFile(msgspec.Struct, frozen=True):
    """A file of a release: its size in bytes, and the SHA-256 of its bytes."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A release: its id, when it was made (ISO 8601, with the zone), the number of the last edition that it holds, the
    titles of its site, and its files by path."""

    format: str = FORMAT
    id: str
    at: str
    edition: int | None = None
    titles: tuple[str, ...]
    files: dict[str, PublishedFile]
    by: str = ""
    snapshot: bytes = b""
    """What the site says of each unit, pledge and notice (the file of a snapshot, compressed with zlib): what changed
    since is told from it."""
    signed: tuple[str, ...] = ()
    """The paths of the documents that are signed."""

    @property
    def digest(self) -> str:
        """The SHA-256 of all that visitors get: two releases with the same one are the same to them."""
        return digest_of(self.files)

    @property
    def moment(self) -> str:
        """When it was made, as a person reads it: by the clock of the site."""
        return self.at[:16].replace("T", " ")

    def as_json(self) -> bytes:
        """The manifest as it is kept; the same one gives the same bytes."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n"


def parse_manifest(data: bytes) -> Manifest | None:
    """A manifest as it was kept; None for what is none, or one of a later program."""
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found if found.format == FORMAT else None


def in_time(found: Iterable[Manifest | None]) -> list[Manifest]:
    """Those that could be read, the oldest first."""
    return sorted(filter(None, found), key=lambda manifest: (manifest.at, manifest.id))


def beyond(keep: int, kept: Sequence[Manifest], live: Manifest | None) -> list[str]:
    """The ids of the releases that are to go, so that so many stay: the first of those that are `kept`, and never the
    one that is public."""
    others = [each.id for each in kept if live is None or each.id != live.id]
    return others[: max(len(kept) - keep, 0)]


def digest_of(files: Mapping[str, PublishedFile]) -> str:
    """The SHA-256 of a list of files: of `path`, a tab, and the file's own digest, a line each."""
    lines = "".join(f"{path}\t{file.sha256}\n" for path, file in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
