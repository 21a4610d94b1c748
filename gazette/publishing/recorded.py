"""What is kept of a publication beside the content. The other side holds a note of it from before the switch until that
is written here: where whoever published was cut off in between, the next one writes it, with the dates of that day."""

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
"""The files of dates, of what was stated, and of its translations. What the other side says is written to no other."""


class Recorded(NamedTuple):
    """Files of records as they are to be; how many pages have another date by them, and how many lines of registers
    are new."""

    files: tuple[RecordFile, ...]
    pages: int
    lines: int

    def write(self, root: Path) -> None:
        """Write them to the content folder `root`, all or none. Raises as `write_records`."""
        write_records(root, self.files)


class _Note(msgspec.Struct, frozen=True):
    """The id of a release, and the lines that it adds to files of records, by their paths."""

    release: str
    lines: dict[str, str]


def recorded(opened: LoadedContent, pages: Mapping[str, ShownPage], moment: datetime.datetime) -> Recorded:
    """The records as they are to be once what was built of the content is public, with the dates of a `moment`; `pages`
    are those of the site. Raises ContentError where a file that is there cannot be read."""
    dates = publication_records(opened, pages, moment)
    registers = new_registers(opened, day_of(opened, moment))
    return Recorded((*dates, *registers), sum(each.new for each in dates), sum(each.new for each in registers))


def note_of(release: Manifest, found: Recorded) -> bytes:
    """The note on what a release adds to the records."""
    lines = {each.path: _added(each) for each in found.files if _PATH.fullmatch(each.path)}
    return zlib.compress(msgspec.json.encode(_Note(release.id, lines)))


def _added(file: RecordFile) -> str:
    before = {*(file.before or b"").decode().splitlines(keepends=True)}
    return "".join(line for line in file.data.decode().splitlines(keepends=True) if line not in before)


def unrecorded(root: Path, live: Manifest | None, note: bytes | None) -> Recorded | None:
    """What the release that is public was to add to the records in the content folder `root`; None where that was
    written, as far as the other side knows. Of a note only what the day of its release can have brought is believed.
    Raises OSError."""
    try:
        read = msgspec.json.decode(zlib.decompress(note), type=_Note) if note else None
    except (zlib.error, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if read is None or live is None or read.release != live.id:
        return None
    at = datetime.datetime.fromisoformat(live.at)
    files = [*_completed(root, read.lines, at)]
    dates, facts = (
        sum(each.new for each in files if each.path.startswith(folder))
        for folder in (publications.FOLDER, register.FOLDER)
    )
    return Recorded((*files,), dates, facts)


def _completed(root: Path, lines: Mapping[str, str], at: datetime.datetime) -> Iterator[RecordFile]:
    """The files that lack some of these lines. One that cannot be read is left alone: the next build tells it."""
    for path in sorted(lines):
        if not _PATH.fullmatch(path):
            continue
        place = root / path
        before = SourceFile(path, place.read_bytes()) if place.is_file() else None
        try:
            text, new = _WITH[path.partition("/")[0]](path, before.data.decode() if before else "", lines[path], at)
        except (FileProblems, UnicodeDecodeError):
            continue
        if new and (found := RecordFile.of(path, before, text, new)):
            yield found


def _with_dates(path: str, there: str, lines: str, at: datetime.datetime) -> tuple[str, int]:
    """The dates of pages, with those that changed at that moment; and how many these are."""
    known, more = (publications.parse_publications(path, text) for text in (there, lines))
    new = {page: each for page, each in more.items() if each.last == at}
    new = {page: each for page, each in new.items() if page not in known or known[page].last < at}
    return publications.format_publications(joined([*known.items(), *new.items()])), len(new)


def _with_facts(path: str, there: str, lines: str, at: datetime.datetime) -> tuple[str, int]:
    """A register, with what was stated first on that day; and how much that is."""
    known, more = (register.parse_register(path, text) for text in (there, lines))
    new = {fact: day for fact, day in more.items() if day == at.date() and known.get(fact, datetime.date.max) > day}
    return register.format_register({**known, **new}), len(new)


def _with_pairs(path: str, there: str, lines: str, _at: datetime.datetime) -> tuple[str, int]:
    """The records of translations, with those of what was published; and how many these are."""
    known, more = (translations.parse_pairs(path, text) for text in (there, lines))
    return translations.format_pairs(known | more), len(more - known)


_WITH = {publications.FOLDER: _with_dates, register.FOLDER: _with_facts, translations.FOLDER: _with_pairs}
