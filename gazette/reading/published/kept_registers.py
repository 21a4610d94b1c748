"""Checks that nothing which the last edition kept is gone: registers, records, editions, the reference date.

An edition holds the registers of its day, and the register of editions has a line for each edition, so neither can
vanish unnoticed while the other exists. If both are gone, nothing here can tell.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from gazette.files.remembered import Remembered
from gazette.messages.problems import FileProblems, reason_of
from gazette.model.published.facts import PublishedFact
from gazette.model.records.editions import CONTENT, Edition
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.files.encoding import read_text
from gazette.reading.files.listing import BESIDE, OF_EDITIONS, PUBLISHED, REGISTER, TRANSLATIONS, Listing
from gazette.reading.location import Location
from gazette.reading.published.editions import edition_folder
from gazette.reading.published.kept_translations import check_translations
from gazette.reading.published.publications import format_publications, parse_publications
from gazette.reading.published.register import FOLDER, Register, parse_register

_EDITION, _AS_OF = EDITION_FIELDS = ("edition", "as_of")
"""The fields of a line in the register of editions: the SHA-256 of an edition's list of checksums, or the reference
date of a site published without an edition of that day."""

PLACE = f"{FOLDER}/{OF_EDITIONS}.tsv"

UNREGISTERED = "edition_unregistered"
"""The code for an edition without a line. Registering adds it."""


def fact_of_edition(number: int, sums: str) -> PublishedFact:
    """The fact that the register of editions states of an edition."""
    return PublishedFact(f"edition-{number}", _EDITION, "", sums)


def fact_of_as_of(as_of: datetime.date) -> PublishedFact:
    """The fact that the register of editions states of the reference date."""
    return PublishedFact("site", _AS_OF, "", as_of.isoformat())


def check_kept(
    diagnostics: Diagnostics,
    listing: Listing,
    languages: Sequence[str],
    editions: Sequence[Edition],
    cache: Path | None,
) -> Register:
    """Report lost editions, and lines of registers or records that the last edition has and the content lacks. Results
    are remembered in the folder `cache`, if any. Returns the register of editions."""
    register = read_editions_register(diagnostics, listing)
    if register is not None:
        _check_editions(diagnostics, listing, editions, register)
    if editions:
        remembered: Remembered[str] = Remembered(cache, "registers", str)
        _check_records(diagnostics, listing, editions[-1], remembered)
        remembered.keep()
    check_translations(diagnostics, listing, languages)
    return register or {}


def check_as_of(
    diagnostics: Diagnostics, as_of: datetime.date | None, editions: Sequence[Edition], register: Register
) -> None:
    """Report a reference date (`as_of` in the settings) that is gone, or earlier than that of an edition or of a
    published site."""
    location = Location(diagnostics, diagnostics.display(diagnostics.root / "site.yaml")).within("as_of")
    last = max((each for each in editions if each.as_of), key=lambda each: (each.as_of, each.number), default=None)
    if last is not None and last.as_of is not None and (as_of is None or as_of < last.as_of):
        values = {"number": last.number, "expected": last.as_of}
        location.report("as_of_gone" if as_of is None else "as_of_back", found=as_of or "", **values)
        return
    published = [(fact.value, day) for fact, day in register.items() if fact.field == _AS_OF]
    expected, day = max(published, default=("", None))
    if expected and (as_of is None or as_of.isoformat() < expected):
        values = {"date": day, "expected": expected, "register": PLACE}
        location.report("as_of_unsaid" if as_of is None else "as_of_behind", found=as_of or "", **values)


def read_editions_register(diagnostics: Diagnostics, listing: Listing) -> Register | None:
    """The register of editions, empty if there is none; None if it cannot be read, with the problem in
    `diagnostics`."""
    path = listing.root / PLACE
    if listing.kind(path) != "file":
        return {}
    display_path = diagnostics.display(path)
    try:
        data = listing.bytes_of(path)
        return parse_register(display_path, read_text(display_path, data) if data.strip() else "", EDITION_FIELDS)
    except FileProblems as found:
        diagnostics.problems += found.problems
    except OSError:
        diagnostics.report_file(path, "file_missing", path=display_path)
    return None


def _check_editions(
    diagnostics: Diagnostics, listing: Listing, editions: Sequence[Edition], register: Register
) -> None:
    by_number = {each.number: each for each in editions}
    lines = {fact.id for fact in register}
    for each in editions:
        if fact_of_edition(each.number, each.sums).id not in lines:
            diagnostics.report_file(listing.root / PLACE, UNREGISTERED, found=each.number, date=each.date)
    for fact, day in sorted((fact, day) for fact, day in register.items() if fact.field == _EDITION):
        number = int(fact.id.rpartition("-")[2]) if fact.id[-1].isdigit() else 0
        folder = edition_folder(listing.root, number)
        if not folder.is_dir():
            diagnostics.report_file(folder, "edition_lost", found=number, date=day, register=PLACE)
        elif number in by_number and by_number[number].sums != fact.value:
            diagnostics.report_file(folder, "edition_replaced", found=number, date=day, register=PLACE)


def _check_records(diagnostics: Diagnostics, listing: Listing, last: Edition, remembered: Remembered[str]) -> None:
    """Report lines that registers and records had when the last edition was frozen and lack now."""
    from zipfile import ZipFile

    archive_path = edition_folder(listing.root, last.number) / CONTENT
    values = {"number": last.number, "archive": diagnostics.display(archive_path)}
    try:
        with ZipFile(archive_path) as archive:
            for name in sorted(name for name in archive.namelist() if name.partition("/")[0] in BESIDE):
                path, of = listing.root / name, name.partition("/")[0]
                if listing.kind(path) is None:
                    diagnostics.report_file(path, _GONE[of], **values)
                elif listing.kind(path) == "file" and remembered.get(path, listing.stat(path)) != last.sums:
                    data, stat = listing.read(path)
                    if lost := _LOSSES[of](archive.read(name), data):
                        first = " ⇥ ".join(min(lost))
                        diagnostics.report_file(path, _LACKING[of], found=first, n=len(lost), **values)
                    else:
                        remembered.put(path, stat, last.sums)
    except OSError as error:
        diagnostics.report_file(archive_path, "file_unreadable", reason=reason_of(error))


_Line = tuple[str, ...]


def _lines(data: bytes) -> set[_Line]:
    lines = data.decode("utf-8-sig", "replace").split("\n")
    return {tuple(line.rstrip("\r").split("\t")) for line in lines if line.strip()}


def _lost_lines(then: bytes, now: bytes) -> set[_Line]:
    return _lines(then) - _lines(now)


def _lost_of_register(then: bytes, now: bytes) -> set[_Line]:
    """Lines lost from a register. Their days are ignored, because of two days the earlier one is kept."""
    before, after = ({(*line[:3], *line[4:]) for line in _lines(data)} for data in (then, now))
    return before - after


def _lost_publications(then: bytes, now: bytes) -> set[_Line]:
    """Publication records that were lost. Each publication may move the last change forward, so what must remain is the
    page, its first publication, and a last change that is no earlier."""
    try:
        before, after = (parse_publications("", read_text("", data)) for data in (then, now))
    except FileProblems:  # reported where the records are read
        return set()
    return {
        tuple(format_publications({path: record}).rstrip("\n").split("\t"))
        for path, record in before.items()
        if path not in after or after[path].first > record.first or after[path].last < record.last
    }


_LOSSES: dict[str, Callable[[bytes, bytes], set[_Line]]] = {
    REGISTER: _lost_of_register,
    TRANSLATIONS: _lost_lines,
    PUBLISHED: _lost_publications,
}
"""`{folder: function}` that returns the lines lost between two states of a file."""

_GONE = {REGISTER: "register_gone", TRANSLATIONS: "records_gone", PUBLISHED: "publications_gone"}
_LACKING = {REGISTER: "register_lost", TRANSLATIONS: "records_lost", PUBLISHED: "publications_lost"}
