"""The keeping of translations: which are older than their source, and the marking of those that were looked at."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Literal, NamedTuple

from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.messages.problems import ContentError, Problem
from gazette.model.content import UnitFile
from gazette.model.translations import Pair, pairs_of, texts_of
from gazette.office.content import OpenContent, OpenUnit
from gazette.office.file_texts import FileText, texts_of_file
from gazette.office.record_files import RecordFile, write_records
from gazette.reading.loader import LoadedContent
from gazette.reading.translations import FOLDER, format_pairs
from gazette.reading.unit_loader import UnitSource, load_unit, read_pairs

State = Literal["missing", "stale", "fresh"]
"""What a translation is like: not there (in a draft), older than its source, or neither."""


class Translation(NamedTuple):
    """A text of a unit that says something in the source, what its translation into `language` is like, and where that
    stands or should stand (line and column)."""

    unit: OpenUnit
    text: FileText
    language: str
    state: State
    spot: tuple[int, int]

    @property
    def place(self) -> str:
        """`path:line:column`, as an editor types it."""
        return f"{self.unit.shown}:{self.spot[0]}:{self.spot[1]}"


def translations(content: OpenContent, units: Iterable[OpenUnit]) -> Iterator[Translation]:
    """Every translation of some units, in order of language and file."""
    source, *others = content.languages
    found = [(unit, list(texts_of_file(unit))) for unit in units]
    for language in others:
        for unit, texts in found:
            stale = {each.loc for each in unit.file.stale} if unit.file else set()
            for text in texts:
                if source in text.said:
                    loc = (*text.loc, language)
                    state: State = "missing" if language not in text.said else "stale" if loc in stale else "fresh"
                    node = content.opened.diagnostics.node(unit.shown, loc)
                    yield Translation(unit, text, language, state, (node.line, node.column))


def unsettled(content: OpenContent, units: Iterable[OpenUnit]) -> list[Translation]:
    """The translations of some units that are missing or stale, in order of file and line."""
    found = [each for each in translations(content, units) if each.state != "fresh"]
    return sorted(found, key=lambda each: (each.unit.shown, each.spot, each.text.key, each.language))


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
    """What some `texts` (key, language) of a unit say in its file as it is to be, kept as right; None where it is
    known. And those of which that is news."""
    now = {pair for _, pair in _pairs(unit_file, content.languages) if (pair.key, pair.language) in texts}
    record, news = _records(content.opened, unit.source, now)
    return record, {(pair.key, pair.language) for pair in news}


def _records(opened: LoadedContent, source: UnitSource, now: set[Pair]) -> tuple[RecordFile | None, set[Pair]]:
    """The records of a unit with some pairs, and which of these are new."""
    file = source.beside.get(FOLDER)
    before = read_pairs(opened.diagnostics, file) if file else frozenset()
    new = now - before
    return RecordFile.of(f"{FOLDER}/{source.id}.tsv", file, format_pairs(before | now), len(new)), new


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
