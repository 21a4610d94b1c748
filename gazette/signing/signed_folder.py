"""The folder of signed files: which of its files are ours, and the safe way to change them.

Beside it lies a hidden folder, as beside the site: with the list of what was written there, and what is staged.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from gazette.files import checksums
from gazette.files.locks import Lock, NoLocks
from gazette.files.walk import LEFT_ALONE, walk
from gazette.messages.problems import FileProblems, Problem


class SignedFolder:
    """The folder `place`, which `shown` is the name of. Nothing in it changes before `commit`; a run that is killed
    there leaves every file whole, and the next one completes the folder."""

    def __init__(self, place: Path, shown: str) -> None:
        self.place = Path(os.path.realpath(place))
        self.shown = shown
        self.state_dir = self.place.parent / f".{self.place.name}.gazette"
        self.staging, self.note = self.state_dir / "staged", self.state_dir / "written.txt"
        self.staged: dict[str, str] = {}

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Raises FileProblems where another run is at it. What is staged and not committed goes in the end."""
        self.state_dir.mkdir(parents=True, exist_ok=True)
        with contextlib.closing(Lock(self.state_dir, self.state_dir / "lock")) as lock:
            with contextlib.suppress(NoLocks):
                if not lock.take(None):
                    raise FileProblems([Problem.at(self.shown, 0, 0, "sign_busy")])
            try:
                yield
            finally:
                shutil.rmtree(self.staging, ignore_errors=True)
                if not self.note.exists():
                    shutil.rmtree(self.state_dir, ignore_errors=True)

    def strangers(self) -> list[str]:
        """The files of the folder that this command did not write, or that were changed since."""
        if not self.place.is_dir():
            return []
        ours = self._ours()
        return sorted(
            path
            for path, _ in walk(self.place)
            if path != LEFT_ALONE
            and ((self.place / path).is_symlink() or (path, checksums.digest_of(self.place / path)) not in ours)
        )

    def stage(self, path: str, data: bytes) -> None:
        """Keep a file beside the folder, written to the last byte."""
        place = self.staging / path
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.staged[path] = checksums.digest_of(place)

    def commit(self) -> list[str]:
        """Move what is staged, then its list, into the folder; returns the paths that had no successor and are removed.

        What is about to be written is noted first: a run that is killed then knows its own files again.
        """
        self.stage(checksums.NAME, checksums.written(self.staged).encode())
        before = self._ours()
        self._note(before | set(self.staged.items()))
        self.place.mkdir(parents=True, exist_ok=True)
        there = {path for path, _ in walk(self.place)}
        gone = sorted(({path for path, _ in before} & there) - self.staged.keys())
        for path in gone:
            (self.place / path).unlink()
            with contextlib.suppress(OSError):
                (self.place / path).parent.rmdir()
        for path in self.staged:
            (self.place / path).parent.mkdir(parents=True, exist_ok=True)
            (self.staging / path).replace(self.place / path)
        self._note(set(self.staged.items()))
        return gone

    def _ours(self) -> set[tuple[str, str]]:
        """Path and digest of all that this command wrote here."""
        if not self.note.is_file():
            return set()
        lines = self.note.read_text("utf-8").splitlines()
        return {(path, digest) for digest, _, path in (line.partition("  ") for line in lines)}

    def _note(self, ours: set[tuple[str, str]]) -> None:
        new = self.note.with_suffix(".new")
        new.write_text("".join(f"{digest}  {path}\n" for path, digest in sorted(ours)), "utf-8")
        new.replace(self.note)
