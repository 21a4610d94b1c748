"""The safe way to change a folder: new files are staged beside it, the change is decided at once, then carried out.

Killed before the decision, the old files are all there; killed after it, every file is whole, and whoever locks the
folder next finishes the work.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from gazette.files.atomic import sync
from gazette.files.locks import Lock
from gazette.files.moves import Moves
from gazette.files.walk import Stat


class Journal(Protocol):
    """Where it is kept what was decided. Paths are relative to the folder."""

    def pending(self) -> tuple[Collection[str], Collection[str]]:
        """What was decided and may not have happened yet: the files to move in, the files to remove."""

    def decide(self, moves: Mapping[str, str], removals: Collection[str]) -> None:
        """From now on all of it is to happen, whatever becomes of this process: the files `moves` (with the SHA-256 of
        their bytes) come in, the files `removals` go."""

    def settle(self, moved: Mapping[str, Stat]) -> None:
        """All that was decided has happened; `moved` are the states of the files that came in."""

    def roll_back(self) -> None:
        """Forget what was to be decided and was not."""

    def is_unused(self) -> bool:
        """Whether nothing was ever decided: then there is nothing to keep."""

    def close(self) -> None: ...


class StagedFolder:
    """The folder `folder`, with what waits to come in, in the folder `state`. Nothing in it changes before `commit`,
    and files that are not named to it are left alone. With `durable`, staged bytes have reached the disk before
    anything is decided.

    The order: `locked`, `recover`, `stage` as often as needed, `commit`.
    """

    def __init__(self, folder: Path, state: Path, durable: bool = False) -> None:
        # Whichever way leads to the folder, a link or `.`: it is the same one.
        self.folder = Path(os.path.realpath(folder))
        self.state, self.durable = state, durable
        self.staging = state / "staged"
        self.moves = Moves(self.staging, self.folder)
        self.journal: Journal
        self.staged: dict[str, str] = {}
        """The SHA-256 of what is staged, by path."""
        self.decided = False
        """Whether it is decided that the folder changes, and it has not changed yet."""
        self.changed = False
        """Whether files were moved in or removed, all that were to be."""

    @contextlib.contextmanager
    def locked(
        self, open_journal: Callable[[], Journal], busy: Callable[[], None], without_locks: Callable[[], None]
    ) -> Iterator[None]:
        """Two processes that change one folder exclude each other: the second calls `busy` (which may raise), and
        waits. Where the file system has no locks, `without_locks` is called. Whoever fails leaves nothing behind, but
        for what was decided."""
        new, unused = not self.folder.exists(), not self.state.exists()
        with contextlib.closing(self._lock(busy, without_locks)):
            try:
                with contextlib.closing(open_journal()) as self.journal:
                    unused = False
                    try:
                        yield
                    except BaseException:
                        with contextlib.suppress(Exception):  # what is being raised says more
                            unused = self._give_up()
                        raise
            except BaseException:
                self._leave_none(new, unused)
                raise

    def _lock(self, busy: Callable[[], None], without_locks: Callable[[], None]) -> Lock:
        """The folder's lock, held. Who fails may take a new folder away: then it is made again."""
        while True:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = Lock(self.folder, self.state / "lock")
            if not lock.take(busy):
                without_locks()
            if lock.is_of_now:
                return lock
            lock.close()

    def _give_up(self) -> bool:
        """Throw away what is staged (a full disk would stay full), but for what was decided. Returns whether the state
        is of no use to anybody."""
        self.journal.roll_back()
        if any(self.journal.pending()):
            return False
        self._discard()
        return self.journal.is_unused()

    def _leave_none(self, new: bool, unused: bool) -> None:
        """The state goes if it is `unused`, and a `new` folder that is still empty."""
        if unused:
            shutil.rmtree(self.state, ignore_errors=True)
        with contextlib.suppress(OSError):
            if new:
                self.folder.rmdir()

    def recover(self) -> None:
        """Finish what a process before decided, and throw away what it did not. Raises OSError."""
        self._carry_out()
        self._discard()

    def stage(self, path: str, data: bytes, digest: str) -> None:
        """Keep bytes, with their SHA-256, beside the folder until they come in. Raises OSError."""
        place = self.staging / path
        try:
            self._write(place, data)
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            self._write(place, data)
        self.staged[path] = digest

    def unstage(self, path: str) -> None:
        """Bytes that were staged are not to come in."""
        self.staged.pop(path, None)

    def _write(self, place: Path, data: bytes) -> None:
        place.write_bytes(data)
        if self.durable:
            sync(place)

    def commit(self, removals: Collection[str]) -> None:
        """Move in all that is staged, and remove files. Raises OSError; what can be known to fail does so before
        anything is decided."""
        self.moves.prepare(self.staged, removals)
        self.journal.decide(self.staged, removals)
        self._carry_out()
        self._discard()

    def _carry_out(self) -> None:
        """What is decided happens. Can be repeated."""
        moves, removals = self.journal.pending()
        self.decided = bool(moves or removals)
        self.moves.move(moves, removals)
        self.moves.remove(removals)
        if self.decided:
            self.journal.settle(dict(self._states(moves)))
            self.changed = True
        self.decided = False

    def _states(self, paths: Collection[str]) -> Iterator[tuple[str, Stat]]:
        """The states of files that were moved in: a move changes one of their times."""
        for path in paths:
            with contextlib.suppress(OSError):
                yield path, Stat.of((self.folder / path).lstat())

    def _discard(self) -> None:
        """Throw away what waits to come in."""
        self.moves.discard()
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staged = {}
