"""Checks a release before it leaves: the verdicts on its documents, and what has changed since the last release."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from gazette.editions.snapshotting import snapshot_lines
from gazette.messages.problems import ContentError, FileProblems, Problem
from gazette.model.published.comparing import compare
from gazette.model.published.snapshots import Snapshot, gathered
from gazette.model.records.changes import Change
from gazette.publishing import validator
from gazette.publishing.manifest import Manifest
from gazette.publishing.refused import Refused
from gazette.publishing.release import Release
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.published.snapshot import format_snapshot, parse_snapshot


class Judged(NamedTuple):
    """How many documents conform to what they promise, how many promise nothing, and whether there was a validator."""

    right: int
    silent: int
    is_known: bool = True


def judge(release: Release, cache: Path) -> Judged:
    """Return the validator's verdict on the documents to be published. Raises ContentError if one breaks a standard
    that it claims to follow; OSError."""
    files = release.manifest.files
    documents = {path: source for path, source in release.sources.items() if path.endswith(".pdf")}
    places = {files[path].sha256: source for path, source in documents.items() if isinstance(source, Path)}
    verdicts = validator.judge(places, cache)
    if verdicts is None:
        return Judged(0, 0, False)
    wrong = [
        Problem.at(path, 0, 0, "publish_document", found=rule)
        for path in sorted(documents)
        for rule in verdicts[files[path].sha256].broken
    ]
    if wrong:
        raise ContentError(wrong)
    silent = sum(not verdicts[files[path].sha256].promised for path in documents)
    return Judged(len(documents) - silent, silent)


def packed_snapshot(opened: LoadedContent) -> bytes:
    """Return what the content states now, compressed, as a manifest carries it. Raises ContentError."""
    assert opened.content is not None
    lines = snapshot_lines(opened, opened.content.site.as_of)
    return zlib.compress(format_snapshot(lines).encode())


def changes_since(live: Manifest | None, now: Manifest) -> Sequence[Change]:
    """Return what has changed since the public release, the worst first; () if that is unknown."""
    before = unpacked(live.snapshot) if live and live.snapshot else None
    if before is None:
        return ()
    after = unpacked(now.snapshot)
    assert after is not None
    return compare(before, after)


def unpacked(snapshot: bytes) -> Snapshot | None:
    """Return the snapshot that a manifest carries; None if it cannot be read."""
    try:
        return gathered(parse_snapshot("", zlib.decompress(snapshot).decode()))
    except (zlib.error, UnicodeDecodeError, FileProblems):
        return None


def no_longer_signed(live: Manifest | None, now: Manifest) -> list[str]:
    """Return the paths of documents that are public with a signature and would lose it."""
    return [path for path in (live.signed if live else ()) if path in now.files and path not in now.signed]


def check_same_site(live: Manifest | None, now: Manifest) -> None:
    """Raise Refused if another site is public at a destination."""
    if live and {*live.titles}.isdisjoint(now.titles):
        raise Refused("publish_other_site", found=live.titles[0], expected=now.titles[0])
