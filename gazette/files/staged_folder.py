"""Changes a folder safely: new files are staged beside it, then the change is decided, then carried out.

If a process is killed before the decision, all old files remain. If it is killed later, every file is complete, and the
next process that locks the folder finishes the work.
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
    """Records what was decided. Paths are relative to the folder."""

    def pending(self) -> tuple[Collection[str], Collection[str]]:
        """Return the files to move in and the files to remove that were decided and may not have been carried out."""

    def decide(self, moves: Mapping[str, str], removals: Collection[str]) -> None:
        """Record the decision: the files `moves` (`{path: SHA-256}`) come in, the files `removals` go. If this process
        cannot carry it out, a later one will."""

    def settle(self, moved: Mapping[str, Stat]) -> None:
        """Record that the decision was carried out. `moved` has the states of the files that came in."""

    def roll_back(self) -> None:
        """Discard changes that are not decided yet."""

    def is_unused(self) -> bool:
        """Return whether nothing was ever decided."""

    def close(self) -> None:
        """Release what the journal keeps open."""


class StagedFolder:
    """The folder `folder`. Files wait in the folder `state` until `commit` moves them in; other files of `folder` are
    left alone. With `durable`, staged bytes reach the disk before the decision.

    Call `locked`, `recover`, `stage` as often as needed, then `commit`.
    """

    def __init__(self, folder: Path, state: Path, durable: bool = False) -> None:
        # All paths that lead to the folder mean the same one: links, `.`.
        self.folder = Path(os.path.realpath(folder))
        self.state, self.durable = state, durable
        self.staging = state / "staged"
        self.moves = Moves(self.staging, self.folder)
        self.journal: Journal
        self.staged: dict[str, str] = {}
        """The SHA-256 of each staged file, by path."""
        self.decided = False
        """Whether a change of the folder is decided but not yet carried out."""
        self.changed = False
        """Whether a decided change was carried out completely."""

    @contextlib.contextmanager
    def locked(
        self, open_journal: Callable[[], Journal], busy: Callable[[], None], without_locks: Callable[[], None]
    ) -> Iterator[None]:
        """Keep other processes out while the block runs. If another one is at work, call `busy` (which may raise) and
        wait; if the file system cannot lock, call `without_locks`. If the block fails, staged files are removed, but a
        decision stays."""
        new, unused = not self.folder.exists(), not self.state.exists()
        with contextlib.closing(self._lock(busy, without_locks)):
            try:
                with contextlib.closing(open_journal()) as self.journal:
                    unused = False
                    try:
                        yield
                    except BaseException:
                        with contextlib.suppress(Exception):  # the error being raised says more
                            unused = self._give_up()
                        raise
            except BaseException:
                self._leave_none(new, unused)
                raise

    def _lock(self, busy: Callable[[], None], without_locks: Callable[[], None]) -> Lock:
        """Return the lock of the folder, taken. The folder is created again if a process that failed has removed it
        meanwhile."""
        while True:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = Lock(self.folder, self.state / "lock")
            if not lock.take(busy):
                without_locks()
            if lock.is_of_now:
                return lock
            lock.close()

    def _give_up(self) -> bool:
        """Discard staged files unless already decided: a full disk would stay full. Return whether the state folder can
        go."""
        self.journal.roll_back()
        if any(self.journal.pending()):
            return False
        self._discard()
        return self.journal.is_unused()

    def _leave_none(self, new: bool, unused: bool) -> None:
        """Remove the state folder if it is `unused`, and a `new` folder that is still empty."""
        if unused:
            shutil.rmtree(self.state, ignore_errors=True)
        with contextlib.suppress(OSError):
            if new:
                self.folder.rmdir()

    def recover(self) -> None:
        """Carry out what an earlier process decided, and discard what it only staged. Raises OSError."""
        self._carry_out()
        self._discard()

    def stage(self, path: str, data: bytes, digest: str) -> None:
        """Stage a file, given its path, bytes and SHA-256 (hexadecimal). Raises OSError."""
        staged_path = self.staging / path
        try:
            self._write(staged_path, data)
        except FileNotFoundError:
            staged_path.parent.mkdir(parents=True, exist_ok=True)
            self._write(staged_path, data)
        self.staged[path] = digest

    def unstage(self, path: str) -> None:
        """Forget a file that was staged."""
        self.staged.pop(path, None)

    def _write(self, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        if self.durable:
            sync(path)

    def commit(self, removals: Collection[str]) -> None:
        """Move all staged files in, and remove the files `removals`. Raises OSError, if possible before the
        decision."""
        self.moves.prepare(self.staged, removals)
        self.journal.decide(self.staged, removals)
        self._carry_out()
        self._discard()

    def _carry_out(self) -> None:
        """Carry out the decision. Can be repeated."""
        moves, removals = self.journal.pending()
        self.decided = bool(moves or removals)
        self.moves.move(moves, removals)
        self.moves.remove(removals)
        if self.decided:
            self.journal.settle(dict(self._states(moves)))
            self.changed = True
        self.decided = False

    def _states(self, paths: Collection[str]) -> Iterator[tuple[str, Stat]]:
        """Yield (path, state) of files after they were moved in: a move changes one of their times."""
        for path in paths:
            with contextlib.suppress(OSError):
                yield path, Stat.of((self.folder / path).lstat())

    def _discard(self) -> None:
        """Remove the staged files."""
        self.moves.discard()
        shutil.rmtree(self.staging, ignore_errors=True)
        self.staged = {}
