"""The folder of signed files. It knows which of its files the command wrote, and changes them safely.

A hidden folder beside it has the list of what was written, and the staged files.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from gazette.files import checksums
from gazette.files.moves import is_incoming
from gazette.files.staged_folder import StagedFolder
from gazette.files.text_journal import TextJournal
from gazette.files.walk import LEFT_ALONE, walk
from gazette.messages.problems import FileProblems, Problem


class SignedFolder:
    """The folder `folder`; an editor types it as `shown`. Nothing in it changes before `commit`. A run that is killed
    during `commit` leaves every file whole, and the next run completes the folder."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.shown = shown
        state = self.folder.parent / f".{self.folder.name}.gazette"
        self.journal = TextJournal(state)
        self.staging = StagedFolder(self.folder, state, durable=True)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the folder while the block runs, and finish what an earlier run decided. Raises FileProblems where
        another run is at work."""
        with self.staging.locked(lambda: self.journal, self._busy, lambda: None):
            self.staging.recover()
            yield

    def _busy(self) -> None:
        raise FileProblems([Problem.of_folder(self.shown, "sign_busy")])

    def foreign_files(self) -> list[str]:
        """Return the paths of files that this command did not write, or that were changed since."""
        if not self.folder.is_dir():
            return []
        ours = self.journal.known()
        return sorted(path for path in self._paths() if not self._is_of(ours, path))

    def _paths(self) -> Iterator[str]:
        return (path for path, _ in walk(self.folder) if path != LEFT_ALONE and not is_incoming(path))

    def _is_of(self, known: set[tuple[str, str]], path: str) -> bool:
        place = self.folder / path
        return not place.is_symlink() and (path, checksums.digest_of(place)) in known

    def stage(self, path: str, data: bytes) -> None:
        """Stage a file. Its bytes have reached the disk on return. Raises OSError."""
        self.staging.stage(path, data, hashlib.sha256(data).hexdigest())

    def commit(self) -> list[str]:
        """Move the staged files, and the list of their checksums, into the folder. Returns the paths of older files
        that were removed because no new file replaces them."""
        self.stage(checksums.NAME, checksums.written(self.staging.staged).encode())
        gone = {path for path, _ in self.journal.known()} - self.staging.staged.keys()
        removed = sorted(gone & {*self._paths()})
        self.staging.commit(gone)
        return removed
