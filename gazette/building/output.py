"""Opens the output folder of a build, claims it for a site, and changes it: completely, or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path

from gazette.building.database.build_database import BuildDatabase
from gazette.building.database.files import FileRecord
from gazette.building.failures import Failures
from gazette.building.output_changes import OutputChanges
from gazette.building.output_files import OutputFiles
from gazette.building.ownership import Site, recognised
from gazette.building.state import State
from gazette.building.uptodate import FINGERPRINT, NEVER_OURS
from gazette.files.staged_folder import StagedFolder
from gazette.files.walk import Stat, walk
from gazette.messages.problems import ContentError, Problem
from gazette.site.kinds import KINDS

Warn = Callable[[Problem], None]
"""Receives warnings while a build runs."""


class Output:
    """The output folder `folder`, with the state of its builds (database, staged files) in the folder `state`.

    Nothing in `folder` changes before `commit`, and only files that a build wrote are ever removed (`StagedFolder`).
    `shown` is the folder as an editor types it.
    """

    def __init__(self, folder: Path, state: Path, shown: str = "") -> None:
        self.folder = Path(os.path.realpath(folder))
        self.shown = shown or str(folder)
        self.keep_in(state)
        self.database: BuildDatabase
        self.youngest_ns = 0
        self.adopted = False
        """Whether this build may replace foreign files at the paths of its own: the user adopted the folder, or a site
        was recognised in it."""
        self.fingerprint = ""
        """The result of `uptodate.fingerprint` when this build began; stored for the next build."""
        self.number = 0
        """The number of this build, from 1."""

    def keep_in(self, state: Path) -> None:
        """Use the folder `state` for the state of the builds."""
        self.state = State(state, self.folder)
        self.staging = StagedFolder(self.folder, state)
        self.failures = Failures(self.staging, self.state, self.shown)
        self._see({}, {})

    def _see(self, records: Mapping[str, FileRecord], there: Mapping[str, Stat]) -> None:
        """Note the files that are `there`, of which builds wrote those of `records`. Nothing is staged then."""
        self.files = OutputFiles(self.folder, records, there)
        self.changes = OutputChanges(self.files, self.staging, self.state)

    @contextlib.contextmanager
    def locked(self, warn: Warn) -> Iterator[None]:
        """Keep other builds of this folder out while the block runs. If another one is at work, say so through `warn`
        and wait. A build that fails leaves nothing behind. Raises what `Failures.told` raises."""
        busy = partial(self._tell, warn, "output_waiting")
        without_locks = partial(self._tell, warn, "output_no_locks")
        with self.failures.told(), self.staging.locked(partial(self._open, warn), busy, without_locks):
            self.youngest_ns = self.state.now()
            yield

    def _open(self, warn: Warn) -> BuildDatabase:
        self.database = self.state.open(partial(self._tell, warn, "output_kept_damaged"))
        return self.database

    def _tell(self, warn: Warn, code: str) -> None:
        warn(Problem.of_folder(self.shown, code))

    def recover(self) -> None:
        """Finish the commit of a build that was killed, discard what it only staged, and list the files of the
        folder."""
        self.staging.recover()
        try:
            there = dict(walk(self.folder, without=NEVER_OURS))
        except OSError as error:
            raise self.failures.refused(error, "output_read") from None
        self._see(self.database.files.all(), there)
        self.database.begin()
        self.number = self.database.history.last_build() + 1

    def claim(self, site: Site, paths: Container[str], adopt: bool, warn: Warn) -> None:
        """Record that the folder belongs to `site`. `paths` are the paths the site may have whatever its units say.
        Raises ContentError if the folder belongs to another site, or holds files that this program did not make, unless
        the user wants to `adopt` it."""
        unknown = not self.files.records and bool(self.files.foreign)
        contents = recognised(self.folder, self.files.foreign if unknown else (), paths)
        if contents.foreign and not contents.site and not adopt:
            raise self._foreign(contents.foreign[:1])
        claimed = contents.site or Site.from_text(self.database.meta.get("site"))
        if claimed and not claimed.is_like(site) and not adopt:
            values = {"found": self.shown, "other": claimed.name, "site": site.name}
            raise ContentError([Problem.of_folder(self.shown, "output_other_site", **values)])
        if contents.site:
            self._tell(warn, "output_adopted")
        if contents.ours:
            self.database.files.put(self.files.take_over(contents.ours))
        self.adopted = adopt or contents.site is not None
        self.database.meta.set("site", site.as_text())

    def _foreign(self, paths: Iterable[str]) -> ContentError:
        return ContentError(
            Problem.of_folder(self.shown, "output_foreign", found=self.shown, example=path) for path in paths
        )

    def keep_kinds(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """Record the `chosen` kinds of targets. Return all kinds that this or an earlier build chose: fragments are
        stored for these."""
        kinds = {*self.database.meta.get("kinds").split(), *chosen}
        self.database.meta.set("kinds", " ".join(sorted(kinds)))
        return tuple(sorted(kinds))

    def commit(self, gone: Iterable[str], kinds: Iterable[str] = ()) -> tuple[list[str], list[str]]:
        """Move the staged files in and remove the files `gone`. `kinds` are those this build included. Return (paths
        written, paths removed). Raises ContentError if files of others are in the way."""
        others = self.changes.of_others(self.adopted)
        if blocked := self.changes.blocked(others):
            raise self._foreign(blocked[:5])
        self.files.foreign = others
        written, removed = sorted(self.staging.staged), sorted(set(gone) - self.changes.staged.keys())
        dropped = [*removed, *self.changes.vanished()]
        records = self._record(dropped, kinds)
        self.staging.commit(removed)
        self.files.update(records, dropped)
        self.changes.staged = {}
        return written, removed

    def _record(self, dropped: Iterable[str], kinds: Iterable[str]) -> dict[str, FileRecord]:
        """Record in the database what this build made, and that the files `dropped` are gone. Return the new records,
        by path."""
        database = self.database
        reasons = database.history.put_reasons(staged.origin.reasons for staged in self.changes.staged.values())
        records = self.changes.records(self.number, reasons)
        database.meta.set(FINGERPRINT, self.fingerprint)
        database.files.put_stats(self.files.restated)
        database.files.put_stated(self.changes.newly_stated)
        database.files.put(records)
        database.files.drop(dropped)
        self._put_build({**self.files.records, **records}, kinds)
        return records

    def _put_build(self, records: Mapping[str, FileRecord], kinds: Iterable[str]) -> None:
        """Record this build, and forget earlier builds and reasons that no file refers to. Its time is that of the lock
        file, so that no clock is read."""
        history = self.database.history
        history.put_build(self.number, self.youngest_ns, kinds)
        builds = {self.number, *map(history.last_build_of, KINDS)}
        builds |= {number for record in records.values() for number in (record.made, record.written)}
        history.keep_only(builds, {record.reasons for record in records.values()})
