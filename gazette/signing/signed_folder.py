"""The folder of signed files: which of its files the command wrote, and the safe way to change them.

Beside it lies a hidden folder with the list of what was written there, and what is staged.
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
    """The folder `folder`, which `shown` is the name of. Nothing in it changes before `commit`; a run that is killed
    there leaves every file whole, and the next one completes the folder."""

    def __init__(self, folder: Path, shown: str) -> None:
        self.folder = Path(os.path.realpath(folder))
        self.shown = shown
        state = self.folder.parent / f".{self.folder.name}.gazette"
        self.journal = TextJournal(state)
        self.staging = StagedFolder(self.folder, state, durable=True)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """What a run before decided is finished first. Raises FileProblems where another run is at it."""
        with self.staging.locked(lambda: self.journal, self._busy, lambda: None):
            self.staging.recover()
            yield

    def _busy(self) -> None:
        raise FileProblems([Problem.of_folder(self.shown, "sign_busy")])

    def foreign_files(self) -> list[str]:
        """The files of the folder that this command did not write, or that were changed since."""
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
        """Keep a file beside the folder, written to the last byte."""
        self.staging.stage(path, data, hashlib.sha256(data).hexdigest())

    def commit(self) -> list[str]:
        """Move what is staged, with its list of checksums, into the folder; returns the paths that had no successor and
        are removed."""
        self.stage(checksums.NAME, checksums.written(self.staging.staged).encode())
        gone = {path for path, _ in self.journal.known()} - self.staging.staged.keys()
        removed = sorted(gone & {*self._paths()})
        self.staging.commit(gone)
        return removed
