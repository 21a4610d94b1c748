"""The files of records that are kept beside the content, as they are to be; and the writing of these and of others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from gazette.files.paths import display_path
from gazette.files.replacing import Changed, replace_files
from gazette.messages.problems import ContentError, Problem
from gazette.reading.unit_loader import SourceFile


class RecordFile(NamedTuple):
    """A file of records: its path in the content folder, its bytes as they were read (None: there was none) and as they
    are to be, and how many records are new in it."""

    path: str
    before: bytes | None
    data: bytes
    new: int

    @classmethod
    def of(cls, path: str, before: SourceFile | None, text: str, new: int) -> RecordFile | None:
        """The file with another text; None where it says that already."""
        own, data = before.data if before else None, text.encode()
        return None if data == (own or b"") else cls(path, own, data, new)


def write_records(root: Path, files: Iterable[RecordFile]) -> None:
    """Write the files of the content folder `root`. Raises OSError, and ContentError where somebody else changed one
    meanwhile: then none is written."""
    write_all((root / each.path, each.before, each.data) for each in files)


def write_all(files: Iterable[tuple[Path, bytes | None, bytes]]) -> None:
    """Put new bytes in the place of old ones, as `replace_files` does; the folders of new files are made. Raises
    OSError, and ContentError where somebody else changed one meanwhile: then none is written."""
    wanted = [*files]
    for place, _, _ in wanted:
        place.parent.mkdir(exist_ok=True)
    try:
        replace_files(wanted)
    except Changed as changed:
        raise ContentError([Problem.at(display_path(changed.path), 0, 0, "changed_meanwhile")]) from None
