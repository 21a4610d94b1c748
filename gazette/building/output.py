"""The output folder of a build: opened, claimed for a site, and changed, all of it or nothing."""

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

Aside = Callable[[Problem], None]
"""Takes what a user is told while a build goes on."""


class Output:
    """The output folder `folder` with the state of its builds in the folder `state`: the database, staged files.

    Nothing in `folder` changes before `commit`, as `StagedFolder` sees to; only what a build wrote is ever removed.

    `shown` is the folder as an editor types it.
    """

    def __init__(self, folder: Path, state: Path, shown: str = "") -> None:
        self.folder = Path(os.path.realpath(folder))
        self.shown = shown or str(folder)
        self.keep_in(state)
        self.database: BuildDatabase
        self.youngest_ns = 0
        self.adopted = False
        """Whether the user takes the folder over, whatever is in it."""
        self.fingerprint = ""
        """What `uptodate.fingerprint` said when this build began; kept for the next one."""
        self.number = 0
        """The number of this build."""

    def keep_in(self, state: Path) -> None:
        """The folder for the state of this folder's builds."""
        self.state = State(state, self.folder)
        self.staging = StagedFolder(self.folder, state)
        self.failures = Failures(self.staging, self.state, self.shown)
        self._see({}, {})

    def _see(self, records: Mapping[str, FileRecord], there: Mapping[str, Stat]) -> None:
        """The files that are `there`, of which builds wrote those of `records`; nothing is staged."""
        self.files = OutputFiles(self.folder, records, there)
        self.changes = OutputChanges(self.files, self.staging, self.state)

    @contextlib.contextmanager
    def locked(self, aside: Aside) -> Iterator[None]:
        """Two builds of one folder exclude each other: the second says so `aside` and waits. A build that fails leaves
        nothing of its own behind. Raises as `Failures.told`."""
        busy = partial(self._tell, aside, "output_waiting")
        without_locks = partial(self._tell, aside, "output_no_locks")
        with self.failures.told(), self.staging.locked(partial(self._open, aside), busy, without_locks):
            self.youngest_ns = self.state.now()
            yield

    def _open(self, aside: Aside) -> BuildDatabase:
        self.database = self.state.open(partial(self._tell, aside, "output_kept_damaged"))
        return self.database

    def _tell(self, aside: Aside, code: str) -> None:
        aside(Problem.of_folder(self.shown, code))

    def recover(self) -> None:
        """Finish what a build decided that was killed, throw away what was never decided, look at what is there."""
        self.staging.recover()
        try:
            there = dict(walk(self.folder, without=NEVER_OURS))
        except OSError as error:
            raise self.failures.refused(error, "output_read") from None
        self._see(self.database.files.all(), there)
        self.database.begin()
        self.number = self.database.history.last_build() + 1

    def claim(self, site: Site, paths: Container[str], adopt: bool, aside: Aside) -> None:
        """Make sure that the folder is the site's, or becomes so. `paths` are those of the files that the site has
        whatever its units are. Raises ContentError for a folder of another site, and for one that holds files which
        this program did not make, unless the user wants to `adopt` it."""
        unknown = not self.files.records and bool(self.files.foreign)
        found = recognised(self.folder, self.files.foreign if unknown else (), paths)
        if found.foreign and not found.site and not adopt:
            raise self._foreign(found.foreign[:1])
        known = found.site or Site.from_text(self.database.meta.get("site"))
        if known and not known.is_like(site) and not adopt:
            values = {"found": self.shown, "other": known.name, "site": site.name}
            raise ContentError([Problem.of_folder(self.shown, "output_other_site", **values)])
        if found.site:
            self._tell(aside, "output_adopted")
        if found.ours:
            self.database.files.put(self.files.take_over(found.ours))
        self.adopted = adopt or found.site is not None
        self.database.meta.set("site", site.as_text())

    def _foreign(self, paths: Iterable[str]) -> ContentError:
        return ContentError(
            Problem.of_folder(self.shown, "output_foreign", found=self.shown, example=path) for path in paths
        )

    def keep_kinds(self, chosen: Iterable[str]) -> tuple[str, ...]:
        """The kinds of targets that fragments are kept for: those `chosen` now or in a build before."""
        kinds = {*self.database.meta.get("kinds").split(), *chosen}
        self.database.meta.set("kinds", " ".join(sorted(kinds)))
        return tuple(sorted(kinds))

    def commit(self, gone: Iterable[str], kinds: Iterable[str] = ()) -> tuple[list[str], list[str]]:
        """Move the staged files in, and remove the files `gone`, in a build that looked at some `kinds` of targets.
        Returns the paths written and removed. Raises ContentError where files of others are in the way."""
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
        """Put down what this build makes, and that files are `dropped`. Returns the records of what it makes."""
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
        """Put down this build, and forget those before it that no file refers to. Its time is that of the lock file:
        nothing that is made knows it, and the clock is not asked."""
        history = self.database.history
        history.put_build(self.number, self.youngest_ns, kinds)
        builds = {self.number, *map(history.last_build_of, KINDS)}
        builds |= {number for record in records.values() for number in (record.made, record.written)}
        history.keep_only(builds, {record.reasons for record in records.values()})
