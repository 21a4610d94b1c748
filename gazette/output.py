"""Owns the output folder: the manifest of what is there, and the safe way to change it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from gazette.problems import ContentError, Problem

KEPT = ".gitignore"
"""The one file of the output folder that is left alone and never published."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the manifest says of a file: the key of its recipe, and what its bytes are."""

    key: str
    kind: str
    digest: str
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Staged:
    """New bytes that wait beside the output folder."""

    key: str
    kind: str
    digest: str
    same: bool


class Output:
    """The output folder `folder` with its desk, a hidden folder beside it: lock, manifest, staged files, journal.

    Nothing in `folder` changes before `commit`. Killed before the journal is written, the old site is whole; killed
    after it, every file is whole and `recover` finishes the work.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = folder.parent / f".{folder.name}.gazette"
        self.staging = self.desk / "staged"
        self.records: dict[str, Record] = {}
        self.staged: dict[str, Staged] = {}

    # ── opening ──

    @contextlib.contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Two builds of one folder exclude each other: the second calls `waiting` and waits."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.desk.mkdir(exist_ok=True)
            lock = (self.desk / "lock").open("w")
        except OSError as error:
            raise self._cannot(error) from None
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def recover(self) -> None:
        """Finish the journal of a build that was killed, throw away what was never decided, read the manifest."""
        journal = self.desk / "journal.json"
        if journal.exists():
            self._carry_out(json.loads(journal.read_text("utf-8")))
        shutil.rmtree(self.staging, ignore_errors=True)
        self.records = self._read_manifest()

    def _read_manifest(self) -> dict[str, Record]:
        try:
            stored = json.loads((self.desk / "manifest.json").read_text("utf-8"))
            return {path: Record(**record) for path, record in stored.items()}
        except (OSError, ValueError, TypeError):
            return {}

    def strangers(self) -> list[str]:
        """Files of the folder that the manifest does not know."""
        found = []
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = (Path(folder) / name).relative_to(self.folder).as_posix()
                if path != KEPT and path not in self.records:
                    found.append(path)
        return sorted(found)

    def check_is_ours(self, shown: str) -> None:
        """A folder that this program never wrote, and that is not empty, is not touched (ContentError)."""
        strangers = self.strangers() if not self.records else []
        if strangers:
            raise ContentError([Problem.at(shown, 0, 0, "output_foreign", found=shown, example=strangers[0])])

    # ── what is there ──

    def is_current(self, path: str, key: str) -> bool:
        """Whether the file at `path` was made by the recipe `key` and has not been touched since."""
        record = self.records.get(path)
        return record is not None and record.key == key and self._untouched(path, record)

    def _untouched(self, path: str, record: Record) -> bool:
        try:
            stat = (self.folder / path).lstat()
        except OSError:
            return False
        if stat.st_size != record.size:
            return False
        return stat.st_mtime_ns == record.mtime_ns or _digest_of(self.folder / path) == record.digest

    def digest(self, path: str) -> str:
        """The digest of a file's bytes: the new ones if it was made now."""
        return self.staged[path].digest if path in self.staged else self.records[path].digest

    def read(self, path: str) -> bytes:
        """A file's bytes: the new ones if it was made now."""
        staged = path in self.staged and not self.staged[path].same
        return ((self.staging if staged else self.folder) / path).read_bytes()

    # ── staging ──

    def stage(self, path: str, key: str, kind: str, data: bytes) -> None:
        """Put new bytes beside the folder. Equal bytes are only noted."""
        digest = hashlib.sha256(data).hexdigest()
        record = self.records.get(path)
        same = record is not None and record.digest == digest and self._untouched(path, record)
        if not same:
            place = self.staging / path
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
            except OSError as error:
                raise self._cannot(error) from None
        self.staged[path] = Staged(key, kind, digest, same)

    def commit(self, wanted: Mapping[str, str], kinds: Iterable[str]) -> tuple[list[str], list[str]]:
        """Move the staged files in and remove what is no longer `wanted` (path → kind) among `kinds`.

        Returns the paths written and removed. Files of other kinds, and their records, stay as they are.
        """
        kinds = set(kinds)
        gone = [path for path, record in self.records.items() if record.kind in kinds and path not in wanted]
        gone += [path for path in self.strangers() if path not in wanted]
        written = sorted(path for path, staged in self.staged.items() if not staged.same)
        records = {path: record for path, record in self.records.items() if path not in gone}
        for path, staged in self.staged.items():
            place = (self.folder if staged.same else self.staging) / path
            stat = place.stat()
            records[path] = Record(staged.key, staged.kind, staged.digest, stat.st_size, stat.st_mtime_ns)
        changed = records != self.records
        if written or gone or changed:
            manifest = {path: asdict(records[path]) for path in sorted(records)}
            journal = {"move": sorted(written, key=_last_pages), "remove": sorted(gone), "manifest": manifest}
            try:
                _write_whole(self.desk / "journal.json", json.dumps(journal))
            except OSError as error:
                raise self._cannot(error) from None
            self._carry_out(journal)
        shutil.rmtree(self.staging, ignore_errors=True)
        self.records, self.staged = records, {}
        return written, sorted(gone)

    def _carry_out(self, journal: Mapping[str, object]) -> None:
        """What the journal decided. Can be repeated: a file that is already moved is no longer staged."""
        moves, removals, manifest = journal["move"], journal["remove"], journal["manifest"]
        assert isinstance(moves, list) and isinstance(removals, list)
        for path in moves:
            source, place = self.staging / path, self.folder / path
            if source.exists():
                _clear_way(place, self.folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                source.replace(place)
        for path in removals:
            # Where a folder stands in the place of a file now, or the other way round, the file is gone already.
            with contextlib.suppress(IsADirectoryError, NotADirectoryError):
                (self.folder / path).unlink(missing_ok=True)
        self._remove_empty_folders()
        _write_whole(self.desk / "manifest.json", json.dumps(manifest))
        (self.desk / "journal.json").unlink(missing_ok=True)

    def _remove_empty_folders(self) -> None:
        for folder, _, _ in os.walk(self.folder, topdown=False):
            if Path(folder) != self.folder:
                with contextlib.suppress(OSError):
                    Path(folder).rmdir()

    def _cannot(self, error: OSError) -> ContentError:
        found = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        return ContentError([Problem.at(str(self.folder), 0, 0, "output_write", found=found)])


def _clear_way(place: Path, root: Path) -> None:
    """A folder where a file must go, or a file where a folder must go, is moved out of the way."""
    if place.is_dir() and not place.is_symlink():
        shutil.rmtree(place)
    for parent in place.parents:
        if parent == root:
            break
        if parent.is_file() or parent.is_symlink():
            parent.unlink()


def _last_pages(path: str) -> tuple[int, str]:
    """Assets first, then data, then pages, then the pages that list others: a visitor meets no dead link."""
    if path.startswith("static/"):
        return 0, path
    if path.startswith("data/") or path.endswith(".pdf"):
        return 1, path
    return (3 if path.count("/") < 2 else 2), path


def _write_whole(path: Path, text: str) -> None:
    """The file is either the old or the new one, also when the power fails."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
