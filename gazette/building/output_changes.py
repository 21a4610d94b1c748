"""The changes that a build makes to the output folder: what is staged, and the files as they will be."""

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
    """What a file comes from: the unit that it belongs to (empty for what units share), the kind and key of its target,
    the reasons why it was made, as they are kept, and what a page states."""

    unit: str
    kind: str
    key: str
    reasons: str = "[]"
    stated: Stated = NOTHING_STATED


class StagedFile(NamedTuple):
    """New bytes, which wait beside the output folder or are there already (`is_same`)."""

    origin: Origin
    digest: str
    is_same: bool


class OutputChanges:
    """What one build changes of the output folder that holds `files`."""

    def __init__(self, files: OutputFiles, staging: StagedFolder, state: State) -> None:
        self.files, self.staging, self.state = files, staging, state
        self.staged: dict[str, StagedFile] = {}
        self.newly_stated: dict[str, Stated] = {}
        """What pages state that are not made again, where that is something else."""

    def stage(self, path: str, data: bytes, origin: Origin) -> None:
        """Put new bytes beside the folder. Equal bytes are only noted. Raises Unkept, OSError."""
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
        """What a page states from now on, if it is there and not made again."""
        if path in self.files.records and self.files.records[path].stated != stated:
            self.newly_stated[path] = stated

    # ── the files as they will be ──

    def has(self, path: str) -> bool:
        """Whether a file is there, or will be."""
        return path in self.staged or path in self.files.records

    def digest_of(self, path: str) -> str:
        """The SHA-256 of a file as it will be."""
        return (self.staged.get(path) or self.files.records[path]).digest

    def digests(self, kinds: Container[str]) -> Iterator[tuple[str, str]]:
        """The files of some `kinds` as they will be, with their SHA-256."""
        for path in self.files.records.keys() | self.staged.keys():
            own = self.staged[path].origin if path in self.staged else self.files.records[path]
            if own.kind in kinds and (path in self.staged or path in self.files.there):
                yield path, self.digest_of(path)

    def read(self, path: str) -> bytes:
        """A file's bytes: the new ones if it was made now."""
        is_new = path in self.staged and not self.staged[path].is_same
        return ((self.staging.staging if is_new else self.files.folder) / path).read_bytes()

    def obsolete(self, wanted: Container[str], kinds: Iterable[str]) -> list[str]:
        """The files that no unit owns, of some `kinds`, but for those `wanted` and those made in this build."""
        chosen = set(kinds)
        shared = (path for path, own in self.files.records.items() if not own.unit and own.kind in chosen)
        return [path for path in shared if path not in wanted and path not in self.staged]

    def vanished(self) -> list[str]:
        """Files that another hand deleted and that this build was not to make again: they are as if never made. A unit
        that one of them belongs to is looked at again (`UnitRegistry.stale_units`)."""
        return sorted(self.files.records.keys() - self.files.there.keys() - self.staged.keys())

    # ── before they are made ──

    def of_others(self, is_adopted: bool) -> list[str]:
        """The files of others that stay so. A page in the place of a staged one that this program made is none, nor is
        one that is the same, nor any where the folder is adopted: another copy of this program wrote it."""
        ours = {path for path in self.files.foreign if path in self.staged and (is_adopted or self._is_as_ours(path))}
        return [path for path in self.files.foreign if path not in ours]

    def _is_as_ours(self, path: str) -> bool:
        place = self.files.folder / path
        return is_page(place) or digest_of(place) == self.staged[path].digest

    def blocked(self, others: Iterable[str]) -> list[str]:
        """Where files of others stand in the way of staged files, by path."""
        in_the_way = set(others)
        if not in_the_way:
            return []
        blocks = {path: path for path in in_the_way}
        """What is blocked by which file: its own place, and the folders that hold it."""
        for path in in_the_way:
            blocks |= dict.fromkeys(folders_of(path), path)
        found = {blocks[path] for path in self.staged if path in blocks}
        found |= {folder for path in self.staged for folder in folders_of(path) if folder in in_the_way}
        return sorted(found)

    def records(self, build: int, reasons: Mapping[str, int]) -> dict[str, FileRecord]:
        """What is known of the staged files from now on, made by the build of this number for reasons of these numbers;
        of those that are still to be moved, not yet their state."""
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
