"""Checks a site's settings and its lists of themes, programmes and terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from gazette.messages.problems import ContentError, Problem
from gazette.model.forms.base_address import base_address
from gazette.model.forms.fields import InvalidValue
from gazette.model.records.shared import Programme, Term, Theme
from gazette.model.records.site import Site
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.validation.history import check_not_before
from gazette.reading.validation.languages import faults
from gazette.reading.validation.references import check_known, check_links
from gazette.reading.validation.units import Known

SETTINGS_OF_A_RELEASE = (
    *("as_of", "statements_date", "base_url"),
    *("publisher.name", "publisher.site_code", "publisher.contact", "licence_data"),
)

Entries = tuple[Theme | Programme | Term, ...]


def check_public(diagnostics: Diagnostics, units: int) -> None:
    """Raise ContentError if no unit is public: an empty site would replace the existing one."""
    if not units:
        raise ContentError([Problem.of_folder(diagnostics.display(diagnostics.root / "districts"), "nothing_public")])


# ── the settings ─────────────────────────────────────────────────────────────


def check_site(diagnostics: Diagnostics, site: Site, known: Known) -> None:
    """Report faulty settings; for a release also settings that must be filled in."""
    file = Location(diagnostics, diagnostics.display(diagnostics.root / "site.yaml"))
    for setting in SETTINGS_OF_A_RELEASE if known.release else ():
        value: Any = site
        for name in setting.split("."):
            value = getattr(value, name)
        if value is None:
            file.within(*setting.split(".")).report("release_setting", found=setting)
    _check_base_url(file.within("base_url"), site.base_url)
    _check_languages(file, site)
    check_not_before(file.within("as_of"), "as_of_early", site.as_of, site.statements_date)
    if site.bulletin is not None:
        since = site.as_of or site.statements_date
        check_not_before(file.within("bulletin", "date"), "issue_early", site.bulletin.date, since)
    _check_timezone(file.within("timezone"), site.timezone)
    check_links(file, [((), site)], known.terms)
    _check_tiles(file, site, known)


def _check_base_url(location: Location, url: str | None) -> None:
    if url is None:
        return
    try:
        base_address(url)
    except InvalidValue as error:
        location.report(error.code, found=url)


def _check_languages(file: Location, site: Site) -> None:
    """Report repeated codes or tags, and languages that do not fit their script or locale."""
    codes: set[str] = set()
    tags: set[str] = set()
    for position, language in enumerate(site.languages):
        location = file.within("languages", position)
        if language.code in codes:
            location.within("code").report("duplicate_language", found=language.code)
        elif language.tag.lower() in tags:
            location.within("tag").report("duplicate_tag", found=language.tag)
        codes.add(language.code)
        tags.add(language.tag.lower())
        for name, code, values in faults(language):
            location.within(name).report(code, **values)


def _check_timezone(location: Location, name: str) -> None:
    try:
        ZoneInfo(name)
    except Exception:  # zoneinfo raises several unrelated exceptions for a bad name
        location.report("timezone", found=name)


def _check_tiles(file: Location, site: Site, known: Known) -> None:
    """Report tiles of unknown units, and two tiles at one place."""
    units = None if known.units is None else dict.fromkeys(known.units, ())
    taken: dict[tuple[int, int], str] = {}
    for position, tile in enumerate(site.tiles):
        location = file.within("tiles", position)
        check_known(location.within("unit"), "unknown_unit", tile.unit, units)
        place = (tile.column, tile.row)
        if place in taken:
            location.report("tile_taken", column=tile.column, row=tile.row, other=taken[place])
        taken.setdefault(place, tile.unit)


# ── themes, programmes, terms ────────────────────────────────────────────────


def check_entries(diagnostics: Diagnostics, files: Mapping[str, Entries | None], known: Known) -> None:
    """Report faulty entries of themes, programmes and glossary, given as `{file name: entries}`."""
    for name, entries in files.items():
        if not entries:
            continue
        file = Location(diagnostics, diagnostics.display(diagnostics.root / f"{name}.yaml"))
        _check_unique(file, entries)
        _check_former_entries(file, entries)
        check_links(file, [((position,), entry) for position, entry in enumerate(entries)], known.terms)
        for position, entry in enumerate(entries):
            for index, id in enumerate(getattr(entry, "see", ())):
                check_known(file.within(position, "see", index), "unknown_term", id, known.terms)


def _check_unique(file: Location, entries: Entries) -> None:
    """Report ids that two entries of a file share."""
    first: dict[str, Location] = {}
    for position, entry in enumerate(entries):
        location = file.within(position, "id")
        if entry.id in first:
            location.report("duplicate_entry", found=entry.id, other=first[entry.id])
        first.setdefault(entry.id, location)


def _check_former_entries(file: Location, entries: Entries) -> None:
    """Report former ids that lead to more than one entry."""
    owners = {entry.id: file.within(position, "id") for position, entry in enumerate(entries)}
    for position, entry in enumerate(entries):
        for index, id in enumerate(entry.formerly):
            location = file.within(position, "formerly", index)
            if id in owners:
                location.report("former_taken", found=id, other=owners[id])
            owners.setdefault(id, location)
