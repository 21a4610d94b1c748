"""The files of a content folder that are published as evidence: their names, kinds and limits, and what is made of
each."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple

import msgspec

FOLDER = "files"
"""The folder of these files in a content folder, and their address on the site, the same in all languages."""

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
"""The kinds by the endings of names; the first ending of a kind is the usual one."""

PICTURES = ("jpeg", "png", "webp")
"""The kinds that are pictures: they are made anew, and never published as they are."""

MOST_BYTES = 20_000_000
"""So large may a file be."""

MOST_PIXELS = 80_000_000
LONGEST_SIDE = 30_000
"""So many pixels may a picture have, and its longer side: Pillow itself warns of "bombs" at 89 million."""

WIDTHS = (1600, 640)
"""How wide the pictures are at most that are made of one, in pixels: to look at closely, and to stand on a page."""

STEM_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FOLDER_PATTERN = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
NAME_PATTERN = rf"(?:{_FOLDER_PATTERN}/)?{STEM_PATTERN}\.(?:{'|'.join(KINDS)})"
NAME_LIMIT = 120


class EvidenceFile(msgspec.Struct, frozen=True):
    """A file as it lies in the folder: its name there, the kind that its content is of, its size in bytes and its
    SHA-256; of a picture its width and height in pixels, turned as it is to be seen. Of a file in which something is
    wrong the kind is empty, and nothing else is known."""

    name: str
    kind: FileKind | Literal[""] = ""
    size: int = 0
    digest: str = ""
    width: int = 0
    height: int = 0

    @property
    def is_picture(self) -> bool:
        return self.kind in PICTURES

    @property
    def published(self) -> tuple[PublishedFile, ...]:
        """What the site has of it, the largest first."""
        if not self.is_picture:
            return (PublishedFile(f"{FOLDER}/{self.name}", 0, 0),)
        stem = self.name.rpartition(".")[0]
        sizes = {width: fitted(self.width, self.height, width) for width in WIDTHS}
        own = {width: size for width, size in sizes.items() if width == WIDTHS[-1] or size != sizes[WIDTHS[-1]]}
        return tuple(PublishedFile(f"{FOLDER}/{stem}-{width}.jpg", *size) for width, size in own.items())


class PublishedFile(NamedTuple):
    """A file of the site: its path, and of a picture its width and height in pixels."""

    path: str
    width: int
    height: int


Files = Mapping[str, EvidenceFile]
"""The files of the folder by name."""


def fitted(width: int, height: int, most: int) -> tuple[int, int]:
    """Width and height of a picture that is made at most so wide. None is ever enlarged."""
    return (width, height) if width <= most else (most, max(1, (height * most + width // 2) // width))


def likely_name(name: str) -> str:
    """A name as it should be written: in small Latin letters, digits and hyphens; an example where nothing of it can be
    kept."""
    whole = unicodedata.normalize("NFKC", name).strip().strip("/").lower()
    folder, slash, last = whole.rpartition("/")
    stem, _, ending = last.rpartition(".")
    folder, stem = _plain(folder.rpartition("/")[2]).lstrip("-0123456789"), _plain(stem)
    if ending not in KINDS or not stem:
        return "pump-2031.jpg" if ending not in KINDS else f"pump-2031.{ending}"
    shown = f"{folder}/" if slash and folder else ""
    return f"{shown}{stem}.{ending}"


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words).strip("-")[:50].strip("-")
