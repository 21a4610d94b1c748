"""Describes the files published as evidence: their names, kinds and limits, and what is made of each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

FOLDER = "files"
"""The folder of these files in a content folder, and their path on the site, the same in all languages."""

FileKind = Literal["jpeg", "png", "webp", "pdf", "csv", "xlsx", "txt"]

KINDS: Mapping[str, FileKind] = {
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "png": "png",
    "webp": "webp",
    "pdf": "pdf",
    "csv": "csv",
    "xlsx": "xlsx",
    "txt": "txt",
}
"""`{extension: kind}`; the first extension of a kind is the usual one."""

PICTURES = ("jpeg", "png", "webp")
"""The kinds that are pictures. Pictures are re-encoded, and never published as they are."""

MOST_BYTES = 20_000_000
"""The largest size of a file, in bytes."""

MOST_PIXELS = 80_000_000
LONGEST_SIDE = 30_000
"""Limits of a picture, in pixels: its area (`MOST_PIXELS`) and its longer side. Pillow warns of “bombs” at 89
million."""

WIDTHS = (1600, 640)
"""The largest widths, in pixels, of the two copies made of a picture: one to look at closely, one for pages."""

STEM_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FOLDER_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
NAME_PATTERN = rf"(?:{_FOLDER_PATTERN}/)?{STEM_PATTERN}\.(?:{'|'.join(KINDS)})"
NAME_LIMIT = 120


class EvidenceFile(msgspec.Struct, frozen=True):
    """A file in the evidence folder.

    `name` is its path there, `kind` follows from its content, `size` is in bytes, `digest` its SHA-256; `width` and
    `height` are those of a picture in pixels, upright. A faulty file has the kind "" and no other data.
    """

    name: str
    kind: FileKind | Literal[""] = ""
    size: int = 0
    digest: str = ""
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        """True if its kind is one of `PICTURES`."""
        return self.kind in PICTURES

    @property
    def published(self) -> tuple[PublishedFile, ...]:
        """The files that the site has of it, the largest first."""
        if not self.is_picture:
            return (PublishedFile(f"{FOLDER}/{self.name}", 0, 0),)
        stem = self.name.rpartition(".")[0]
        sizes = {width: fitted(self.width, self.height, width) for width in WIDTHS}
        distinct = {width: size for width, size in sizes.items() if width == WIDTHS[-1] or size != sizes[WIDTHS[-1]]}
        return tuple(PublishedFile(f"{FOLDER}/{stem}-{width}.jpg", *size) for width, size in distinct.items())


class PublishedFile(NamedTuple):
    """A file of the site: its path, and a picture's width and height in pixels (otherwise 0)."""

    path: str
    width: int
    height: int


Files = Mapping[str, EvidenceFile]
"""`{name: file}` of the evidence folder."""


def fitted(width: int, height: int, most: int) -> tuple[int, int]:
    """(width, height) of a picture scaled down to at most `most` pixels in width. Never enlarges."""
    return (width, height) if width <= most else (most, max(1, (height * most + width // 2) // width))


def likely_name(name: str) -> str:
    """The name in the required form: small Latin letters, digits and hyphens. If nothing of it can be kept, an
    example."""
    whole = unicodedata.normalize("NFKC", name).strip().strip("/").lower()
    folder, slash, last = whole.rpartition("/")
    stem, _, ending = last.rpartition(".")
    folder, stem = _plain(folder.rpartition("/")[2]).lstrip("-0123456789"), _plain(stem)
    if ending not in KINDS or not stem:
        return "pump-2031.jpg" if ending not in KINDS else f"pump-2031.{ending}"
    prefix = f"{folder}/" if slash and folder else ""
    return f"{prefix}{stem}.{ending}"


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:50].strip("-")
