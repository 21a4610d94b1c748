"""The restoring of an edition: the content of its day and what was published, byte for byte."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from gazette.editions.archive import read_archive
from gazette.files.known_digests import KnownDigests
from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, Problem
from gazette.model.records.editions import CONTENT, FILES, FOLDER, Edition
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.published.editions import edition_folder, edition_numbers, read_edition, read_editions


class Restored(NamedTuple):
    """How many files of the content, and how many of those published, were put back."""

    edition: Edition
    content: int
    files: int


def editions_of(root: Path, cache: Path | None) -> tuple[Edition, ...]:
    """The editions of a content folder, whatever else is in it. Raises ContentError where one is not as it was."""
    diagnostics = Diagnostics(root)
    found = read_editions(diagnostics, KnownDigests(cache))
    if diagnostics.problems:
        raise ContentError(diagnostics.problems)
    return found


def numbers_of(root: Path) -> list[int]:
    """The numbers of the editions of a content folder, whatever they are like, and whatever lies beside them. Raises
    ContentError where the folder cannot be looked into."""
    diagnostics = Diagnostics(root)
    found = edition_numbers(diagnostics)
    if not found and diagnostics.problems:
        raise ContentError(diagnostics.problems)
    return found


def unknown(root: Path, number: int, known: Iterable[int]) -> Problem:
    """That there is no edition of a number, and which there are."""
    expected = ", ".join(map(str, known))
    code = "edition_unknown" if expected else "edition_none"
    return Problem.of_folder(display_path(root / FOLDER), code, found=number, expected=expected)


def restore(root: Path, number: int, folder: Path) -> Restored:
    """Put an edition into a new folder: `content/`, with the editions before it, and `files/`, what was published. Each
    of their files is read and compared first. Raises ContentError where it is not as it was, or the folder holds
    something; OSError."""
    known = numbers_of(root)
    if number not in known:
        raise ContentError([unknown(root, number, known)])
    diagnostics = Diagnostics(root)
    found = [read_edition(diagnostics, each, KnownDigests(None)) for each in known if each <= number]
    edition = found[-1]
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        diagnostics.add(Problem.of_folder(display_path(folder), "restore_taken"))
    if edition is None or diagnostics.problems:
        raise ContentError(diagnostics.problems)
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        content = read_archive(edition_folder(root, number) / CONTENT)
        for path, data in content.items():
            place = new / "content" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        shutil.copytree(edition_folder(root, number) / FILES, new / "files")
        for before in (each for each in known if each < number):  # they were there already on that day
            shutil.copytree(edition_folder(root, before), edition_folder(new / "content", before))
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Restored(edition, len(content), len(edition.files))
