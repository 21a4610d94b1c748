"""The output folder: what is there, and the safe way to change it."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.files import FileRecord
from gazette.building.database.layout import Unreadable, is_damage
from gazette.building.ownership import Site, is_page, recognised
from gazette.building.state import State, Unkept, as_of_system
from gazette.building.uptodate import FINGERPRINT, NEVER_OURS, strangers
from gazette.files.locks import Lock, NoLocks
from gazette.files.moves import Moves, folders_of
from gazette.files.walk import Stat, walk
from gazette.messages.problems import ContentError, Interrupted, Problem, reason_of
from gazette.site.kinds import KINDS


class StagedFile(NamedTuple):
    """New bytes that wait beside the output folder, or (`same`) are there already."""

    unit: str
    kind: str
    key: str
    digest: str
    same: bool
    why: str


Aside = Callable[[Problem], None]
"""Takes what a user is told while a build goes on."""


class Output:
    """The output folder `folder` with the state of its builds in the folder `state`: what is kept, staged files.

    Nothing in `folder` changes before `commit`. Killed before the journal is written, the old site is whole; killed
    after it, every file is whole and `recover` finishes the work. Only what a build wrote is ever removed.

    `shown` is the folder as an editor types it.
    """

    def __init__(self, folder: Path, state: Path, shown: str = "") -> None:
        # Whichever way leads to the folder, a link or `.`: it is the same one.
        self.folder = Path(os.path.realpath(folder))
        self.shown = shown or str(folder)
        self.keep_in(state)
        self.database: BuildDatabase
        self.records: dict[str, FileRecord] = {}
        self.staged: dict[str, StagedFile] = {}
        self.there: dict[str, Stat] = {}
        self.foreign_files: list[str] = []
        """Files of the folder that this program did not write."""
        self.youngest_ns = 0
        self.decided = False
        """Whether the journal says that the folder must change, and it has not changed yet."""
        self.changed = False
        """Whether files were moved in or removed, all that were to be."""
        self.adopted = False
        """Whether the user takes the folder over, whatever is in it."""
        self.fingerprint = ""
        """What `glance.fingerprint` said when this build began; kept for the next one."""
        self.number = 0
        """The number of this build."""
        self.looked: tuple[str, ...] = ()
        """The kinds of targets that this build looks at."""
        self._unmoved: dict[str, Stat] = {}
        """Files whose state is another than the one that is kept, and whose bytes are the same."""

    def keep_in(self, state: Path) -> None:
        """The folder for the state of this folder's builds."""
        self.state = State(state, self.folder)
        self.moves = Moves(self.state.staging, self.folder)

    # ── opening ──

    @contextlib.contextmanager
    def locked(self, aside: Aside) -> Iterator[None]:
        """Two builds of one folder exclude each other: the second says so `aside` and waits. A build that fails leaves
        nothing of its own behind. Raises Unkept where the state cannot be written, Unreadable where it turns out to be
        spoiled, Interrupted on Ctrl-C."""
        with self._told():
            new, first = not self.folder.exists(), not self.state.folder.exists()
            with contextlib.closing(self._lock(aside)):
                try:
                    self.database = self.state.open(lambda: aside(self._note("output_kept_damaged")))
                    self.youngest_ns = self.state.now()
                except BaseException:
                    self._leave_none(new, first)
                    raise
                try:
                    yield
                except BaseException:
                    with contextlib.suppress(sqlite3.Error, OSError):
                        self._discard_staged(new)
                    raise
                finally:
                    self.database.close()

    def _lock(self, aside: Aside) -> Lock:
        """The folder's lock, held. A build that fails may take a new folder away: then it is asked for again."""
        while True:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = Lock(self.folder, self.state.lock)
            try:
                lock.take(lambda: aside(self._note("output_waiting")))
            except NoLocks:
                aside(self._note("output_no_locks"))
            if lock.is_of_now:
                return lock
            lock.close()

    def _note(self, code: str) -> Problem:
        return Problem.at(self.shown, 0, 0, code)

    def _discard_staged(self, new: bool) -> None:
        """After a failure: what was staged is thrown away (a full disk would stay full), but for what was decided. The
        state goes where nothing was ever built, and a `new` folder that is still empty."""
        self.database.roll_back()
        if self.database.journal.pending() != ([], []):
            return
        self.moves.discard()
        self.state.clear_staged()
        self._leave_none(new, state=not self.database.files.all())

    def _leave_none(self, new: bool, state: bool) -> None:
        """The folder goes if it is `new` and still empty, and the `state` if there is none to keep."""
        if state:
            self.state.remove()
        with contextlib.suppress(OSError):
            if new:
                self.folder.rmdir()

    def recover(self) -> None:
        """Finish the journal of a build that was killed, throw away what was never decided, look at what is there."""
        self._apply_journal()
        self.moves.discard()
        self.state.clear_staged()
        self.records, self.staged, self._unmoved = self.database.files.all(), {}, {}
        try:
            self.there = dict(walk(self.folder, without=NEVER_OURS))
        except OSError as error:
            raise self._cannot(error, "output_read") from None
        self.foreign_files = strangers(self.there, self.records)
        self.database.begin()
        self.number = self.database.history.last_build() + 1

    def claim(self, site: Site, paths: Container[str], adopt: bool, aside: Aside) -> None:
        """Make sure that the folder is the site's, or becomes so. `paths` are those of the files that the site has
        whatever its units are. Raises ContentError for a folder of another site, and for one that holds files which
        this program did not make, unless the user wants to `adopt` it."""
        unknown = not self.records and bool(self.foreign_files)
        found = recognised(self.folder, self.foreign_files if unknown else (), paths)
        if found.foreign and not found.site and not adopt:
            raise self._foreign(found.foreign[:1])
        known = found.site or Site.kept(self.database.meta.get("site"))
        if known and not known.is_like(site) and not adopt:
            values = {"found": self.shown, "other": known.name, "site": site.name}
            raise ContentError([Problem.at(self.shown, 0, 0, "output_other_site", **values)])
        if found.site:
            aside(self._note("output_adopted"))
        if found.ours:
            self._take_over(found.ours)
        self.adopted = adopt or found.site is not None
        self.database.meta.set("site", site.to_keep())

    def _take_over(self, paths: Iterable[str]) -> None:
        """From now on these files are ones that a build wrote; by which recipe, nobody knows."""
        found = {}
        for path in paths:
            found[path] = FileRecord("", _kind_of(path), "", _digest_of(self.folder / path), *self.there[path])
        self.records |= found
        self.database.files.put(found)
        self.foreign_files = strangers(self.there, self.records)

    def _check_way(self) -> None:
        """No file of others stands where a staged file must go (ContentError). A page that this program made is none,
        nor is one that is the same, nor any where the folder is adopted: another copy of this program wrote it."""
        if not self.foreign_files:
            return
        ours = {path for path in self.foreign_files if path in self.staged and self._is_as_ours(path)}
        others = [path for path in self.foreign_files if path not in ours]
        in_the_way = set(others)
        blocks = {path: path for path in others}
        """What is blocked by which file: its own place, and the folders that hold it."""
        for path in others:
            blocks |= dict.fromkeys(folders_of(path), path)
        found = {blocks[path] for path in self.staged if path in blocks}
        found |= {folder for path in self.staged for folder in folders_of(path) if folder in in_the_way}
        if found:
            raise self._foreign(sorted(found)[:5])
        self.foreign_files = others

    def _is_as_ours(self, path: str) -> bool:
        place = self.folder / path
        return self.adopted or is_page(place) or _digest_of(place) == self.staged[path].digest

    def _foreign(self, paths: Iterable[str]) -> ContentError:
        return ContentError(
            Problem.at(self.shown, 0, 0, "output_foreign", found=self.shown, example=path) for path in paths
        )

    # ── what is there ──

    def is_current(self, path: str, key: str) -> bool:
        """Whether the file at `path` was made by the recipe `key` and has not been touched since."""
        record = self.records.get(path)
        return record is not None and record.key == key and self._untouched(path, record)

    def current_of(self, unit: str) -> dict[str, FileRecord]:
        """The files of a unit that nobody touched, by path."""
        own = self.database.files.of_unit(unit)
        return {path: record for path, record in own.items() if self._untouched(path, record)}

    def touched(self) -> list[str]:
        """Files that were changed or deleted by another hand."""
        return [path for path, record in self.records.items() if not self._untouched(path, record)]

    def tampered(self, path: str) -> str:
        """What another hand did to a file that a build wrote: `deleted`, `altered`, or nothing."""
        if path not in self.there:
            return "deleted"
        return "" if self._untouched(path, self.records[path]) else "altered"

    def _untouched(self, path: str, record: FileRecord) -> bool:
        """Whether a file has the bytes that a build wrote. Its state says so; where that is another, the bytes do."""
        stat = self.there.get(path)
        if stat is None or stat.size != record.size:
            return False
        if stat == record.stat or path in self._unmoved:
            return True
        if _digest_of(self.folder / path) != record.digest:
            return False
        self._unmoved[path] = stat
        return True

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
        return ((self.state.staging if staged else self.folder) / path).read_bytes()

    def keep_kinds(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """The kinds of targets that lines are kept for: those `chosen` now or in a build before."""
        kinds = {*self.database.meta.get("kinds").split(), *chosen}
        self.database.meta.set("kinds", " ".join(sorted(kinds)))
        return tuple(sorted(kinds))

    def shared_but(self, wanted: Container[str], kinds: Iterable[str]) -> list[str]:
        """The files that no unit owns, of some `kinds`, but for those `wanted` and those made in this build."""
        chosen = set(kinds)
        own = ((path, record) for path, record in self.records.items() if not record.unit and record.kind in chosen)
        return [path for path, _ in own if path not in wanted and path not in self.staged]

    # ── staging ──

    def stage(self, path: str, unit: str, kind: str, key: str, data: bytes, why: str = "[]") -> None:
        """Put new bytes beside the folder; `why` is kept as it is. Equal bytes are only noted."""
        digest = hashlib.sha256(data).hexdigest()
        record = self.records.get(path)
        same = record is not None and record.digest == digest and self._untouched(path, record)
        if not same:
            self.state.stage(path, data)
        self.staged[path] = StagedFile(unit, kind, key, digest, same, why)

    def commit(self, gone: Iterable[str]) -> tuple[list[str], list[str]]:
        """Move the staged files in, and remove the files `gone`. Returns the paths written and removed."""
        self._check_way()
        removed = sorted(set(gone) - set(self.staged))
        lost = self._vanished()
        written = sorted(path for path, staged in self.staged.items() if not staged.same)
        self.moves.prepare(written, removed)
        records = self._records()
        self.database.meta.set(FINGERPRINT, self.fingerprint)
        self.database.files.put_stats(self._unmoved)
        self.database.files.put(records)
        self.database.files.drop([*removed, *lost])
        self._put_build({**self.records, **records})
        self.database.journal.put(written, removed)
        self.database.commit()
        self._apply_journal()
        self.state.clear_staged()
        self.records |= records
        for path in (*removed, *lost):
            self.records.pop(path, None)
        self.staged = {}
        return written, removed

    def _records(self) -> dict[str, FileRecord]:
        """What is known of the staged files from now on; of those that are still to be moved, not yet their state."""
        reasons = self.database.history.put_reasons(staged.why for staged in self.staged.values())
        records = {}
        for path, staged in self.staged.items():
            if staged.same:
                stat, written = self.there[path], self.records[path].written or self.number
            else:
                stat, written = Stat.of((self.state.staging / path).stat()), self.number
            own = (staged.unit, staged.kind, staged.key, staged.digest)
            records[path] = FileRecord(*own, *stat, self.number, written, reasons[staged.why])
        return records

    def _put_build(self, records: Mapping[str, FileRecord]) -> None:
        """This build is one that can be spoken of; those that no file comes from any more are not. Its time is that of
        the lock: nothing that is made knows it, and the clock is not asked."""
        self.database.history.put_build(self.number, self.youngest_ns, self.looked)
        spoken_of = {self.number, *map(self.database.history.last_build_of, KINDS)}
        spoken_of |= {number for record in records.values() for number in (record.made, record.written)}
        self.database.history.keep_only(spoken_of, {record.reasons for record in records.values()})

    def _vanished(self) -> list[str]:
        """Files that another hand deleted and that this build was not to make again: they are as if never made. A unit
        that one of them belongs to is looked at again (`UnitRegistry.take`)."""
        return sorted(self.records.keys() - self.there.keys() - self.staged.keys())

    def _apply_journal(self) -> None:
        """What the journal decided. Can be repeated."""
        moves, removals = self.database.journal.pending()
        self.decided = bool(moves or removals)
        self.moves.move(moves, removals)
        self.moves.remove(removals)
        if self.decided:
            self.database.begin()
            self.database.files.put_stats(dict(self._states(moves)))
            self.database.journal.clear()
            self.database.commit()
            self.changed = True
        self.decided = False

    def _states(self, paths: Iterable[str]) -> Iterator[tuple[str, Stat]]:
        """The states of files that were moved in: a move changes one of their times."""
        for path in paths:
            with contextlib.suppress(OSError):
                yield path, Stat.of((self.folder / path).lstat())

    # ── what goes wrong ──

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """A full disk is told, wherever it is met; and what has changed when a user interrupts."""
        try:
            yield
        except sqlite3.Error as error:
            reason = as_of_system(error)
            if self.decided or (not is_damage(error) and self.state.is_on_disk_of_output()):
                raise self._cannot(reason) from None
            if is_damage(error):
                self.state.spoiled = True
                raise Unreadable from None
            raise Unkept(reason_of(reason)) from None
        except OSError as error:
            raise self._cannot(error) from None
        except KeyboardInterrupt:
            code = "interrupted_halfway" if self.decided else "interrupted_after" if self.changed else "interrupted"
            raise Interrupted(code) from None

    def _cannot(self, error: OSError, code: str = "output_write") -> ContentError:
        found, reason = error.filename or self.shown, reason_of(error)
        code = "output_halfway" if self.decided else code
        return ContentError([Problem.at(self.shown, 0, 0, code, found=found, reason=reason)])


def _kind_of(path: str) -> str:
    """The kind of a file whose target nobody knows."""
    return "pdf" if path.endswith(".pdf") else "data" if path.startswith("data/") else "pages"


def _digest_of(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
