"""Restores an edition: the content of its day and what was published, byte for byte."""

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
    """A restored edition, with the number of files of its content and of those that were published."""

    edition: Edition
    content: int
    files: int


def editions_of(root: Path, cache: Path | None) -> tuple[Edition, ...]:
    """Return the editions of a content folder, without reading the rest of it. Raises ContentError if one was
    altered."""
    diagnostics = Diagnostics(root)
    editions = read_editions(diagnostics, KnownDigests(cache))
    if diagnostics.problems:
        raise ContentError(diagnostics.problems)
    return editions


def numbers_of(root: Path) -> list[int]:
    """Return the numbers of the editions of a content folder, without reading them. Raises ContentError if the folder
    cannot be read."""
    diagnostics = Diagnostics(root)
    numbers = edition_numbers(diagnostics)
    if not numbers and diagnostics.problems:
        raise ContentError(diagnostics.problems)
    return numbers


def unknown(root: Path, number: int, numbers: Iterable[int]) -> Problem:
    """Return the problem that there is no edition `number`, with the `numbers` that there are."""
    expected = ", ".join(map(str, numbers))
    code = "edition_unknown" if expected else "edition_none"
    return Problem.of_folder(display_path(root / FOLDER), code, found=number, expected=expected)


def restore(root: Path, number: int, folder: Path) -> Restored:
    """Restore an edition into a new folder: `content/`, with the editions before it, and `files/`, what was published.

    It reads and compares all of their files first. Raises ContentError if one was altered, or if the folder is not
    empty; OSError.
    """
    numbers = numbers_of(root)
    if number not in numbers:
        raise ContentError([unknown(root, number, numbers)])
    diagnostics = Diagnostics(root)
    editions = [read_edition(diagnostics, each, KnownDigests(None)) for each in numbers if each <= number]
    edition = editions[-1]
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        diagnostics.add(Problem.of_folder(display_path(folder), "restore_taken"))
    if edition is None or diagnostics.problems:
        raise ContentError(diagnostics.problems)
    new = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(new, ignore_errors=True)
    try:
        content = read_archive(edition_folder(root, number) / CONTENT)
        for path, data in content.items():
            target = new / "content" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        shutil.copytree(edition_folder(root, number) / FILES, new / "files")
        for before in (each for each in numbers if each < number):  # that day's content already held them
            shutil.copytree(edition_folder(root, before), edition_folder(new / "content", before))
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Restored(edition, len(content), len(edition.files))
