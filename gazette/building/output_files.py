"""Tracks the files in the output folder: those that builds wrote, intact or not, and those of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from gazette.building.database.files import FileRecord
from gazette.building.uptodate import foreign_files
from gazette.files import checksums
from gazette.files.walk import Stat


class OutputFiles:
    """The files in the output folder `folder`. `there` has the state of each, `records` those that builds wrote. Paths
    are relative to the folder."""

    def __init__(self, folder: Path, records: Mapping[str, FileRecord], there: Mapping[str, Stat]) -> None:
        self.folder, self.there = folder, there
        self.records = dict(records)
        self.foreign = foreign_files(there, records)
        """Files that this program did not write."""
        self.restated: dict[str, Stat] = {}
        """Files whose bytes are the recorded ones but whose state is not, with their new states."""

    def is_current(self, path: str, key: str) -> bool:
        """Return whether the file at `path` was made with the recipe key `key` and is intact."""
        record = self.records.get(path)
        return record is not None and record.key == key and self.is_intact(path, record)

    def intact(self, records: Mapping[str, FileRecord]) -> dict[str, FileRecord]:
        """Return those of the `records` whose files are intact."""
        return {path: record for path, record in records.items() if self.is_intact(path, record)}

    def tampered_files(self) -> list[str]:
        """Return the files that someone else changed or deleted."""
        return [path for path, record in self.records.items() if not self.is_intact(path, record)]

    def tampering(self, path: str) -> str:
        """Return what someone else did to a file that a build wrote: "deleted", "altered", or "" for nothing."""
        if path not in self.there:
            return "deleted"
        return "" if self.is_intact(path, self.records[path]) else "altered"

    def is_intact(self, path: str, record: FileRecord) -> bool:
        """Return whether a file has the bytes that a build wrote. If its state is the recorded one, it is not read."""
        stat = self.there.get(path)
        if stat is None or stat.size != record.size:
            return False
        if stat == record.stat or path in self.restated:
            return True
        if digest_of(self.folder / path) != record.digest:
            return False
        self.restated[path] = stat
        return True

    def take_over(self, paths: Iterable[str]) -> dict[str, FileRecord]:
        """Record files as written by an earlier build with an unknown recipe. Return their records."""
        records = {}
        for path in paths:
            digest, stat = digest_of(self.folder / path), self.there[path]
            records[path] = FileRecord(unit="", kind=_kind_of(path), key="", digest=digest, **stat._asdict())
        self.records |= records
        self.foreign = foreign_files(self.there, self.records)
        return records

    def update(self, records: Mapping[str, FileRecord], gone: Iterable[str]) -> None:
        """Record the files that this build made, and forget the files `gone`."""
        self.records |= records
        for path in gone:
            self.records.pop(path, None)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file; "" if it cannot be read."""
    try:
        return checksums.digest_of(path)
    except OSError:
        return ""


def _kind_of(path: str) -> str:
    """Guess the kind of a file from its path: its target is unknown."""
    return "pdf" if path.endswith(".pdf") else "data" if path.startswith("data/") else "pages"
