"""The files of the output folder as they are: those that builds wrote, untouched or not, and those of others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from gazette.building.database.files import FileRecord
from gazette.building.uptodate import foreign_files
from gazette.files import checksums
from gazette.files.walk import Stat


class OutputFiles:
    """The files that are in the folder `folder` (`there`, with their states), of which builds wrote those of `records`.
    Paths are relative to the folder."""

    def __init__(self, folder: Path, records: Mapping[str, FileRecord], there: Mapping[str, Stat]) -> None:
        self.folder, self.there = folder, there
        self.records = dict(records)
        self.foreign = foreign_files(there, records)
        """Files that this program did not write."""
        self.restated: dict[str, Stat] = {}
        """Files whose state is another than the one that is kept, and whose bytes are the same."""

    def is_current(self, path: str, key: str) -> bool:
        """Whether the file at `path` was made by the recipe `key` and has not been touched since."""
        record = self.records.get(path)
        return record is not None and record.key == key and self.is_intact(path, record)

    def intact(self, records: Mapping[str, FileRecord]) -> dict[str, FileRecord]:
        """Those of some files that nobody touched, by path."""
        return {path: record for path, record in records.items() if self.is_intact(path, record)}

    def tampered_files(self) -> list[str]:
        """Files that were changed or deleted by another hand."""
        return [path for path, record in self.records.items() if not self.is_intact(path, record)]

    def tampering(self, path: str) -> str:
        """What another hand did to a file that a build wrote: `deleted`, `altered`, or nothing."""
        if path not in self.there:
            return "deleted"
        return "" if self.is_intact(path, self.records[path]) else "altered"

    def is_intact(self, path: str, record: FileRecord) -> bool:
        """Whether a file has the bytes that a build wrote. Its state says so; where that is another, the bytes do."""
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
        """From now on these files are ones that a build wrote; by which recipe, nobody knows. Returns their records."""
        found = {}
        for path in paths:
            digest, stat = digest_of(self.folder / path), self.there[path]
            found[path] = FileRecord(unit="", kind=_kind_of(path), key="", digest=digest, **stat._asdict())
        self.records |= found
        self.foreign = foreign_files(self.there, self.records)
        return found

    def update(self, records: Mapping[str, FileRecord], gone: Iterable[str]) -> None:
        """What builds wrote is different now: these files were made, those are gone."""
        self.records |= records
        for path in gone:
            self.records.pop(path, None)


def digest_of(place: Path) -> str:
    """The SHA-256 of a file; empty where it cannot be read."""
    try:
        return checksums.digest_of(place)
    except OSError:
        return ""


def _kind_of(path: str) -> str:
    """The kind of a file whose target nobody knows."""
    return "pdf" if path.endswith(".pdf") else "data" if path.startswith("data/") else "pages"
