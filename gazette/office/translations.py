"""Lists translations that are missing or older than their source, and records those that were reviewed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.messages.problems import COMMAND, ContentError, Problem
from gazette.model.records.content import UnitFile
from gazette.model.translated.shared_texts import SharedText, notice_texts, shared_texts
from gazette.model.translated.translations import Pair, pairs_of, texts_of
from gazette.office.content import OpenContent, OpenUnit
from gazette.office.record_files import RecordFile, write_records
from gazette.office.translated import Part, Translation, translations_of
from gazette.reading.files.listing import OF_NOTICES, OF_SHARED
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.published.kept_translations import GONE
from gazette.reading.shared_translations import records_of, right_of
from gazette.reading.translations import FOLDER, format_pairs
from gazette.reading.unit_loader import UnitSource, read_pairs


def translations(content: OpenContent, parts: Iterable[Part]) -> Iterator[Translation]:
    """Yield every translation of some parts of the content, in order of language and file."""
    by_part = [translations_of(content, part) for part in parts]
    for language in content.languages[1:]:
        yield from (each for of_part in by_part for each in of_part if each.language == language)


def unsettled(content: OpenContent, parts: Iterable[Part]) -> list[Translation]:
    """Return the translations of some parts that are missing or stale, in order of file and line."""
    pending = [each for each in translations(content, parts) if each.state != "fresh"]
    return sorted(pending, key=lambda each: (each.shown, each.spot, each.name, each.language))


def mark_reviewed(settings: Settings, ids: Collection[str]) -> int:
    """Record what the units and pledges `ids`, or the shared entries, articles and notices of these names, say now as
    right in every language. Return how many texts are new in the records.

    Raises ContentError, with nothing written, if the content is wrong or an id does not exist.
    """
    opened = open_content(settings, open_cache(settings))
    units = list(_units(opened))
    known_ids = {owner for unit_file, _ in units for owner in _owners(unit_file)}
    known_ids |= {name for _, text in _shared(opened) for name in _names(text)}
    unknown = [id for id in ids if id not in known_ids]
    if unknown:
        raise ContentError([Problem.at(COMMAND, 0, 0, "translations_unknown", found=id) for id in unknown])
    records = [new for unit_file, source in units if (new := right_pairs(opened, source, unit_file, ids)) is not None]
    records += right_shared_pairs(opened, ids)
    write_records(opened.diagnostics.root, records)
    return sum(each.new for each in records)


# ── units ────────────────────────────────────────────────────────────────────


def right_pairs(
    opened: LoadedContent, source: UnitSource, unit_file: UnitFile, ids: Collection[str] = ()
) -> RecordFile | None:
    """Return the records with what a unit says now as right: all that is not stale, or only what the units and pledges
    `ids` say. None if that adds nothing."""
    stale = {(text.key, text.language) for text in unit_file.stale}
    now = {
        pair
        for owner, pair in _pairs(unit_file, opened.languages)
        if owner in ids or (not ids and (pair.key, pair.language) not in stale)
    }
    return _records(opened, source, now)[0]


def kept_right(
    content: OpenContent, unit: OpenUnit, unit_file: UnitFile, texts: Collection[tuple[str, str]]
) -> tuple[RecordFile | None, set[tuple[str, str]]]:
    """Return the records with what some `texts` (key, language) of a unit say in its new file as right, or None if that
    adds nothing; and the texts that are new in them."""
    now = {pair for _, pair in _pairs(unit_file, content.languages) if (pair.key, pair.language) in texts}
    record, news = _records(content.opened, unit.source, now)
    return record, {(pair.key, pair.language) for pair in news}


def _records(opened: LoadedContent, source: UnitSource, now: set[Pair]) -> tuple[RecordFile | None, set[Pair]]:
    """Return the records of a unit with some pairs added, and which of these are new."""
    file = source.beside.get(FOLDER)
    before = read_pairs(opened.diagnostics, file) if file else frozenset()
    new = now - before
    return RecordFile.of(f"{FOLDER}/{source.id}.tsv", file, format_pairs(before | now), len(new)), new


def _units(opened: LoadedContent) -> Iterator[tuple[UnitFile, UnitSource]]:
    """Yield every unit with its files. Raises ContentError if one is wrong."""
    units = [(unit_file, source) for source, unit_file in opened.load_units()]
    wrong = [problem for problem in opened.diagnostics.problems if problem.code != GONE]
    if wrong:
        raise ContentError(wrong)
    yield from ((unit_file, source) for unit_file, source in units if unit_file is not None)


def _owners(unit_file: UnitFile) -> Iterable[str]:
    return (unit_file.id, *(pledge.id for pledge in unit_file.unit.pledges))


def _pairs(unit_file: UnitFile, languages: tuple[str, ...]) -> Iterator[tuple[str, Pair]]:
    for text in texts_of(unit_file.id, unit_file.unit):
        yield from ((text.owner, pair) for pair in pairs_of(text, languages))


# ── texts outside units' files ───────────────────────────────────────────────


def right_shared_pairs(opened: LoadedContent, ids: Collection[str] = ()) -> list[RecordFile]:
    """Return the records of texts outside units' files with what they say now as right: all that is not stale, or only
    what is named in `ids`."""
    now: dict[str, set[Pair]] = {}
    for records, text in _shared(opened):
        if text.pair and ((ids and _names(text) & {*ids}) or (not ids and not text.is_stale)):
            now.setdefault(records, set()).add(text.pair)
    changed = (kept_shared(opened, records, pairs)[0] for records, pairs in now.items())
    return [each for each in changed if each is not None]


def kept_shared(opened: LoadedContent, records: str, now: set[Pair]) -> tuple[RecordFile | None, set[Pair]]:
    """Return the file `records` (its name) of such texts with some pairs added, and which of these are new."""
    file, before = records_of(opened.diagnostics, records), right_of(opened.diagnostics, records)
    new = now - before
    return RecordFile.of(f"{FOLDER}/{records}.tsv", file, format_pairs(before | now), len(new)), new


def _shared(opened: LoadedContent) -> Iterator[tuple[str, SharedText]]:
    """Yield every text outside units' files, with the name of its records."""
    if opened.content is not None:
        for text in shared_texts(opened.content, right_of(opened.diagnostics, OF_SHARED)):
            yield OF_SHARED, text
    right = right_of(opened.diagnostics, OF_NOTICES)
    for file in opened.notices or ():
        yield from ((OF_NOTICES, text) for text in notice_texts(file, opened.languages, right))


def _names(text: SharedText) -> set[str]:
    """Return the names that select a text: that of what it belongs to, and that of all of its kind."""
    return {text.text.owner, text.text.owner.partition(".")[0]}
