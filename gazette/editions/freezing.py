"""Freezes an edition: keeps what is published on a day, what it was made from, and what had changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

import msgspec

from gazette.building.frozen import read_snapshot
from gazette.building.output import Output
from gazette.building.settings import Settings
from gazette.editions.archive import write_archive
from gazette.editions.issues import NextIssue
from gazette.editions.registering import Registered, new_registers, register_edition, write_registers
from gazette.editions.snapshotting import snapshot_lines
from gazette.files import checksums
from gazette.files.atomic import sync
from gazette.files.locks import Lock
from gazette.files.paths import display_path
from gazette.messages.problems import ContentError, Problem
from gazette.model.published.comparing import compare
from gazette.model.published.snapshots import Snapshot, SnapshotLine, gathered
from gazette.model.records.changes import Change
from gazette.model.records.editions import CHANGES, CONTENT, FILES, FOLDER, RECORD, SNAPSHOT
from gazette.model.records.evidence_files import FOLDER as EVIDENCE
from gazette.office.record_files import RecordFile
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.published.snapshot import format_snapshot
from gazette.site.routes import FROZEN, SUMS

_NEW = ".new"
"""The folder in which an edition is prepared. Its name is hidden, so that it is not read as content."""


class BuiltFile(NamedTuple):
    """A file that a build wrote, and the SHA-256 of its bytes."""

    place: Path
    digest: str


class FrozenEdition(NamedTuple):
    """A frozen edition: number, folder, changes since the edition before, number of files, and what was added to the
    register."""

    number: int
    folder: Path
    changes: tuple[Change, ...]
    files: int
    registered: Registered


def handed_out(output: Output) -> dict[str, BuiltFile]:
    """Return the documents and data of a built site, by path. Left out are the files of other editions, the files of
    evidence (the data has their digests) and the checksums."""
    return {
        path: BuiltFile(output.folder / path, record.digest)
        for path, record in sorted(output.files.records.items())
        if record.kind in ("pdf", "data") and not path.startswith((FROZEN, f"{EVIDENCE}/")) and path != SUMS
    }


def freeze(
    settings: Settings, issue: NextIssue, files: Mapping[str, BuiltFile], is_same: Callable[[], bool]
) -> FrozenEdition:
    """Keep the `files` of the site, which was built as this `issue`, and its content in a folder of the editions, and
    register what is public.

    The registers are written first; then the edition appears at once, or not at all; last, it is registered itself.
    `is_same` returns whether the content is still the one that the site was built from. Raises ContentError, OSError.
    """
    opened, root = issue.opened, issue.opened.diagnostics.root
    assert opened.content is not None
    lines = snapshot_lines(opened, issue.as_of)
    snapshot, last = gathered(lines), issue.last
    changes = compare(read_snapshot(root, last), snapshot) if last else ()
    registers = new_registers(opened, issue.day)
    content = _content(opened, registers)
    if not is_same():
        _refuse(display_path(settings.content), "edition_content_changed")
    with _new_folder(root / FOLDER, issue.number) as new:
        _write_own(new, issue, lines, changes)
        write_archive(new / CONTENT, content)
        _copy(files, new / FILES)
        digests = {path.relative_to(new).as_posix(): checksums.digest_of(path) for path in _files(new)}
        (new / checksums.NAME).write_bytes(checksums.written(digests).encode())
        for path in _files(new):
            sync(path)
        sums = checksums.digest_of(new / checksums.NAME)
        registered = write_registers(opened, registers)
        folder = new.rename(root / FOLDER / str(issue.number))
        register_edition(root, issue.number, issue.day, sums)
    listed = 1  # the list of checksums is published too
    return FrozenEdition(issue.number, folder, changes, len(files) + listed, registered)


@contextmanager
def _new_folder(folder: Path, number: int) -> Iterator[Path]:
    """Yield an empty folder in which to prepare the edition `number`, and delete it at the end. Raises ContentError if
    another command is freezing one."""
    folder.mkdir(exist_ok=True)
    path_shown = display_path(folder / str(number))
    lock = Lock(folder, folder / ".lock")
    with closing(lock):
        # Without locks, the rename at the end still lets only one of two commands win.
        lock.take(lambda: _refuse(path_shown, "edition_busy"))
        if (folder / str(number)).exists():
            _refuse(path_shown, "edition_busy")
        new = folder / _NEW
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir()
        try:
            yield new
        finally:
            shutil.rmtree(new, ignore_errors=True)
            with suppress(OSError):
                folder.rmdir()  # if there is no edition at all


def _write_own(new: Path, issue: NextIssue, lines: list[SnapshotLine], changes: tuple[Change, ...]) -> None:
    snapshot = gathered(lines)
    (new / SNAPSHOT).write_bytes(format_snapshot(lines).encode())
    (new / CHANGES).write_bytes(msgspec.json.format(msgspec.json.encode(changes), indent=1) + b"\n")
    (new / RECORD).write_bytes(_record(issue, snapshot).encode())


def _record(issue: NextIssue, snapshot: Snapshot) -> str:
    units = sum(entry.is_unit for entry in snapshot.values())
    notices = sum(entry.is_notice for entry in snapshot.values())
    facts = {"number": issue.number, "date": issue.day, "as_of": issue.as_of}
    shared = sum(bool(entry.of) for entry in snapshot.values())
    parted = sum(entry.value("state").partition(" ")[0] == "split" for entry in snapshot.values())
    facts |= {"units": units, "pledges": len(snapshot) - units - notices - shared - parted}
    if issue.last:
        facts |= {"before": issue.last.number, "before_sums": issue.last.sums}
    return "".join(f"{name}: {value}\n" for name, value in facts.items() if value is not None)


def _content(opened: LoadedContent, registers: tuple[RecordFile, ...]) -> dict[str, bytes | Path]:
    """Return the files of the content folder, with the registers as they will be; earlier editions are kept elsewhere.
    Files of evidence, which may be many and large, are read only when they are written."""
    listing = opened.listing
    names = [name for name, each in listing.entries.items() if each.kind == "file"]
    files: dict[str, bytes | Path] = {
        name: listing.root / name if name.startswith(f"{EVIDENCE}/") else listing.read(listing.root / name)[0]
        for name in names
    }
    return files | {each.path: each.data for each in registers}


def _copy(files: Mapping[str, BuiltFile], folder: Path) -> None:
    """Copy what was published, and write its list of checksums. Raises ContentError for a file that differs from what
    the build wrote."""
    for path, file in files.items():
        copied = folder / path
        copied.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(file.place, copied)
            right = checksums.digest_of(copied) == file.digest
        except FileNotFoundError:
            right = False
        if not right:
            _refuse(display_path(file.place), "edition_stale")
    digests = {path: file.digest for path, file in files.items()}
    (folder / checksums.NAME).write_bytes(checksums.written(digests).encode())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _refuse(path: str, code: str) -> NoReturn:
    raise ContentError([Problem.at(path, 0, 0, code)])
