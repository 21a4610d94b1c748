"""Records a publication beside the content.

The destination holds a note of the record from before the switch until it is written. If a publisher is cut off in
between, the next one writes it, with the dates of that day.
"""

from __future__ import annotations

import datetime
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from gazette.building.database.files import ShownPage
from gazette.editions.publications import publication_records
from gazette.editions.registering import day_of, new_registers
from gazette.messages.problems import FileProblems
from gazette.model.records.publications import joined
from gazette.office.record_files import RecordFile, write_records
from gazette.publishing.manifest import Manifest
from gazette.reading import translations
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.published import publications, register
from gazette.reading.unit_loader import SourceFile

_PATH = re.compile(
    rf"(?:{publications.FOLDER}|{register.FOLDER}|{translations.FOLDER})/(?!_editions\.)_?[a-z0-9-]+\.tsv"
)
"""The files of dates, of registers and of translations. A note of the destination is written to no others."""


class Recorded(NamedTuple):
    """Files of records as they will be; how many pages have a new date in them, and how many lines of registers are
    new."""

    files: tuple[RecordFile, ...]
    pages: int
    lines: int

    def write(self, root: Path) -> None:
        """Write them to the content folder `root`, all or none. Raises the same as `write_records`."""
        write_records(root, self.files)


class _Note(msgspec.Struct, frozen=True):
    """The id of a release, and the lines that it adds to files of records: `{path: lines}`."""

    release: str
    lines: dict[str, str]


def recorded(opened: LoadedContent, pages: Mapping[str, ShownPage], moment: datetime.datetime) -> Recorded:
    """Return the records as they will be once the built site is public, with the dates of `moment`. `pages` are those
    of the site, by path. Raises ContentError if a file of records cannot be read."""
    dates = publication_records(opened, pages, moment)
    registers = new_registers(opened, day_of(opened, moment))
    return Recorded((*dates, *registers), sum(each.new for each in dates), sum(each.new for each in registers))


def note_of(release: Manifest, records: Recorded) -> bytes:
    """Return the note of what a release adds to the records."""
    lines = {each.path: _added(each) for each in records.files if _PATH.fullmatch(each.path)}
    return zlib.compress(msgspec.json.encode(_Note(release.id, lines)))


def _added(file: RecordFile) -> str:
    before = {*(file.before or b"").decode().splitlines(keepends=True)}
    return "".join(line for line in file.data.decode().splitlines(keepends=True) if line not in before)


def unrecorded(root: Path, live: Manifest | None, note: bytes | None) -> Recorded | None:
    """Return what the public release was to add to the records in the content folder `root`; None if nothing is
    missing.

    Of the note, only lines that the day of the release can have brought are used. Raises OSError.
    """
    try:
        parsed = msgspec.json.decode(zlib.decompress(note), type=_Note) if note else None
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if parsed is None or live is None or parsed.release != live.id:
        return None
    at = datetime.datetime.fromisoformat(live.at)
    files = [*_completed(root, parsed.lines, at)]
    dates, facts = (
        sum(each.new for each in files if each.path.startswith(folder))
        for folder in (publications.FOLDER, register.FOLDER)
    )
    return Recorded((*files,), dates, facts)


def _completed(root: Path, lines: Mapping[str, str], at: datetime.datetime) -> Iterator[RecordFile]:
    """Yield the files that lack some of these lines. A file that cannot be read is skipped: the next build reports
    it."""
    for path in sorted(lines):
        if not _PATH.fullmatch(path):
            continue
        full_path = root / path
        before = SourceFile(path, full_path.read_bytes()) if full_path.is_file() else None
        try:
            text, new = _WITH[path.partition("/")[0]](path, before.data.decode() if before else "", lines[path], at)
        except (FileProblems, UnicodeDecodeError):
            continue
        if new and (record_file := RecordFile.of(path, before, text, new)):
            yield record_file


def _with_dates(path: str, there: str, lines: str, at: datetime.datetime) -> tuple[str, int]:
    """Return the dates of pages (`there`) with those of `lines` that changed at this moment, and how many these are."""
    recorded_dates, more = (publications.parse_publications(path, text) for text in (there, lines))
    new = {page: each for page, each in more.items() if each.last == at}
    new = {page: each for page, each in new.items() if page not in recorded_dates or recorded_dates[page].last < at}
    return publications.format_publications(joined([*recorded_dates.items(), *new.items()])), len(new)


def _with_facts(path: str, there: str, lines: str, at: datetime.datetime) -> tuple[str, int]:
    """Return a register (`there`) with the facts of `lines` that were first stated on that day, and how many these
    are."""
    registered, more = (register.parse_register(path, text) for text in (there, lines))
    new = {
        fact: day for fact, day in more.items() if day == at.date() and registered.get(fact, datetime.date.max) > day
    }
    return register.format_register({**registered, **new}), len(new)


def _with_pairs(path: str, there: str, lines: str, _at: datetime.datetime) -> tuple[str, int]:
    """Return the records of translations (`there`) with those of `lines`, and how many are new."""
    recorded_pairs, more = (translations.parse_pairs(path, text) for text in (there, lines))
    return translations.format_pairs(recorded_pairs | more), len(more - recorded_pairs)


_WITH = {publications.FOLDER: _with_dates, register.FOLDER: _with_facts, translations.FOLDER: _with_pairs}
