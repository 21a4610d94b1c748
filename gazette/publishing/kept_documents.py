"""Keeps the public documents, with their signatures, while the rest of the site is published anew: a machine without
the office's key cannot sign them again."""

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
    """Return the release with every document as it is public now; a new document goes out as it was built.

    Each document is read from the other side once, and kept in `cache` by its digest. Raises Refused if one is missing
    there or differs from its manifest; OSError.
    """
    kept = {}
    for path in release.manifest.files:
        if path.endswith(".pdf") and path in live.files:
            kept[path] = cached = cache / _FOLDER / f"{live.files[path].sha256}.pdf"
            if not cached.is_file() or not _is(cached.read_bytes(), live, path):
                data = publisher.public(live, path)
                if data is None or not _is(data, live, path):
                    raise Refused("publish_document_gone", found=path)
                cached.parent.mkdir(parents=True, exist_ok=True)
                write(cached, data, durable=False, mode=OWNER)
    for cached in (cache / _FOLDER).glob("*.pdf"):
        if cached not in kept.values():
            cached.unlink()
    return with_others(release, kept, tuple(path for path in live.signed if path in kept))


def _is(data: bytes, live: Manifest, path: str) -> bool:
    return hashlib.sha256(data).hexdigest() == live.files[path].sha256
