"""Lists the files that a content folder may hold, and reports misplaced ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gazette.lazy_re import pattern
from gazette.messages.problems import reason_of
from gazette.model.forms.values import ID_LIMIT, ID_PATTERN, RESERVED
from gazette.model.records.editions import FOLDER as EDITIONS
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.files.listing import (
    ALL_FOLDERS,
    BESIDE,
    FOLDERS,
    NOTICES,
    OF_EDITIONS,
    OF_NOTICES,
    OF_SHARED,
    OF_SITE,
    PUBLISHED,
    REGISTER,
    TRANSLATIONS,
    Listing,
)

FILES = ("site.yaml", "words.yaml", "themes.yaml", "programmes.yaml", "glossary.yaml")
OPTIONAL = ("tables.yaml", "publish.yaml", "links.tsv")
"""Files that a content folder may have."""

_UNIT = pattern(rf"{ID_PATTERN}\.yaml")
_YAML = pattern(r"(.+?)(\.ya?ml)+(\.txt|\.bak)?\Z", re.I)


def check_places(diagnostics: Diagnostics, listing: Listing) -> None:
    """Report misplaced files in the content folder, and folders that are missing or cannot be listed."""
    for path, error in listing.unread():
        diagnostics.report_file(path, "folder_unreadable", reason=reason_of(error))
    for path in listing.visible():
        if path.name not in (*FILES, *OPTIONAL, *ALL_FOLDERS, EDITIONS):
            expected = ", ".join((*FILES, *(f"{name}/" for name in ALL_FOLDERS)))
            _misplaced(diagnostics, listing, path, FILES, expected)
    for name in FOLDERS:
        if listing.kind(listing.root / name) != "folder":
            diagnostics.report_file(listing.root / name, "folder_missing", found=name)
    others = [listing.root / TRANSLATIONS / f"{name}.tsv" for name in (OF_SHARED, OF_NOTICES)]
    others.append(listing.root / PUBLISHED / f"{OF_SITE}.tsv")
    others.append(listing.root / REGISTER / f"{OF_EDITIONS}.tsv")
    for path in (each for name in BESIDE for each in listing.visible(name) if each not in others):
        if listing.kind(path) != "file" or path.suffix != ".tsv" or not re.fullmatch(ID_PATTERN, path.stem):
            _misplaced(diagnostics, listing, path, (), "<id>.tsv")


def _misplaced(diagnostics: Diagnostics, listing: Listing, path: Path, names: tuple[str, ...], expected: str) -> None:
    """Report a file as misplaced or, if only its extension is wrong, with the right name. `names` are the names
    allowed; () allows any id."""
    meant = _YAML.sub(r"\1.yaml", path.name)
    if listing.kind(path) == "file" and meant != path.name and (meant in names or not names):
        diagnostics.report_file(path, "file_ending", likely=meant)
    else:
        diagnostics.report_file(path, "file_place", expected=expected)


def unit_files(diagnostics: Diagnostics, listing: Listing) -> Iterator[Path]:
    """The files of the units. Reports each file with a wrong extension or name, and leaves it out."""
    paths = listing.visible("districts")
    folder = listing.root / "districts"
    if not paths and listing.kind(folder) == "folder" and folder not in dict(listing.unread()):
        diagnostics.report_file(folder, "folder_empty")
    yield from _named_by_id(diagnostics, listing, paths, "jiangxia")


def notice_files(diagnostics: Diagnostics, listing: Listing) -> Iterator[Path]:
    """The files of the notices, chosen like `unit_files`. None if there is no such folder."""
    yield from _named_by_id(diagnostics, listing, listing.visible(NOTICES), "closing-2017-76")


def _named_by_id(diagnostics: Diagnostics, listing: Listing, paths: list[Path], like: str) -> Iterator[Path]:
    """Those of `paths` whose name is an id, such as `like`. Reports the others."""
    for path in paths:
        name, is_file = path.name, listing.kind(path) == "file"
        if _stem(path).lower() in RESERVED:
            values: dict[str, object] = {"found": _stem(path), "likely": f"{_stem(path).lower()}-1.yaml"}
            diagnostics.report_file(path, "file_reserved", **values)
            continue
        if len(name) <= ID_LIMIT and _UNIT.fullmatch(name) and is_file:
            yield path
            continue
        stem = _stem(path)
        if (is_file and stem != path.name and not re.fullmatch(ID_PATTERN, stem)) or len(stem) > ID_LIMIT:
            example = stem.lower() if re.fullmatch(ID_PATTERN, stem.lower()) and len(stem) <= ID_LIMIT else like
            values = {"found": path.name, "example": f"{example}.yaml", "limit": ID_LIMIT}
            diagnostics.report_file(path, "file_name", **values)
        elif path.suffix != ".yaml" or path.name != f"{stem}.yaml" or listing.kind(path) == "folder":
            _misplaced(diagnostics, listing, path, (), "<id>.yaml")
        else:
            yield path


def _stem(path: Path) -> str:
    """The name of a unit's file without its extension, even a wrong one."""
    return _YAML.sub(r"\1", path.name)


def units_meant(listing: Listing) -> frozenset[str] | None:
    """The ids of the units, including misnamed files, which are reported elsewhere. None if there are none."""
    ids = [_stem(path).lower() for path in listing.visible("districts")]
    return frozenset(ids) if ids else None
