"""Reads the editions of a content folder. Their files may never change; each build checks that."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from gazette.files import checksums
from gazette.files.known_digests import KnownDigests
from gazette.files.litter import is_litter
from gazette.files.walk import Stat, walk
from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem, reason_of
from gazette.model.records.changes import KINDS, Change
from gazette.model.records.editions import (
    CHANGES,
    CONTENT,
    FILES,
    FOLDER,
    RECORD,
    SNAPSHOT,
    Edition,
    EditionRecord,
    FrozenFile,
)
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import decode_record
from gazette.reading.files.encoding import read_text

_NUMBER = pattern("[1-9][0-9]{0,3}")

_OWN = (SNAPSHOT, CHANGES, RECORD, CONTENT)


def edition_folder(root: Path, number: int) -> Path:
    """The folder of an edition in the content folder `root`."""
    return root / FOLDER / str(number)


def read_editions(diagnostics: Diagnostics, known: KnownDigests) -> tuple[Edition, ...]:
    """All editions, by number. Faulty ones are left out, with their problems in `diagnostics`. Files in `known` are not
    read again."""
    editions = []
    for number in edition_numbers(diagnostics):
        edition = read_edition(diagnostics, number, known)
        if edition is not None:
            editions.append(edition)
    known.keep()
    _check_chain(diagnostics, editions)
    return tuple(editions)


def _check_chain(diagnostics: Diagnostics, editions: list[Edition]) -> None:
    """Check that the edition before each one exists and is unchanged."""
    by_number = {edition.number: edition for edition in editions}
    for edition in editions:
        folder = edition_folder(diagnostics.root, edition.before)
        before = by_number.get(edition.before)
        if edition.before and not folder.is_dir():
            diagnostics.report_file(folder, "edition_gone", found=edition.before, number=edition.number)
        elif before and before.sums != edition.before_sums:
            diagnostics.report_file(folder / checksums.NAME, "edition_rewritten", number=edition.number)


def edition_numbers(diagnostics: Diagnostics) -> list[int]:
    """The numbers of the existing editions, sorted. Reports anything else in their folder."""
    folder, names = diagnostics.root / FOLDER, list[Path]()
    if folder.is_dir():
        try:
            names = [path for path in folder.iterdir() if not is_litter(path.name) or _NUMBER.fullmatch(path.name)]
        except OSError as error:
            diagnostics.report_file(folder, "folder_unreadable", reason=reason_of(error))
    elif folder.exists():
        diagnostics.report_file(folder, "edition_place", found=folder.name)
    numbers = []
    for path in sorted(names):
        if _NUMBER.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
            numbers.append(int(path.name))
        else:
            diagnostics.report_file(path, "edition_place", found=path.name)
    return sorted(numbers)


def read_edition(diagnostics: Diagnostics, number: int, known: KnownDigests) -> Edition | None:
    """One edition; None if it is not as it was frozen, with its problems in `diagnostics`."""
    folder = edition_folder(diagnostics.root, number)
    display_path = diagnostics.display(folder)
    try:
        sums = (folder / checksums.NAME).read_bytes()
    except OSError:
        diagnostics.report_file(folder, "edition_unlisted", found=checksums.NAME)
        return None
    listed, unread = checksums.read(sums.decode("utf-8", "replace"))
    try:
        stats = {path: stat for path, stat in walk(folder) if not is_litter(path.rpartition("/")[2])}
    except OSError as error:
        diagnostics.report_file(folder, "folder_unreadable", reason=reason_of(error))
        return None
    stats.pop(checksums.NAME, None)
    problems = [*_differences(display_path, folder, listed, stats, known)]
    if unread or not {*_OWN} <= listed.keys():
        problems.append(Problem.at(f"{display_path}/{checksums.NAME}", 0, 0, "edition_list"))
    if problems:
        diagnostics.problems += problems
        return None
    record, changes = _record(diagnostics, number), _changes(diagnostics, folder)
    if record is None or changes is None:
        return None
    return Edition(
        number=number,
        date=record.date,
        as_of=record.as_of,
        units=record.units,
        pledges=record.pledges,
        changes=changes,
        files=tuple(_files(listed, stats)),
        snapshot=listed[SNAPSHOT],
        sums=hashlib.sha256(sums).hexdigest(),
        before=record.before or 0,
        before_sums=record.before_sums or "",
    )


def _files(listed: Mapping[str, str], stats: Mapping[str, Stat]) -> Iterator[FrozenFile]:
    """The frozen files among those `listed` (`{path: SHA-256}`)."""
    for path, digest in sorted(listed.items()):
        if path.startswith(f"{FILES}/"):
            yield FrozenFile(path.removeprefix(f"{FILES}/"), stats[path].size, digest)


def _differences(
    display_path: str, folder: Path, listed: dict[str, str], stats: dict[str, Stat], known: KnownDigests
) -> Iterator[Problem]:
    """Problems where an edition's files differ from its list of checksums."""
    for path in sorted({*listed, *stats}):
        file, at = folder / path, f"{display_path}/{path}"
        if path not in stats:
            yield Problem.at(at, 0, 0, "edition_missing", list=f"{display_path}/{checksums.NAME}")
        elif path not in listed:
            yield Problem.at(at, 0, 0, "edition_extra", list=f"{display_path}/{checksums.NAME}")
        else:
            right = False
            with contextlib.suppress(OSError):
                right = not file.is_symlink() and known.is_right(file, stats[path], listed[path])
            if not right:
                yield Problem.at(at, 0, 0, "edition_changed", list=f"{display_path}/{checksums.NAME}")


def _record(diagnostics: Diagnostics, number: int) -> EditionRecord | None:
    path = edition_folder(diagnostics.root, number) / RECORD
    display_path = diagnostics.display(path)
    try:
        text = read_text(display_path, path.read_bytes())
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None
    record = decode_record(diagnostics, display_path, text, EditionRecord, ("",))
    if record is not None and record.number != number:
        diagnostics.report_file(path, "edition_other", found=record.number, expected=number)
        return None
    return record


def _changes(diagnostics: Diagnostics, folder: Path) -> tuple[Change, ...] | None:
    try:
        changes = msgspec.json.decode((folder / CHANGES).read_bytes(), type=tuple[Change, ...])
    except msgspec.MsgspecError as error:
        diagnostics.report_file(folder / CHANGES, "edition_changes", found=str(error))
        return None
    strange = [change.kind for change in changes if change.kind not in KINDS]
    if strange:
        diagnostics.report_file(folder / CHANGES, "edition_changes", found=strange[0])
        return None
    return changes
