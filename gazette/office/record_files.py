"""Writes files of records beside the content, if nobody else changed them meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from gazette.files.paths import display_path
from gazette.files.replacing import Changed, replace_files
from gazette.messages.problems import ContentError, Problem
from gazette.reading.unit_loader import SourceFile


class RecordFile(NamedTuple):
    """A file of records: its path in the content folder, its bytes as they were read (None: there was no file) and as
    they will be, and how many of its records are new."""

    path: str
    before: bytes | None
    data: bytes
    new: int

    @classmethod
    def of(cls, path: str, before: SourceFile | None, text: str, new: int) -> RecordFile | None:
        """Return the file with another text; None if it already has that text."""
        bytes_before, data = before.data if before else None, text.encode()
        return None if data == (bytes_before or b"") else cls(path, bytes_before, data, new)


def write_records(root: Path, files: Iterable[RecordFile]) -> None:
    """Write the files of the content folder `root`. Raises OSError, and ContentError, with none written, if one was
    changed meanwhile."""
    write_all((root / each.path, each.before, each.data) for each in files)


def write_all(files: Iterable[tuple[Path, bytes | None, bytes]]) -> None:
    """Replace old bytes by new ones, as `replace_files` does, and make the folders of new files. Raises OSError, and
    ContentError, with none written, if one was changed meanwhile."""
    wanted = [*files]
    for target, _, _ in wanted:
        target.parent.mkdir(exist_ok=True)
    try:
        replace_files(wanted)
    except Changed as changed:
        raise ContentError([Problem.at(display_path(changed.path), 0, 0, "changed_meanwhile")]) from None
