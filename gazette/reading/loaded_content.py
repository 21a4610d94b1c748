"""Holds an opened content folder: the shared content, and access to its units and notices."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec.structs import replace

from gazette.files.walk import Stat
from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.records.notices import NoticeFile
from gazette.model.records.publications import Publications
from gazette.model.records.site import Bulletin
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.evidence_files import digests_of, named_in
from gazette.reading.file_reader import read_file
from gazette.reading.files.listing import OF_EDITIONS, Listing
from gazette.reading.other_units import units_named
from gazette.reading.published.register import FOLDER as REGISTER
from gazette.reading.published.register import published_ids
from gazette.reading.unit_loader import SourceFile, UnitSource, load_unit, read_register, with_lines_left
from gazette.reading.validation.units import Known


class Shared(msgspec.Struct, frozen=True):
    """The content of the shared files.

    `content` is None if one of them is faulty; units can still be checked with what is `known`. `digest` covers the
    files except the reference date and the editions.
    """

    content: SharedContent | None
    known: Known
    languages: tuple[str, ...]
    digest: str


class LoadedContent(msgspec.Struct, frozen=True, dict=True):
    """A content folder whose shared files have been read.

    `units` are the units' files; `notices` are all notices, None if one cannot be read; `published` are the publication
    records of the pages that all units share; `left` are the record lines of units that no longer exist, `{id: lines}`.
    All problems are in `diagnostics`.
    """

    diagnostics: Diagnostics
    listing: Listing
    shared: Shared
    units: tuple[Path, ...]
    notices: tuple[NoticeFile, ...] | None = ()
    published: Publications = {}
    left: Mapping[str, bytes] = {}

    @property
    def content(self) -> SharedContent | None:
        """The shared content; None if one of its files is faulty."""
        return self.shared.content

    @property
    def known(self) -> Known:
        """What checks of units may rely on."""
        return self.shared.known

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the site's languages; empty if the settings cannot be read."""
        return self.shared.languages

    def of_issue(self, issue: Bulletin) -> LoadedContent:
        """The same content with `issue` as the bulletin's number and date."""
        content = self.shared.content
        if content is None:
            return self
        content = replace(content, site=replace(content.site, bulletin=issue))
        return replace(self, shared=replace(self.shared, content=content))

    def open_units(
        self, is_wanted: Callable[[Path], bool] = lambda _: True
    ) -> Iterator[tuple[UnitSource, tuple[Stat, ...]]]:
        """Read the files of each wanted unit, one unit at a time. Yields the source, and the states of its files when
        read, those of other units last. Unreadable files become problems."""
        for path in filter(is_wanted, self.units):
            beside_files: dict[str, SourceFile] = {}
            stats = []
            for each in self.listing.of_unit(path):
                if (read := read_file(self.diagnostics, each)) is None:
                    break
                beside_files[each.parent.name] = SourceFile(*read[:2])
                stats.append(read[2])
            else:
                unit_source = beside_files.pop(path.parent.name)
                beside_files |= with_lines_left(self.left, path.stem, unit_source, beside_files)
                others = self._others(path.stem, unit_source.data)
                source = UnitSource(
                    id=path.stem,
                    path=unit_source.path,
                    data=unit_source.data,
                    beside=beside_files,
                    notices=self.notices_of(path.stem),
                    files=digests_of(named_in(unit_source.data), self.known.files),
                    others=tuple(each for each, _ in others),
                )
                yield source, (*stats, *(stat for _, stat in others))

    def sources(self) -> Iterator[UnitSource]:
        """Yield the files of every unit, as `open_units` reads them."""
        return (source for source, _ in self.open_units())

    def load_units(self, as_of: datetime.date | None = None) -> Iterator[tuple[UnitSource, UnitFile | None]]:
        """Yield every unit: its files, and its record, decoded and checked by itself against the day `as_of`; None
        where it cannot be read. All problems are on the `diagnostics` when the last unit has come."""
        for source in self.sources():
            yield source, load_unit(self.diagnostics, source, self.known, self.languages, as_of)

    def _others(self, unit: str, data: bytes) -> list[tuple[UnitSource, Stat]]:
        """The other units whose pledges the file of a unit may mention, by id, each with the state of its file.
        Unreadable ones are left out; they are reported as units of their own."""
        others: dict[str, tuple[UnitSource, Stat]] = {}
        followed, joint = units_named(data)
        todo = [*followed]
        while todo:
            id = todo.pop()
            if id not in others and id != unit and (other := self._other(id)):
                others[id] = other
                todo += units_named(other[0].data).followed
        others |= {id: other for id in joint - {*others, unit} if (other := self._other(id))}
        return [others[id] for id in sorted(others)]

    def _other(self, id: str) -> tuple[UnitSource, Stat] | None:
        path = self._paths.get(id)
        if path is None:
            return None
        try:
            data, stat = self.listing.read(path)
        except OSError:
            return None
        return UnitSource(id, self.diagnostics.display(path), data, {}, self.notices_of(id)), stat

    @cached_property
    def _paths(self) -> dict[str, Path]:
        return {path.stem: path for path in self.units}

    def files_of(self, path: Path, others: Iterable[str]) -> tuple[Path, ...]:
        """The files of a unit, then those of the `others` that exist."""
        return *self.listing.of_unit(path), *(self._paths[id] for id in sorted(others) if id in self._paths)

    def notices_of(self, unit: str) -> tuple[NoticeFile, ...] | None:
        """The notices that name a pledge of the unit; None if any notice cannot be read."""
        return None if self.notices is None else self._by_unit.get(unit, ())

    @cached_property
    def _by_unit(self) -> dict[str, tuple[NoticeFile, ...]]:
        notices: dict[str, tuple[NoticeFile, ...]] = {}
        for file in self.notices or ():
            for unit in file.units:
                notices[unit] = (*notices.get(unit, ()), file)
        return notices

    def published_of_none(self) -> dict[str, tuple[str, ...]]:
        """`{path of a register: ids}` of published ids whose unit has no file."""
        units, ids = {OF_EDITIONS, *(path.stem for path in self.units)}, {}
        for path in self.listing.visible(REGISTER):
            is_other = (
                path.stem not in (*units, OF_EDITIONS) and path.suffix == ".tsv" and self.listing.kind(path) == "file"
            )
            if is_other and (read := read_file(self.diagnostics, path)):
                register = read_register(self.diagnostics, SourceFile(*read[:2]))
                ids[read[0]] = tuple(published_ids(register or {}))
        return ids
