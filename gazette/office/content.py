"""A content folder as the office's tools need it: what all units share is right, and each unit with its files."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from gazette.messages.problems import ContentError, Problem
from gazette.model.records.content import SharedContent, UnitFile
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.files.listing import Listing
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.loader import load_shared
from gazette.reading.unit_loader import UnitSource, load_unit
from gazette.reading.validation.claims import check_together, claim_of
from gazette.reading.yaml.parser import compose


class Content(msgspec.Struct, frozen=True):
    """A content folder in which nothing is wrong that all units share."""

    opened: LoadedContent

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site."""
        return self.opened.languages

    @property
    def as_of(self) -> datetime.date | None:
        """The date that states are measured against."""
        return self.opened.content.site.as_of if self.opened.content else None

    def sources(self) -> dict[str, UnitSource]:
        """The files of the units, by id."""
        return {source.id: source for source in self.opened.sources()}

    def look(self, source: UnitSource) -> tuple[UnitFile | None, list[Problem]]:
        """A unit as its file has it, and what is wrong with it by itself."""
        diagnostics = self.afresh()
        return self.read(diagnostics, source), diagnostics.problems

    def read(self, diagnostics: Diagnostics, source: UnitSource) -> UnitFile | None:
        """A unit decoded and checked as a build does it; what is wrong is on the `diagnostics`."""
        return load_unit(diagnostics, source, self.opened.known, self.languages, self.as_of)

    def afresh(self) -> Diagnostics:
        """Diagnostics of this folder that nothing is on yet."""
        known = self.opened.diagnostics
        return Diagnostics(known.root, known.listing, known.fonts, texts={**known.texts})


class OpenUnit(msgspec.Struct, frozen=True):
    """A unit with its files: where its own lies, all of them as they were read, and the data of its own (mappings,
    lists and texts). `file` is None of a draft that is not filled in yet."""

    path: Path
    source: UnitSource
    data: dict[str, Any]
    file: UnitFile | None

    @property
    def id(self) -> str:
        return self.source.id

    @property
    def shown(self) -> str:
        """The path of its file as an editor types it."""
        return self.source.path

    @property
    def bytes(self) -> bytes:
        """What its file holds."""
        return self.source.data

    @property
    def pledges(self) -> list[dict[str, Any]]:
        """The data of its pledges."""
        found: list[dict[str, Any]] = self.data.get("pledges") or []
        return found

    @property
    def order(self) -> tuple[int, str]:
        """By which units are put in order: the official one, where a draft has it."""
        place = str(self.data.get("order") or "")
        return (int(place) if place.isdecimal() else 0), self.id

    def name(self, language: str) -> str:
        """What the unit is called in a language of the site; a draft without a name by its id."""
        return self._called("name", language) or self.id

    def short(self, language: str) -> str:
        """What it is called where there is little room."""
        return self._called("short", language) or self.name(language)

    def _called(self, field: str, language: str) -> str:
        names = self.data.get(field)
        return str(names.get(language) or "") if isinstance(names, dict) else ""


class OpenContent(Content, frozen=True):
    """A content folder in which nothing is wrong. The units come in their official order; `drafts` are those that are
    not filled in yet. `published` is what was published of units that are gone, by the path of the register."""

    shared: SharedContent
    units: dict[str, OpenUnit]
    drafts: tuple[OpenUnit, ...]
    published: Mapping[str, tuple[str, ...]]

    def problems_with(self, changed: Mapping[str, bytes]) -> tuple[list[Problem], list[Problem]]:
        """What `check` would tell, had the files of some units (by id) other bytes: of each of these by itself, and of
        the units against each other."""
        diagnostics, claims = self.afresh(), {}
        for unit in sorted((*self.units.values(), *self.drafts), key=lambda each: each.id):
            new = changed.get(unit.id)
            file = unit.file if new is None else self.read(diagnostics, unit.source._replace(data=new))
            if file is not None:
                claims[file.id] = claim_of(file)
        own = len(diagnostics.problems)
        check_together(diagnostics, claims, self.published)
        return diagnostics.problems[:own], diagnostics.problems[own:]


def open_shared(root: Path) -> Content:
    """The content folder `root`, which may have no unit yet, and units with mistakes. Raises ContentError where what
    all units share is wrong."""
    opened = load_shared(root)
    problems = [problem for problem in opened.diagnostics.problems if problem.code != "folder_empty"]
    if problems or not opened.languages:
        raise ContentError(problems)
    return Content(opened)


def open_content(root: Path | Listing) -> OpenContent:
    """The content folder `root`, or what was seen of it. Raises ContentError with everything that is wrong in it."""
    opened = load_shared(root)
    content, diagnostics = Content(opened), opened.diagnostics
    paths, units = {path.stem: path for path in opened.units}, []
    for source, file in opened.load_units(content.as_of):
        if not diagnostics.problems:
            data = compose(source.path, diagnostics.texts[source.path]).data()
            units.append(OpenUnit(paths[source.id], source, data, file))
    published = opened.published_of_none()
    if diagnostics.problems or opened.content is None:
        raise ContentError(diagnostics.problems)
    units.sort(key=lambda each: each.order)
    ready = {unit.id: unit for unit in units if unit.file is not None}
    found = OpenContent(opened, opened.content, ready, tuple(unit for unit in units if unit.file is None), published)
    _, problems = found.problems_with({})
    if problems:
        raise ContentError(problems)
    return found
