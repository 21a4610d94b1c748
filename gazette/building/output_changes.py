"""Collects the changes of one build to the output folder, and shows the files as they will be."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from gazette.building.database.files import FileRecord
from gazette.building.output_files import OutputFiles, digest_of
from gazette.building.ownership import is_page
from gazette.building.state import State
from gazette.files.moves import folders_of
from gazette.files.staged_folder import StagedFolder
from gazette.files.walk import Stat
from gazette.site.stated import NOTHING_STATED, Stated


class Origin(NamedTuple):
    """The origin of a file: its unit ("" if shared), the kind and key of its target, the reasons why it was made (as
    `causes.as_text` writes them), and what the page states."""

    unit: str
    kind: str
    key: str
    reasons: str = "[]"
    stated: Stated = NOTHING_STATED


class StagedFile(NamedTuple):
    """A file that this build made. Its new bytes are staged, or equal those in the output folder (`is_same`)."""

    origin: Origin
    digest: str
    is_same: bool


class OutputChanges:
    """The changes of one build to the output folder with the files `files`. Nothing there changes before the commit."""

    def __init__(self, files: OutputFiles, staging: StagedFolder, state: State) -> None:
        self.files, self.staging, self.state = files, staging, state
        self.staged: dict[str, StagedFile] = {}
        self.newly_stated: dict[str, Stated] = {}
        """The pages that were not made again but now state something else: `{path: what they state}`."""

    def stage(self, path: str, data: bytes, origin: Origin) -> None:
        """Stage the new bytes of a file; if they equal the bytes there, only note it. Raises Unkept or OSError."""
        digest = hashlib.sha256(data).hexdigest()
        record = self.files.records.get(path)
        is_same = record is not None and record.digest == digest and self.files.is_intact(path, record)
        if is_same:
            self.staging.unstage(path)
        else:
            with self.state.guarded():
                self.staging.stage(path, data, digest)
        self.staged[path] = StagedFile(origin, digest, is_same)

    def note(self, path: str, stated: Stated) -> None:
        """Note what a page states now. It counts if the page exists and is not made again."""
        if path in self.files.records and self.files.records[path].stated != stated:
            self.newly_stated[path] = stated

    # ── the files as they will be ──

    def has(self, path: str) -> bool:
        """Return whether a file exists or will."""
        return path in self.staged or path in self.files.records

    def digest_of(self, path: str) -> str:
        """Return the SHA-256 of a file as it will be."""
        return (self.staged.get(path) or self.files.records[path]).digest

    def digests(self, kinds: Container[str]) -> Iterator[tuple[str, str]]:
        """Yield (path, SHA-256) of the files of the given `kinds` as they will be."""
        for path in self.files.records.keys() | self.staged.keys():
            origin = self.staged[path].origin if path in self.staged else self.files.records[path]
            if origin.kind in kinds and (path in self.staged or path in self.files.there):
                yield path, self.digest_of(path)

    def read(self, path: str) -> bytes:
        """Return the bytes of a file as it will be. Raises OSError."""
        is_new = path in self.staged and not self.staged[path].is_same
        return ((self.staging.staging if is_new else self.files.folder) / path).read_bytes()

    def obsolete(self, wanted: Container[str], kinds: Iterable[str]) -> list[str]:
        """Return the shared files of the given `kinds` that are neither `wanted` nor made in this build."""
        chosen = set(kinds)
        shared = (path for path, record in self.files.records.items() if not record.unit and record.kind in chosen)
        return [path for path in shared if path not in wanted and path not in self.staged]

    def vanished(self) -> list[str]:
        """Return the files that someone else deleted and this build did not make again, sorted. They count as never
        made; the unit of such a file is stale (`UnitRegistry.stale_units`)."""
        return sorted(self.files.records.keys() - self.files.there.keys() - self.staged.keys())

    # ── before they are made ──

    def of_others(self, is_adopted: bool) -> list[str]:
        """Return the foreign files that stay foreign. A staged file replaces the one at its path if that is a page of
        this program or has the same bytes, or if the folder is adopted."""
        ours = {path for path in self.files.foreign if path in self.staged and (is_adopted or self._is_as_ours(path))}
        return [path for path in self.files.foreign if path not in ours]

    def _is_as_ours(self, path: str) -> bool:
        existing = self.files.folder / path
        return is_page(existing) or digest_of(existing) == self.staged[path].digest

    def blocked(self, others: Iterable[str]) -> list[str]:
        """Return the files of `others` that are in the way of staged files, sorted: one at the path of a staged file or
        of its folder, or one in a folder where a file is staged."""
        in_the_way = set(others)
        if not in_the_way:
            return []
        blocks = {path: path for path in in_the_way}
        """The foreign file that blocks each path: its own path and those of its folders."""
        for path in in_the_way:
            blocks |= dict.fromkeys(folders_of(path), path)
        blocking = {blocks[path] for path in self.staged if path in blocks}
        blocking |= {folder for path in self.staged for folder in folders_of(path) if folder in in_the_way}
        return sorted(blocking)

    def records(self, build: int, reasons: Mapping[str, int]) -> dict[str, FileRecord]:
        """Return the record of each staged file, by path. `build` is the number of this build, `reasons` has the number
        of each stored text. The state of a file still to be moved is that of the staged one; `BuildDatabase.settle`
        replaces it."""
        records = {}
        for path, staged in self.staged.items():
            if staged.is_same:
                stat, written = self.files.there[path], self.files.records[path].written or build
            else:
                stat, written = Stat.of((self.staging.staging / path).stat()), build
            records[path] = FileRecord(
                unit=staged.origin.unit,
                kind=staged.origin.kind,
                key=staged.origin.key,
                digest=staged.digest,
                **stat._asdict(),
                made=build,
                written=written,
                reasons=reasons[staged.origin.reasons],
                **staged.origin.stated._asdict(),
            )
        return records
