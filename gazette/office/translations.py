"""The keeping of translations: which are older than their source, and the marking of those that were looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.messages.problems import ContentError, Problem
from gazette.model.content import UnitFile
from gazette.model.translations import Pair, pairs_of, texts_of
from gazette.office.record_files import RecordFile, write_records
from gazette.reading.loader import LoadedContent
from gazette.reading.location import Location
from gazette.reading.translations import FOLDER, format_pairs
from gazette.reading.unit_loader import UnitSource, load_unit, read_pairs


class StaleTranslation(NamedTuple):
    """A translation that is older than its source: where it stands (`path:line:column`), the unit, the text, the
    language."""

    place: str
    unit: str
    key: str
    language: str


def stale_translations(settings: Settings) -> list[StaleTranslation]:
    """All of them, in order of file and line. Raises ContentError where the content is wrong."""
    opened = open_content(settings, open_cache(settings))
    found = [
        (unit_file.path, place.line, place.column, unit_file.id, text.key, text.language)
        for unit_file, _ in _units(opened)
        for text in unit_file.stale
        for place in (Location(opened.diagnostics, unit_file.path, text.loc).node,)
    ]
    return [StaleTranslation(f"{path}:{line}:{column}", *rest) for path, line, column, *rest in sorted(found)]


def mark_reviewed(settings: Settings, ids: Collection[str]) -> int:
    """What the units and pledges `ids` say now is right in every language. Returns how many texts that was news of.
    Raises ContentError where the content is wrong, or an id is nobody's: then nothing is written."""
    opened = open_content(settings, open_cache(settings))
    units = list(_units(opened))
    known = {owner for unit_file, _ in units for owner in _owners(unit_file)}
    unknown = [id for id in ids if id not in known]
    if unknown:
        raise ContentError([Problem.at("build.py", 0, 0, "translations_unknown", found=id) for id in unknown])
    found = [new for unit_file, source in units if (new := right_pairs(opened, source, unit_file, ids)) is not None]
    write_records(opened.diagnostics.root, found)
    return sum(each.new for each in found)


def right_pairs(
    opened: LoadedContent, source: UnitSource, unit_file: UnitFile, ids: Collection[str] = ()
) -> RecordFile | None:
    """What a unit says now, kept as right: all of it that is not stale, or what the units and pledges `ids` say. None
    where it is known."""
    file = source.beside.get(FOLDER)
    before = read_pairs(opened.diagnostics, file) if file else frozenset()
    stale = {(text.key, text.language) for text in unit_file.stale}
    now = {
        pair
        for owner, pair in _pairs(unit_file, opened.languages)
        if owner in ids or (not ids and (pair.key, pair.language) not in stale)
    }
    return RecordFile.of(f"{FOLDER}/{source.id}.tsv", file, format_pairs(before | now), len(now - before))


def _units(opened: LoadedContent) -> Iterator[tuple[UnitFile, UnitSource]]:
    """Every unit with its files. Raises ContentError where one is wrong."""
    sources = [source for source, _ in opened.open_units()]
    units = [
        (load_unit(opened.diagnostics, source, opened.known, opened.languages, None), source) for source in sources
    ]
    if opened.diagnostics.problems:
        raise ContentError(opened.diagnostics.problems)
    yield from ((unit_file, source) for unit_file, source in units if unit_file is not None)


def _owners(unit_file: UnitFile) -> Iterable[str]:
    return (unit_file.id, *(pledge.id for pledge in unit_file.unit.pledges))


def _pairs(unit_file: UnitFile, languages: tuple[str, ...]) -> Iterator[tuple[str, Pair]]:
    for text in texts_of(unit_file.id, unit_file.unit):
        yield from ((text.owner, pair) for pair in pairs_of(text, languages))
