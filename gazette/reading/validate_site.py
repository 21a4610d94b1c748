"""The question whether the settings of a site and its lists of themes, programmes and terms fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from gazette.messages.problems import Loc
from gazette.model.base_address import NotABase, base_address
from gazette.model.shared_records import Programme, Term, Theme
from gazette.model.site_records import Site
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.languages import faults
from gazette.reading.references import check_known, check_links
from gazette.reading.validate import Known, check_not_before

SETTINGS_OF_A_RELEASE = ("as_of", "statements_date", "base_url", "publisher.name", "publisher.contact")


def check_site(diagnostics: Diagnostics, site: Site, known: Known, release: bool) -> None:
    """The settings; for a release also those that must be filled in."""
    path = diagnostics.display(diagnostics.root / "site.yaml")
    for setting in SETTINGS_OF_A_RELEASE if release else ():
        value: Any = site
        for name in setting.split("."):
            value = getattr(value, name)
        if value is None:
            diagnostics.report_at(path, tuple(setting.split(".")), "release_setting", found=setting)
    _check_settings(diagnostics, site, path, known)


def check_entries(
    diagnostics: Diagnostics, files: Mapping[str, tuple[Theme | Programme | Term, ...] | None], known: Known
) -> None:
    """Themes, programmes and glossary, by the name of their file."""
    for name, entries in files.items():
        if not entries:
            continue
        path = diagnostics.display(diagnostics.root / f"{name}.yaml")
        _check_unique(diagnostics, path, [entry.id for entry in entries])
        _check_former_entries(diagnostics, path, entries)
        check_links(diagnostics, path, [((position,), entry) for position, entry in enumerate(entries)], known.terms)
        for position, entry in enumerate(entries):
            for place, id in enumerate(getattr(entry, "see", ())):
                check_known(diagnostics, path, (position, "see", place), "unknown_term", id, known.terms)


def _check_former_entries(diagnostics: Diagnostics, path: str, entries: tuple[Theme | Programme | Term, ...]) -> None:
    """The ids that entries had before: each leads to one of them."""
    owners: dict[str, Loc] = {entry.id: (position, "id") for position, entry in enumerate(entries)}
    for position, entry in enumerate(entries):
        for index, id in enumerate(entry.formerly):
            place: Loc = (position, "formerly", index)
            if id in owners:
                other = f"{path}:{diagnostics.node(path, owners[id]).line}"
                diagnostics.report_at(path, place, "former_taken", found=id, other=other)
            owners.setdefault(id, place)


def _check_settings(diagnostics: Diagnostics, site: Site, path: str, known: Known) -> None:
    _check_base_url(diagnostics, path, site.base_url)
    _check_languages(diagnostics, path, site)
    check_not_before(diagnostics, path, ("as_of",), "as_of_early", site.as_of, site.statements_date)
    if site.bulletin is not None:
        since = site.as_of or site.statements_date
        check_not_before(diagnostics, path, ("bulletin", "date"), "issue_early", site.bulletin.date, since)
    try:
        ZoneInfo(site.timezone)
    except Exception:  # zoneinfo raises several unrelated kinds for a bad name
        diagnostics.report_at(path, ("timezone",), "timezone", found=site.timezone)
    check_links(diagnostics, path, [((), site)], known.terms)
    taken: dict[tuple[int, int], str] = {}
    for position, tile in enumerate(site.tiles):
        units = None if known.units is None else dict.fromkeys(known.units, ())
        check_known(diagnostics, path, ("tiles", position, "unit"), "unknown_unit", tile.unit, units)
        place = (tile.column, tile.row)
        if place in taken:
            values = {"column": tile.column, "row": tile.row, "other": taken[place]}
            diagnostics.report_at(path, ("tiles", position), "tile_taken", **values)
        taken.setdefault(place, tile.unit)


def _check_base_url(diagnostics: Diagnostics, path: str, url: str | None) -> None:
    if url is None:
        return
    try:
        base_address(url)
    except NotABase as error:
        diagnostics.report_at(path, ("base_url",), error.code, found=url)


def _check_languages(diagnostics: Diagnostics, path: str, site: Site) -> None:
    codes: set[str] = set()
    tags: set[str] = set()
    for position, language in enumerate(site.languages):
        loc: Loc = ("languages", position)
        if language.code in codes:
            diagnostics.report_at(path, (*loc, "code"), "duplicate_language", found=language.code)
        elif language.tag.lower() in tags:
            diagnostics.report_at(path, (*loc, "tag"), "duplicate_tag", found=language.tag)
        codes.add(language.code)
        tags.add(language.tag.lower())
        for name, code, values in faults(language):
            diagnostics.report_at(path, (*loc, name), code, **values)


def _check_unique(diagnostics: Diagnostics, path: str, ids: list[str]) -> None:
    first: dict[str, int] = {}
    for position, id in enumerate(ids):
        if id in first:
            other = f"{path}:{diagnostics.node(path, (first[id], 'id')).line}"
            diagnostics.report_at(path, (position, "id"), "duplicate_entry", found=id, other=other)
        first.setdefault(id, position)
