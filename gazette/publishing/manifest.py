"""Describes a release: its files with their sizes and digests, when it was made, and of which site."""

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
    """A release: its id, when it was made (ISO 8601, with the zone), the number of the last edition in it (None without
    one), the titles of its site, its files by path, and who published it."""

    format: str = FORMAT
    id: str
    at: str
    edition: int | None = None
    titles: tuple[str, ...]
    files: dict[str, PublishedFile]
    by: str = ""
    snapshot: bytes = b""
    """What the site states of each unit, pledge and notice (a snapshot file, compressed with zlib), to compare the next
    release with."""
    signed: tuple[str, ...] = ()
    """The paths of the signed documents."""

    @property
    def digest(self) -> str:
        """The SHA-256 of all that visitors get. Two releases with the same digest are the same to them."""
        return digest_of(self.files)

    @property
    def moment(self) -> str:
        """When it was made, as `YYYY-MM-DD HH:MM` in the site's time zone."""
        return self.at[:16].replace("T", " ")

    def as_json(self) -> bytes:
        """Return the manifest as it is stored. The same manifest gives the same bytes."""
        return msgspec.json.format(msgspec.json.encode(self, order="sorted"), indent=1) + b"\n"


def parse_manifest(data: bytes) -> Manifest | None:
    """Return a stored manifest; None if it is not one, or of a later format."""
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return manifest if manifest.format == FORMAT else None


def in_time(manifests: Iterable[Manifest | None]) -> list[Manifest]:
    """Return the manifests that could be read (not None), the oldest first."""
    return sorted(filter(None, manifests), key=lambda manifest: (manifest.at, manifest.id))


def beyond(keep: int, kept: Sequence[Manifest], live: Manifest | None) -> list[str]:
    """Return the ids of the releases to remove so that `keep` remain: the first of `kept`, but never the public one."""
    others = [each.id for each in kept if live is None or each.id != live.id]
    return others[: max(len(kept) - keep, 0)]


def digest_of(files: Mapping[str, PublishedFile]) -> str:
    """Return the SHA-256 of a list of files: one line a file, `path`, a tab, and its digest."""
    lines = "".join(f"{path}\t{file.sha256}\n" for path, file in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()
