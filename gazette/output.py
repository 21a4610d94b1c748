"""Owns the output folder: what is there, and the safe way to change it."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, NamedTuple

from gazette.glance import NOTE
from gazette.kept import Kept, Record
from gazette.kinds import KINDS
from gazette.problems import ContentError, Problem, reason_of
from gazette.walk import LEFT_ALONE, walk


class Staged(NamedTuple):
    """New bytes that wait beside the output folder, or (`same`) are there already."""

    unit: str
    kind: str
    key: str
    digest: str
    same: bool
    why: str


class Output:
    """The output folder `folder` with its desk, a hidden folder beside it: lock, what is kept, staged files.

    Nothing in `folder` changes before `commit`. Killed before the journal is written, the old site is whole; killed
    after it, every file is whole and `recover` finishes the work. Only what a build wrote is ever removed.

    `shown` is the folder as an editor types it.
    """

    def __init__(self, folder: Path, shown: str = "") -> None:
        # The desk lies beside the folder itself, whichever way leads there: a link, or `.`.
        self.folder = Path(os.path.realpath(folder))
        self.shown = shown or str(folder)
        self.desk = self.folder.parent / f".{self.folder.name}.gazette"
        self.staging, self.database = self.desk / "staged", self.desk / "kept.db"
        self.records: dict[str, Record] = {}
        self.staged: dict[str, Staged] = {}
        self.there: dict[str, tuple[int, int]] = {}
        self.strangers: list[str] = []
        """Files of the folder that this program did not write."""
        self.youngest_ns = 0
        self.decided = False
        """Whether the journal says that the folder must change, and it has not changed yet."""
        self.seal = ""
        """What `glance.seal` said when this build began; kept for the next one."""
        self.number = 0
        """The number of this build."""
        self.looked: tuple[str, ...] = ()
        """The kinds of targets that this build looks at."""

    # ── opening ──

    @contextlib.contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Two builds of one folder exclude each other: the second calls `waiting` and waits. A build that fails leaves
        nothing of its own behind."""
        with self._told():
            new = not self.folder.exists()
            with self._lock(waiting, new) as lock:
                # The file system's own time when this build began: what is as young may change again unseen.
                os.utime(lock.fileno())
                self.youngest_ns = os.fstat(lock.fileno()).st_mtime_ns - 50_000_000
                self.kept = Kept(self.database)
                try:
                    yield
                except BaseException:
                    with contextlib.suppress(sqlite3.Error, OSError):
                        self._clear_up(new)
                    raise
                finally:
                    self.kept.close()

    def _lock(self, waiting: Callable[[], None], new: bool) -> IO[str]:
        """The desk's lock, held. A build that fails may take the desk away: then the lock that was waited for is no
        longer the one that others see, and it is asked for again."""
        while True:
            self.folder.mkdir(parents=True, exist_ok=True)
            try:
                self.desk.mkdir(exist_ok=True)
            except OSError:
                if new:
                    self.folder.rmdir()
                raise
            try:
                lock = (self.desk / "lock").open("w")
            except FileNotFoundError:
                continue
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(lock, fcntl.LOCK_EX)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), (self.desk / "lock").stat()):
                    return lock
            lock.close()

    def _clear_up(self, new: bool) -> None:
        """After a failure: what was staged is thrown away (a full disk would stay full), but for what was decided. The
        desk goes where nothing was ever built, and a `new` folder that is still empty."""
        self.kept.roll_back()
        if self.kept.journal() != ([], []):
            return
        shutil.rmtree(self.staging, ignore_errors=True)
        if not self.kept.files():
            shutil.rmtree(self.desk, ignore_errors=True)
            if new and not any(self.folder.iterdir()):
                self.folder.rmdir()

    def recover(self) -> None:
        """Finish the journal of a build that was killed, throw away what was never decided, look at what is there."""
        self._carry_out()
        shutil.rmtree(self.staging, ignore_errors=True)
        self.records, self.staged = self.kept.files(), {}
        self.there = {path: (size, time) for path, (size, time, _) in walk(self.folder) if path != LEFT_ALONE}
        self.strangers = sorted(self.there.keys() - self.records.keys())
        self.kept.begin()
        self.number = self.kept.last_build() + 1

    def check_is_ours(self) -> None:
        """A folder that this program never wrote, and that is not empty, is not touched (ContentError)."""
        if self.strangers and not self.records:
            raise self._foreign(self.strangers[:1])

    def _check_way(self) -> None:
        """No file of others stands where a staged file must go (ContentError)."""
        if not self.strangers:
            return
        blocks = {path: path for path in self.strangers}
        """What is blocked by which file: its own place, and the folders that hold it."""
        for path in self.strangers:
            blocks |= dict.fromkeys(_folders(path), path)
        strangers = set(self.strangers)
        found = {blocks[path] for path in self.staged if path in blocks}
        found |= {folder for path in self.staged for folder in _folders(path) if folder in strangers}
        if found:
            raise self._foreign(sorted(found)[:5])

    def _foreign(self, paths: Iterable[str]) -> ContentError:
        return ContentError(
            Problem.at(self.shown, 0, 0, "output_foreign", found=self.shown, example=path) for path in paths
        )

    # ── what is there ──

    def is_current(self, path: str, key: str) -> bool:
        """Whether the file at `path` was made by the recipe `key` and has not been touched since."""
        record = self.records.get(path)
        return record is not None and record.key == key and self._untouched(path, record)

    def current_of(self, unit: str) -> dict[str, Record]:
        """The files of a unit that nobody touched, by path."""
        own = self.kept.files_of(unit)
        return {path: record for path, record in own.items() if self._untouched(path, record)}

    def touched(self) -> list[str]:
        """Files that were changed or deleted by another hand."""
        return [path for path, record in self.records.items() if not self._untouched(path, record)]

    def hand_on(self, path: str) -> str:
        """What another hand did to a file that a build wrote: `deleted`, `altered`, or nothing."""
        if path not in self.there:
            return "deleted"
        return "" if self._untouched(path, self.records[path]) else "altered"

    def _untouched(self, path: str, record: Record) -> bool:
        size, mtime_ns = self.there.get(path, (-1, 0))
        if size != record.size:
            return False
        return mtime_ns == record.mtime_ns or _digest_of(self.folder / path) == record.digest

    def has(self, path: str) -> bool:
        """Whether a file is there, or will be."""
        return path in self.staged or path in self.records

    def digest_of(self, path: str) -> str:
        """The SHA-256 of a file as it will be."""
        return (self.staged.get(path) or self.records[path]).digest

    def digests(self, kinds: Container[str]) -> Iterator[tuple[str, str]]:
        """The files of some `kinds` as they will be, with their SHA-256."""
        for path in self.records.keys() | self.staged.keys():
            found = self.staged.get(path) or self.records[path]
            if found.kind in kinds and (path in self.staged or path in self.there):
                yield path, found.digest

    def read(self, path: str) -> bytes:
        """A file's bytes: the new ones if it was made now."""
        staged = path in self.staged and not self.staged[path].same
        return ((self.staging if staged else self.folder) / path).read_bytes()

    def keep_kinds(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """The kinds of targets that lines are kept for: those `chosen` now or in a build before."""
        kinds = {*self.kept.note("kinds").split(), *chosen}
        self.kept.put_note("kinds", " ".join(sorted(kinds)))
        return tuple(sorted(kinds))

    def shared_but(self, wanted: Container[str], kinds: Iterable[str]) -> list[str]:
        """The files that no unit owns, of some `kinds`, but for those `wanted`."""
        chosen = set(kinds)
        own = ((path, record) for path, record in self.records.items() if not record.unit and record.kind in chosen)
        return [path for path, _ in own if path not in wanted]

    # ── staging ──

    def stage(self, path: str, unit: str, kind: str, key: str, data: bytes, why: str = "[]") -> None:
        """Put new bytes beside the folder; `why` is kept as it is. Equal bytes are only noted."""
        digest = hashlib.sha256(data).hexdigest()
        record = self.records.get(path)
        same = record is not None and record.digest == digest and self._untouched(path, record)
        if not same:
            place = self.staging / path
            try:
                try:
                    place.write_bytes(data)
                except FileNotFoundError:
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(data)
            except OSError as error:
                raise self._cannot(error) from None
        self.staged[path] = Staged(unit, kind, key, digest, same, why)

    def commit(self, gone: Iterable[str]) -> tuple[list[str], list[str]]:
        """Move the staged files in, and remove the files `gone`. Returns the paths written and removed."""
        self._check_way()
        removed = sorted(set(gone) - set(self.staged))
        lost = self._lost()
        written = sorted(path for path, staged in self.staged.items() if not staged.same)
        records = self._records()
        self.kept.put_note(NOTE, self.seal)
        self.kept.put_files(records)
        self.kept.drop_files([*removed, *lost])
        self._put_build({**self.records, **records})
        self.kept.put_journal(written, removed)
        self.kept.commit()
        self._carry_out()
        shutil.rmtree(self.staging, ignore_errors=True)
        self.records |= records
        for path in (*removed, *lost):
            self.records.pop(path, None)
        self.staged = {}
        return written, removed

    def _records(self) -> dict[str, Record]:
        """What is known of the staged files from now on."""
        reasons = self.kept.put_reasons(staged.why for staged in self.staged.values())
        records = {}
        for path, staged in self.staged.items():
            if staged.same:
                size, mtime_ns = self.there[path]
                written = self.records[path].written or self.number
            else:
                stat = (self.staging / path).stat()
                size, mtime_ns, written = stat.st_size, stat.st_mtime_ns, self.number
            own = (staged.unit, staged.kind, staged.key, staged.digest, size, mtime_ns)
            records[path] = Record(*own, self.number, written, reasons[staged.why])
        return records

    def _put_build(self, records: Mapping[str, Record]) -> None:
        """This build is one that can be spoken of; those that no file comes from any more are not. Its time is that of
        the lock: nothing that is made knows it, and the clock is not asked."""
        self.kept.put_build(self.number, self.youngest_ns, self.looked)
        spoken_of = {self.number, *map(self.kept.looked, KINDS)}
        spoken_of |= {number for record in records.values() for number in (record.made, record.written)}
        self.kept.forget_builds(spoken_of, {record.why for record in records.values()})

    def _lost(self) -> list[str]:
        """Files that another hand deleted and that this build was not to make again: they are as if never made. A unit
        that one of them belongs to is looked at again (`Shares.take`)."""
        return sorted(self.records.keys() - self.there.keys() - self.staged.keys())

    def _carry_out(self) -> None:
        """What the journal decided. Can be repeated: a file that is already moved is no longer staged."""
        moves, removals = self.kept.journal()
        self.decided = bool(moves or removals)
        folders: set[Path] = set()
        for path in sorted(moves, key=_last_pages):
            source, place = self.staging / path, self.folder / path
            if place.parent not in folders:
                _clear_way(place, self.folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                folders.add(place.parent)
            with contextlib.suppress(FileNotFoundError):
                try:
                    source.replace(place)
                except IsADirectoryError:
                    self._remove(each for each in removals if each.startswith(f"{path}/"))
                    _remove_empty(place)
                    source.replace(place)
        self._remove(removals)
        if self.decided:
            self.kept.clear_journal()
        self.decided = False

    def _remove(self, paths: Iterable[str]) -> None:
        """Files that a build wrote are removed, and the folders that become empty by that."""
        for path in paths:
            folders = _folders(path)
            # What lies behind a link that somebody put in a folder's place is not ours.
            if any((self.folder / folder).is_symlink() for folder in folders):
                continue
            # Where a folder stands in the place of a file now, or the other way round, the file is gone already.
            with contextlib.suppress(IsADirectoryError, NotADirectoryError):
                (self.folder / path).unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                for folder in reversed(folders):
                    (self.folder / folder).rmdir()

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """A full disk is told, wherever it is met."""
        try:
            yield
        except sqlite3.OperationalError as error:
            full = error.sqlite_errorcode == sqlite3.SQLITE_FULL
            raise self._cannot(OSError(errno.ENOSPC if full else None, str(error))) from None
        except OSError as error:
            raise self._cannot(error) from None

    def _cannot(self, error: OSError) -> ContentError:
        found, reason = error.filename or self.shown, reason_of(error)
        code = "output_halfway" if self.decided else "output_write"
        return ContentError([Problem.at(self.shown, 0, 0, code, found=found, reason=reason)])


def _folders(path: str) -> list[str]:
    """The folders that a path lies in, the outermost first."""
    return [path[:place] for place, sign in enumerate(path) if sign == "/"]


def _remove_empty(folder: Path) -> None:
    """A folder that holds nothing but folders goes. With a file in it, it stays."""
    for place, _, _ in os.walk(folder, topdown=False):
        with contextlib.suppress(OSError):
            Path(place).rmdir()


def _clear_way(place: Path, root: Path) -> None:
    """A file where a folder must go is moved out of the way."""
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


def _digest_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
