"""Keeps a journal in two text files: what was written to a folder, and what is about to be."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from gazette.files import checksums
from gazette.files.atomic import ANYBODY, write
from gazette.files.walk import Stat

_REMOVED = "-"
"""Stands for the digest of a file to remove."""


class TextJournal:
    """A journal (`staged_folder.Journal`) in the folder `state`. `written.txt` lists the files that were written, in
    the format of `sha256sum`. `decided.txt` has the same format, and exists only while a decision is carried out."""

    def __init__(self, state: Path) -> None:
        self.state = state
        self.written, self.decided = state / "written.txt", state / "decided.txt"

    def known(self) -> set[tuple[str, str]]:
        """Return {(path, SHA-256)} of every file that was written here, or may have been."""
        return {*_read(self.written), *self._moves().items()}

    def pending(self) -> tuple[list[str], list[str]]:
        """Return the files to move in and the files to remove that were decided and may not have been carried out."""
        removals = [path for path, digest in _read(self.decided) if digest == _REMOVED]
        return [*self._moves()], removals

    def decide(self, moves: Mapping[str, str], removals: Collection[str]) -> None:
        """Write the decision to `decided.txt`. Raises OSError."""
        _write(self.decided, {**dict.fromkeys(removals, _REMOVED), **moves})

    def settle(self, moved: Mapping[str, Stat]) -> None:  # noqa: ARG002 - here digests identify the files, not states
        """Add what was decided to `written.txt`, and remove `decided.txt`. Raises OSError."""
        _, removals = self.pending()
        left = {path: digest for path, digest in _read(self.written) if path not in removals}
        _write(self.written, {**left, **self._moves()})
        self.decided.unlink()

    def roll_back(self) -> None:
        """Do nothing: what is not decided is not recorded."""

    def is_unused(self) -> bool:
        """Return whether neither file exists."""
        return not self.written.exists() and not self.decided.exists()

    def close(self) -> None:
        """Do nothing: no file is kept open."""

    def _moves(self) -> dict[str, str]:
        return {path: digest for path, digest in _read(self.decided) if digest != _REMOVED}


def _read(file: Path) -> list[tuple[str, str]]:
    """Return the (path, digest) pairs of a list; none if the file does not exist. Raises OSError."""
    if not file.is_file():
        return []
    lines = (line.partition("  ") for line in file.read_text("utf-8").splitlines())
    return [(path, digest) for digest, _, path in lines]


def _write(file: Path, digests: Mapping[str, str]) -> None:
    """Replace a list. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, checksums.written(digests).encode(), mode=ANYBODY, beside=file.with_suffix(".new"))
