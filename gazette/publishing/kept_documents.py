"""The documents that are public, kept as they are while the site around them is published anew: with their signatures,
which no machine without the office's key can make."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gazette.files.atomic import OWNER, write
from gazette.publishing.destination import Publisher
from gazette.publishing.manifest import Manifest
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release, with_others

_FOLDER = "documents"


def with_documents_kept(release: Release, publisher: Publisher, live: Manifest, cache: Path) -> Release:
    """The release with every document as it is public now; one that is new goes out as it was built. They are read from
    the other side, once for each: the `cache` keeps them by their digests. Raises Refused for one that is not there as
    its manifest says; OSError."""
    kept = {}
    for path in release.manifest.files:
        if path.endswith(".pdf") and path in live.files:
            kept[path] = place = cache / _FOLDER / f"{live.files[path].sha256}.pdf"
            if not place.is_file() or not _is(place.read_bytes(), live, path):
                data = publisher.public(live, path)
                if data is None or not _is(data, live, path):
                    raise Refused("publish_document_gone", found=path)
                place.parent.mkdir(parents=True, exist_ok=True)
                write(place, data, durable=False, mode=OWNER)
    for place in (cache / _FOLDER).glob("*.pdf"):
        if place not in kept.values():
            place.unlink()
    return with_others(release, kept, tuple(path for path in live.signed if path in kept))


def _is(data: bytes, live: Manifest, path: str) -> bool:
    return hashlib.sha256(data).hexdigest() == live.files[path].sha256
