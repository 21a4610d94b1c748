"""Reads one unit from the bytes of its files, in any process."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from gazette.messages.problems import FileProblems
from gazette.model.records.content import UnitFile
from gazette.model.records.notices import NoticeFile
from gazette.model.records.units import Unit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.file_reader import decode_record, decode_text
from gazette.reading.files.encoding import read_text
from gazette.reading.location import Location
from gazette.reading.other_units import decode_other
from gazette.reading.published.evidence import check_published_evidence, check_published_evidence_of_notices
from gazette.reading.published.fields import Comparing
from gazette.reading.published.publications import FOLDER as PUBLISHED
from gazette.reading.published.publications import read_publications
from gazette.reading.published.register import FOLDER as REGISTER
from gazette.reading.published.register import Register, called_now, parse_register
from gazette.reading.published.units import check_published, check_published_notices
from gazette.reading.translations import FOLDER as TRANSLATIONS
from gazette.reading.translations import Pairs, parse_pairs, stale_texts
from gazette.reading.unfinished import set_covers_aside, set_gaps_aside
from gazette.reading.unit_digests import OtherDigests, UnitDigests, digest_of, digest_of_notices
from gazette.reading.validation.evidence import check_files, files_named
from gazette.reading.validation.notices import check_notices_of
from gazette.reading.validation.personal_data import personal_data
from gazette.reading.validation.units import Known, check_unit


class SourceFile(NamedTuple):
    """A file that is read together with a unit's own: its path as an editor types it, and its bytes."""

    path: str
    data: bytes


class UnitSource(NamedTuple):
    """A unit's file: `path` as an editor types it, and its bytes. `beside`: the files read with it, by folder.
    `notices`: those that name its pledges; None if any notice of the site cannot be read. `files`: (name, SHA-256) of
    the files whose names occur in it. `others`: the units whose pledges its pages show, with their file and notices
    only."""

    id: str
    path: str
    data: bytes
    beside: Mapping[str, SourceFile] = {}
    notices: tuple[NoticeFile, ...] | None = ()
    files: tuple[tuple[str, str], ...] = ()
    others: tuple[UnitSource, ...] = ()

    @property
    def digests(self) -> UnitDigests:
        """The digests of everything that only this unit is made from."""
        files_digest = hashlib.sha256(self.data)
        for folder, file in ((name, file) for name, file in self.beside.items() if name != PUBLISHED):
            files_digest.update(f"{folder} {len(file.data)} ".encode() + file.data)
        return UnitDigests(
            files=files_digest.hexdigest(),
            notices=digest_of_notices(self.notices),
            dates=digest_of(self.beside[PUBLISHED].data) if PUBLISHED in self.beside else "",
            evidence=dict(self.files),
            others={
                each.id: OtherDigests(digest_of(each.data), digest_of_notices(each.notices)) for each in self.others
            },
        )


def with_lines_left(
    left: Mapping[str, bytes], unit: str, own: SourceFile, beside: Mapping[str, SourceFile]
) -> dict[str, SourceFile]:
    """Return the records of a unit's publication, extended by the lines that are `left` of former units whose ids occur
    in its `own` file: it may continue one of them under another id. {} if there are no such lines."""
    lines = b"".join(data for id, data in left.items() if id.encode() in own.data)
    if not lines:
        return {}
    file = beside.get(PUBLISHED) or SourceFile(f"{PUBLISHED}/{unit}.tsv", b"")
    return {PUBLISHED: SourceFile(file.path, file.data + b"\n" + lines)}


def load_unit(
    diagnostics: Diagnostics,
    source: UnitSource,
    known: Known,
    languages: tuple[str, ...],
    as_of: datetime.date | None,
) -> UnitFile | None:
    """Return a unit's file, decoded and checked by itself; None if it cannot be decoded. Problems are added to
    `diagnostics`, and what a draft still lacks to its `unfinished`. `as_of` is the reference date (None: the site has
    none)."""
    text = decode_text(diagnostics, source.path, source.data)
    before = len(diagnostics.problems)
    unit = None if text is None else decode_record(diagnostics, source.path, text, Unit, languages)
    if unit is None:
        if text is not None and languages:
            set_gaps_aside(diagnostics, source.path, before, languages)
        return None
    files = files_named(unit, known.files)
    unit_file = UnitFile(source.id, source.path, unit, notices=source.notices or (), files=files)
    check_unit(diagnostics, unit_file, replace(known, has_notices=source.notices is not None), as_of)
    check_files(Location(diagnostics, source.path), unit, known.files)
    if unit.draft:
        set_covers_aside(diagnostics, before)
    check_notices_of(diagnostics, unit_file, known.since)
    if known.public_numbers is not None:
        diagnostics.problems += personal_data(source.path, text or "", known.public_numbers, comments=True)
    with_stale = _with_stale(diagnostics, source, unit_file, languages, known.release)
    dates = read_publications(diagnostics, *source.beside.get(PUBLISHED, ("", b"")))
    others = tuple(_others(diagnostics, source, languages))
    lost = _lost(diagnostics, source, unit_file, known, languages)
    return replace(with_stale, published=dates, lost=lost, others=others)


def _others(diagnostics: Diagnostics, source: UnitSource, languages: tuple[str, ...]) -> Iterator[UnitFile]:
    """Yield the other units whose pledges the unit's pages show, as far as they can be read."""
    for other in source.others:
        unit = decode_other(diagnostics, other.path, other.data, languages)
        if unit is not None:
            yield UnitFile(other.id, other.path, unit, notices=other.notices or ())


def _lost(
    diagnostics: Diagnostics, source: UnitSource, unit_file: UnitFile, known: Known, languages: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the ids that were published with a unit and are gone. What changed without a reason is added to
    `diagnostics`."""
    register = read_register(diagnostics, source.beside[REGISTER]) if REGISTER in source.beside else None
    if register is None:
        return ()
    location, public = Location(diagnostics, source.path), without_drafts(unit_file)
    comparing = Comparing(languages, called_now(unit_file), source.beside[REGISTER].path, known.units)
    if source.notices is not None:
        check_published_notices(diagnostics, unit_file, register, comparing)
    check_published_evidence(location, unit_file, public, register)
    check_published_evidence_of_notices(diagnostics, unit_file, register)
    return check_published(location, unit_file, public, register, comparing)


def _with_stale(
    diagnostics: Diagnostics, source: UnitSource, unit_file: UnitFile, languages: tuple[str, ...], release: bool
) -> UnitFile:
    """Return a unit with its stale translations. For a `release`, stale translations of what is public are problems."""
    if TRANSLATIONS not in source.beside:
        return unit_file
    pairs, public_file = read_pairs(diagnostics, source.beside[TRANSLATIONS]), without_drafts(unit_file)
    stale = stale_texts(unit_file, pairs, languages) if pairs else ()
    public = {source.id, *(pledge.id for pledge in public_file.unit.pledges)} if public_file else set()
    for each in stale:
        if release and each.owner in public:
            at = Location(diagnostics, source.path).within(*each.loc)
            at.report("translation_stale", found=each.key, language=each.language)
    return replace(unit_file, stale=stale)


def read_pairs(diagnostics: Diagnostics, file: SourceFile) -> Pairs:
    """Return the translations of a unit that were confirmed, as pairs; none if the file has problems, which are added
    to `diagnostics`."""
    try:
        return parse_pairs(file.path, read_text(file.path, file.data)) if file.data.strip() else frozenset()
    except FileProblems as found:
        diagnostics.problems += found.problems
        return frozenset()


def read_register(diagnostics: Diagnostics, file: SourceFile) -> Register | None:
    """Return what was published of a unit; None if nothing was, or if the file has problems, which are added to
    `diagnostics`."""
    text = decode_text(diagnostics, file.path, file.data) if file.data.strip() else None
    try:
        return None if text is None else parse_register(file.path, text)
    except FileProblems as found:
        diagnostics.problems += found.problems
        return None


def without_drafts(unit_file: UnitFile) -> UnitFile | None:
    """Return a unit as the public sees it; None if nothing of it is public."""
    if unit_file.unit.draft:
        return None
    pledges = tuple(pledge.without_drafts() for pledge in unit_file.unit.pledges if not pledge.draft)
    notices = tuple(file for file in unit_file.notices if not file.notice.draft)
    if not pledges:
        return None
    others = tuple(filter(None, map(without_drafts, unit_file.others)))
    return replace(unit_file, unit=replace(unit_file.unit, pledges=pledges), notices=notices, others=others)
