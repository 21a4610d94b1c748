"""A content folder as the office's tools need it: right, and each unit with the data and the bytes of its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from gazette.messages.problems import ContentError
from gazette.model.content import SharedContent, UnitFile
from gazette.model.fields import Languages
from gazette.reading.loader import LoadedContent, load_shared
from gazette.reading.unit_loader import UnitSource, load_unit
from gazette.reading.yaml_parser import compose


class OpenUnit(msgspec.Struct, frozen=True):
    """A unit with its file: where it lies, its bytes, and its data (mappings, lists and texts)."""

    file: UnitFile
    path: Path
    bytes: bytes
    data: dict[str, Any]

    @property
    def id(self) -> str:
        return self.file.id

    @property
    def pledges(self) -> list[dict[str, Any]]:
        """The data of its pledges."""
        found: list[dict[str, Any]] = self.data["pledges"]
        return found

    def name(self, language: str) -> str:
        """What the unit is called in a language of the site."""
        return self.file.unit.name[language]


class OpenContent(msgspec.Struct, frozen=True):
    """A content folder in which nothing is wrong. The units come in their official order."""

    loaded: LoadedContent
    shared: SharedContent
    units: dict[str, OpenUnit]

    @property
    def languages(self) -> Languages:
        """The languages of the site."""
        return self.shared.languages


def open_content(root: Path) -> OpenContent:
    """The content folder `root`. Raises ContentError with everything that is wrong in it."""
    loaded = load_shared(root)
    paths = {path.stem: path for path in loaded.units}
    units = []
    for source, _ in loaded.open_units():
        unit_file = load_unit(loaded.diagnostics, source, loaded.known, loaded.languages, _as_of(loaded))
        if unit_file is not None:
            units.append(_opened(loaded, source, unit_file, paths[source.id]))
    if loaded.diagnostics.problems or loaded.content is None:
        raise ContentError(loaded.diagnostics.problems)
    units.sort(key=lambda each: (each.file.unit.order, each.id))
    return OpenContent(loaded, loaded.content, {unit.id: unit for unit in units})


def checked_again(content: OpenContent, unit: OpenUnit, data: bytes) -> UnitFile | None:
    """A unit's file with other bytes, decoded and checked as a build does it; what is wrong is on the diagnostics."""
    loaded = content.loaded
    source = UnitSource(unit.id, unit.file.path, data)
    return load_unit(loaded.diagnostics, source, loaded.known, loaded.languages, _as_of(loaded))


def _as_of(loaded: LoadedContent) -> Any:
    return loaded.content.site.as_of if loaded.content else None


def _opened(loaded: LoadedContent, source: UnitSource, unit_file: UnitFile, path: Path) -> OpenUnit:
    data = compose(source.path, loaded.diagnostics.texts[source.path]).data()
    return OpenUnit(unit_file, path, source.data, data)
