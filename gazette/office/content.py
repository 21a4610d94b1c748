"""Opens a content folder for the office's tools: with valid shared content, and each unit with its files."""

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
    """A content folder whose shared content is valid."""

    opened: LoadedContent

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the site's languages."""
        return self.opened.languages

    @property
    def as_of(self) -> datetime.date | None:
        """The day that states are measured against; None without one."""
        return self.opened.content.site.as_of if self.opened.content else None

    def sources(self) -> dict[str, UnitSource]:
        """Return the files of the units: `{id: source}`."""
        return {source.id: source for source in self.opened.sources()}

    def look(self, source: UnitSource) -> tuple[UnitFile | None, list[Problem]]:
        """Return a unit as its file has it, and the problems of this file alone."""
        diagnostics = self.afresh()
        return self.read(diagnostics, source), diagnostics.problems

    def read(self, diagnostics: Diagnostics, source: UnitSource) -> UnitFile | None:
        """Decode and check a unit as a build does. Problems are added to `diagnostics`."""
        return load_unit(diagnostics, source, self.opened.known, self.languages, self.as_of)

    def afresh(self) -> Diagnostics:
        """Return empty diagnostics of this folder."""
        shared = self.opened.diagnostics
        return Diagnostics(shared.root, shared.listing, shared.fonts, texts={**shared.texts})


class OpenUnit(msgspec.Struct, frozen=True):
    """A unit with its files: the path of its own, all of them as they were read, and the data of its own (mappings,
    lists and texts). `file` is None for a draft that is not filled in yet."""

    path: Path
    source: UnitSource
    data: dict[str, Any]
    file: UnitFile | None

    @property
    def id(self) -> str:
        """The id of the unit."""
        return self.source.id

    @property
    def shown(self) -> str:
        """The path of its file as an editor types it."""
        return self.source.path

    @property
    def bytes(self) -> bytes:
        """The bytes of its file."""
        return self.source.data

    @property
    def pledges(self) -> list[dict[str, Any]]:
        """The data of its pledges."""
        pledges: list[dict[str, Any]] = self.data.get("pledges") or []
        return pledges

    @property
    def order(self) -> tuple[int, str]:
        """The sort key of units: the official order, 0 for a draft without one, then the id."""
        stated = str(self.data.get("order") or "")
        return (int(stated) if stated.isdecimal() else 0), self.id

    def name(self, language: str) -> str:
        """Return its name in a language of the site; the id of a draft without a name."""
        return self._called("name", language) or self.id

    def short(self, language: str) -> str:
        """Return its short name; its name if it has none."""
        return self._called("short", language) or self.name(language)

    def _called(self, field: str, language: str) -> str:
        names = self.data.get(field)
        return str(names.get(language) or "") if isinstance(names, dict) else ""


class OpenContent(Content, frozen=True):
    """A content folder without problems. `units` are in their official order; `drafts` are those that are not filled in
    yet. `published` is what was published of units that no longer exist, by the path of the register."""

    shared: SharedContent
    units: dict[str, OpenUnit]
    drafts: tuple[OpenUnit, ...]
    published: Mapping[str, tuple[str, ...]]

    def problems_with(self, changed: Mapping[str, bytes]) -> tuple[list[Problem], list[Problem]]:
        """Return the problems that `check` would find if the files of some units (by id) had other bytes: those of the
        files alone, and those between units."""
        diagnostics, claims = self.afresh(), {}
        for unit in sorted((*self.units.values(), *self.drafts), key=lambda each: each.id):
            new = changed.get(unit.id)
            file = unit.file if new is None else self.read(diagnostics, unit.source._replace(data=new))
            if file is not None:
                claims[file.id] = claim_of(file)
        count = len(diagnostics.problems)
        check_together(diagnostics, claims, self.published)
        return diagnostics.problems[:count], diagnostics.problems[count:]


def open_shared(root: Path) -> Content:
    """Open the content folder `root`, which may have no unit yet, or units with problems. Raises ContentError if its
    shared content is wrong."""
    opened = load_shared(root)
    problems = [problem for problem in opened.diagnostics.problems if problem.code != "folder_empty"]
    if problems or not opened.languages:
        raise ContentError(problems)
    return Content(opened)


def open_content(root: Path | Listing) -> OpenContent:
    """Open the content folder `root`, or a listing of it. Raises ContentError with all of its problems."""
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
    content_with_units = OpenContent(
        opened, opened.content, ready, tuple(unit for unit in units if unit.file is None), published
    )
    _, problems = content_with_units.problems_with({})
    if problems:
        raise ContentError(problems)
    return content_with_units
