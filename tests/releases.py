"""Releases for tests: made by hand of a few small files, with nothing built."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from gazette.publishing.locking import Owner
from gazette.publishing.manifest import Manifest, PublishedFile, digest_of
from gazette.publishing.publish import Published, Recording, publish
from gazette.publishing.release import Release

OWNER = Owner("editor", "2031-10-01T09:00:00+08:00")


def files_of(number: int) -> dict[str, bytes]:
    """The files of a small site: of the numbers that follow each other most are the same, one is new, one is gone, and
    every page names its release."""
    same = {f"data/{name}.csv": f"id\r\n{name}\r\n".encode() * 50 for name in range(12)}
    own = {f"static/{number}.css": b"p { margin: 0 }", f"zh/{number}.html": b"<p>new</p>"}
    pages = {name: f"<p>release {number}</p>\n".encode() * 40 for name in ("index.html", "zh/index.html", "zh/a.html")}
    return {**same, **own, **pages}


def release(number: int, files: Mapping[str, bytes] | None = None, title: str = "A city") -> Release:
    """The release of some files; of `files_of` where none are given."""
    found = dict(files if files is not None else files_of(number))
    listed = {path: PublishedFile(len(data), hashlib.sha256(data).hexdigest()) for path, data in found.items()}
    id = f"20311001-09{number:04d}-{digest_of(listed)[:8]}"
    at = f"2031-10-01T09:{number:02d}+08:00"
    return Release(Manifest(id=id, at=at, titles=(title,), files=listed, edition=number or None), found)


def published(publisher: object, wanted: Release, keep: int = 5) -> Published:
    """A release, published as the command does it."""
    with publisher.locked(OWNER):  # type: ignore[attr-defined]
        return publish(publisher, wanted, keep, Recording(b"", lambda: None), lambda _done, _count: None)  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder that visitors get, by path."""
    places = (place for place in folder.rglob("*") if place.is_file())
    found = {place.relative_to(folder).as_posix(): place.read_bytes() for place in places}
    return {path: data for path, data in found.items() if not path.startswith((".gazette", "lock.json"))}
