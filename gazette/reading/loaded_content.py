"""A content folder that was opened: what every page shares, and the way to its units and notices."""

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
    """What was read from the files that all units share. `content` is None where one of them is wrong; the units can
    still be looked at with what is `known`. `digest` is that of the files (apart from the date that states are measured
    against, and from the editions)."""

    content: SharedContent | None
    known: Known
    languages: tuple[str, ...]
    digest: str


class LoadedContent(msgspec.Struct, frozen=True, dict=True):
    """A content folder whose shared files are read. `units` are the files of the units, as `listing` has them;
    `notices` all that are right, None where one of them cannot be read; `published` the records of the publication of
    the pages that all units share; `left` those of units that are there no longer (by id), as lines. All problems are
    on the `diagnostics`."""

    diagnostics: Diagnostics
    listing: Listing
    shared: Shared
    units: tuple[Path, ...]
    notices: tuple[NoticeFile, ...] | None = ()
    published: Publications = {}
    left: Mapping[str, bytes] = {}

    @property
    def content(self) -> SharedContent | None:
        return self.shared.content

    @property
    def known(self) -> Known:
        return self.shared.known

    @property
    def languages(self) -> tuple[str, ...]:
        return self.shared.languages

    def of_issue(self, issue: Bulletin) -> LoadedContent:
        """The same content, whose bulletin comes out as an `issue`."""
        content = self.shared.content
        if content is None:
            return self
        content = replace(content, site=replace(content.site, bulletin=issue))
        return replace(self, shared=replace(self.shared, content=content))

    def open_units(
        self, is_wanted: Callable[[Path], bool] = lambda _: True
    ) -> Iterator[tuple[UnitSource, tuple[Stat, ...]]]:
        """The files of the units that are wanted, one unit after the other, with the state of each file when it was
        read, those of other units last. Those that cannot be read are problems."""
        for path in filter(is_wanted, self.units):
            found: dict[str, SourceFile] = {}
            stats = []
            for each in self.listing.of_unit(path):
                if (read := read_file(self.diagnostics, each)) is None:
                    break
                found[each.parent.name] = SourceFile(*read[:2])
                stats.append(read[2])
            else:
                own = found.pop(path.parent.name)
                found |= with_lines_left(self.left, path.stem, own, found)
                beside = self.notices_of(path.stem), digests_of(named_in(own.data), self.known.files)
                others = self._others(path.stem, own.data)
                source = UnitSource(path.stem, own.path, own.data, found, *beside, tuple(each for each, _ in others))
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
        """The other units that the file of a unit may tell pledges of, by their ids, each with the state of its file.
        What cannot be read is told by itself."""
        found: dict[str, tuple[UnitSource, Stat]] = {}
        followed, joint = units_named(data)
        todo = [*followed]
        while todo:
            id = todo.pop()
            if id not in found and id != unit and (other := self._other(id)):
                found[id] = other
                todo += units_named(other[0].data).followed
        found |= {id: other for id in joint - {*found, unit} if (other := self._other(id))}
        return [found[id] for id in sorted(found)]

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
        """The file of a unit and those that are read with it, then those of some other units that are there."""
        return *self.listing.of_unit(path), *(self._paths[id] for id in sorted(others) if id in self._paths)

    def notices_of(self, unit: str) -> tuple[NoticeFile, ...] | None:
        """The notices that name a pledge of a unit; None where one of all notices cannot be read."""
        return None if self.notices is None else self._by_unit.get(unit, ())

    @cached_property
    def _by_unit(self) -> dict[str, tuple[NoticeFile, ...]]:
        found: dict[str, tuple[NoticeFile, ...]] = {}
        for file in self.notices or ():
            for unit in file.units:
                found[unit] = (*found.get(unit, ()), file)
        return found

    def published_of_none(self) -> dict[str, tuple[str, ...]]:
        """The ids that were published by units whose file is not there, by the path of the register that says so."""
        units, found = {OF_EDITIONS, *(path.stem for path in self.units)}, {}
        for path in self.listing.visible(REGISTER):
            is_other = (
                path.stem not in (*units, OF_EDITIONS) and path.suffix == ".tsv" and self.listing.kind(path) == "file"
            )
            if is_other and (read := read_file(self.diagnostics, path)):
                register = read_register(self.diagnostics, SourceFile(*read[:2]))
                found[read[0]] = tuple(published_ids(register or {}))
        return found
