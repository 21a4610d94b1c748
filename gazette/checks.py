"""Owns the question whether the content fits together: settings, ids, covers, dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from gazette.base import NotABase, base_address
from gazette.content import Shard
from gazette.desk import Desk
from gazette.model import Note, Pledge, Programme, Site, Term, Theme
from gazette.nodes import Node
from gazette.problems import Loc, Problem
from gazette.references import Names, check_known, check_links

SETTINGS_OF_A_RELEASE = ("as_of", "statements_date", "base_url", "publisher.name", "publisher.contact")


# ── the frame ────────────────────────────────────────────────────────────────


class Known(msgspec.Struct, frozen=True):
    """What may be referred to. None: that could not be read, so nothing is said about references to it."""

    units: frozenset[str] | None
    themes: Names | None
    programmes: Names | None
    terms: Names | None


def check_site(desk: Desk, site: Site, known: Known, release: bool) -> None:
    """The settings; for a release also those that must be filled in."""
    path = desk.show(desk.root / "site.yaml")
    for setting in SETTINGS_OF_A_RELEASE if release else ():
        value: Any = site
        for name in setting.split("."):
            value = getattr(value, name)
        if value is None:
            desk.at(path, tuple(setting.split(".")), "release_setting", found=setting)
    _check_settings(desk, site, path, known)


def check_entries(desk: Desk, files: Mapping[str, tuple[Theme | Programme | Term, ...] | None], known: Known) -> None:
    """Themes, programmes and glossary, by the name of their file."""
    for name, entries in files.items():
        if not entries:
            continue
        path = desk.show(desk.root / f"{name}.yaml")
        _check_unique(desk, path, [entry.id for entry in entries])
        _check_former_entries(desk, path, entries)
        check_links(desk, path, [((position,), entry) for position, entry in enumerate(entries)], known.terms)
        for position, entry in enumerate(entries):
            for place, id in enumerate(getattr(entry, "see", ())):
                check_known(desk, path, (position, "see", place), "unknown_term", id, known.terms)


def _check_settings(desk: Desk, site: Site, path: str, known: Known) -> None:
    codes = [language.code for language in site.languages]
    for position, code in enumerate(codes):
        if code in codes[:position]:
            desk.at(path, ("languages", position, "code"), "duplicate_language", found=code)
    _check_base_url(desk, path, site.base_url)
    _check_locales(desk, path, site)
    try:
        ZoneInfo(site.timezone)
    except Exception:  # zoneinfo raises several unrelated kinds for a bad name
        desk.at(path, ("timezone",), "timezone", found=site.timezone)
    check_links(desk, path, [((), site)], known.terms)
    taken: dict[tuple[int, int], str] = {}
    for position, tile in enumerate(site.tiles):
        units = None if known.units is None else dict.fromkeys(known.units, ())
        check_known(desk, path, ("tiles", position, "unit"), "unknown_unit", tile.unit, units)
        place = (tile.column, tile.row)
        if place in taken:
            values = {"column": tile.column, "row": tile.row, "other": taken[place]}
            desk.at(path, ("tiles", position), "tile_taken", **values)
        taken.setdefault(place, tile.unit)


def _check_base_url(desk: Desk, path: str, url: str | None) -> None:
    if url is None:
        return
    try:
        base_address(url)
    except NotABase as error:
        desk.at(path, ("base_url",), "base_url_secret" if error.secret else "base_url_form", found=url)


def _check_locales(desk: Desk, path: str, site: Site) -> None:
    """Dates and numbers are written as Babel knows it."""
    from babel import Locale, UnknownLocaleError

    for position, language in enumerate(site.languages):
        try:
            Locale.parse(language.locale)
        except (UnknownLocaleError, ValueError):
            desk.at(path, ("languages", position, "locale"), "locale", found=language.locale)


def _check_unique(desk: Desk, path: str, ids: list[str]) -> None:
    first: dict[str, int] = {}
    for position, id in enumerate(ids):
        if id in first:
            other = f"{path}:{desk.node(path, (first[id], 'id')).line}"
            desk.at(path, (position, "id"), "duplicate_entry", found=id, other=other)
        first.setdefault(id, position)


def _check_former_entries(desk: Desk, path: str, entries: tuple[Theme | Programme | Term, ...]) -> None:
    """The ids that entries had before: each leads to one of them."""
    owners: dict[str, Loc] = {entry.id: (position, "id") for position, entry in enumerate(entries)}
    for position, entry in enumerate(entries):
        for index, id in enumerate(entry.formerly):
            place: Loc = (position, "formerly", index)
            if id in owners:
                other = f"{path}:{desk.node(path, owners[id]).line}"
                desk.at(path, place, "former_taken", found=id, other=other)
            owners.setdefault(id, place)


# ── the units ────────────────────────────────────────────────────────────────


def check_unit(desk: Desk, shard: Shard, known: Known, as_of: datetime.date | None) -> None:
    """A unit by itself."""
    check_links(desk, shard.path, [((), shard.unit)], known.terms)
    _check_ids(desk, shard, known)
    _check_former_unit(desk, shard)
    _check_covers(desk, shard)
    _check_titles(desk, shard)
    _check_notes(desk, shard.path, (), shard.unit.notes, as_of)
    for position, pledge in enumerate(shard.unit.pledges):
        loc: Loc = ("pledges", position)
        _check_filing(desk, shard.path, (*loc, "themes"), "unknown_theme", pledge.themes, known.themes)
        _check_filing(desk, shard.path, (*loc, "programmes"), "unknown_programme", pledge.programmes, known.programmes)
        _check_notes(desk, shard.path, loc, pledge.notes, as_of)
        _check_updates(desk, shard.path, pledge, loc, as_of)


def _check_filing(desk: Desk, path: str, loc: Loc, code: str, ids: tuple[str, ...], known: Names | None) -> None:
    for place, id in enumerate(ids):
        if id in ids[:place]:
            desk.at(path, (*loc, place), "repeated", found=id)
        else:
            check_known(desk, path, (*loc, place), code, id, known)


def _check_ids(desk: Desk, shard: Shard, known: Known) -> None:
    """The ids of a unit's pledges, then those that they had before: what a pledge is called now is never at fault."""
    owners: dict[str, Loc] = {}
    for position, pledge in enumerate(shard.unit.pledges):
        place: Loc = ("pledges", position, "id")
        if pledge.id in owners:
            desk.at(shard.path, place, "duplicate_id", found=pledge.id, other=_spot(desk, shard, owners[pledge.id]))
        owners.setdefault(pledge.id, place)
    for position, pledge in enumerate(shard.unit.pledges):
        for index, id in enumerate(pledge.formerly):
            place = ("pledges", position, "formerly", index)
            if id in owners:
                desk.at(shard.path, place, "former_taken", found=id, other=_spot(desk, shard, owners[id]))
            owners.setdefault(id, place)
    _check_prefixes(desk, shard, known)


def _check_former_unit(desk: Desk, shard: Shard) -> None:
    """The ids that the unit had before, by themselves; against other units they are checked together."""
    for place, id in enumerate(shard.unit.formerly):
        if id == shard.id:
            desk.at(shard.path, ("formerly", place), "former_taken", found=id, other=shard.path)
        elif id in shard.unit.formerly[:place]:
            desk.at(shard.path, ("formerly", place), "repeated", found=id)


def _spot(desk: Desk, shard: Shard, loc: Loc) -> str:
    return f"{shard.path}:{desk.node(shard.path, loc).line}"


def _check_prefixes(desk: Desk, shard: Shard, known: Known) -> None:
    """Every id begins with that of its unit. A file copied from another unit is told once."""
    prefixes = [_owner(pledge.id) for pledge in shard.unit.pledges]
    other = prefixes[0]
    if other != shard.id and set(prefixes) == {other} and other in (known.units or ()):
        desk.at(shard.path, ("pledges", 0, "id"), "unit_copy", other=f"{other}.yaml", expected=shard.id)
        return
    for position, (prefix, pledge) in enumerate(zip(prefixes, shard.unit.pledges, strict=True)):
        if prefix != shard.id:
            place = ("pledges", position, "id")
            desk.at(shard.path, place, "pledge_unit", found=pledge.id, expected=shard.id)


def _check_covers(desk: Desk, shard: Shard) -> None:
    total = shard.unit.commitments
    covered: dict[int, str] = {}
    for position, pledge in enumerate(shard.unit.pledges):
        for place, item in enumerate(pledge.covers):
            loc: Loc = ("pledges", position, "covers", place)
            if item in pledge.covers[:place]:
                desk.at(shard.path, loc, "repeated", found=item)
            elif item > total:
                desk.at(shard.path, loc, "covers_beyond", found=item, total=total)
            elif item in covered:
                desk.at(shard.path, loc, "covers_twice", found=item, other=covered[item])
            covered.setdefault(item, pledge.id)
    missing = [str(item) for item in range(1, total + 1) if item not in covered]
    if missing:
        desk.at(shard.path, ("commitments",), "covers_missing", found=", ".join(missing), total=total)


def _check_titles(desk: Desk, shard: Shard) -> None:
    seen: dict[tuple[str, str], str] = {}
    for position, pledge in enumerate(shard.unit.pledges):
        for language, title in pledge.title.items():
            if (language, title) in seen:
                other = seen[language, title]
                desk.at(
                    shard.path,
                    ("pledges", position, "title", language),
                    "duplicate_title",
                    other=other,
                    language=language,
                )
            seen.setdefault((language, title), pledge.id)


def _check_not_later(desk: Desk, path: str, loc: Loc, date: datetime.date | None, as_of: datetime.date | None) -> None:
    """No day that is told lies after the day that the site speaks of."""
    if date is not None and as_of is not None and date > as_of:
        desk.at(path, loc, "after_as_of", found=date, as_of=as_of)


def _check_notes(desk: Desk, path: str, loc: Loc, notes: tuple[Note, ...], as_of: datetime.date | None) -> None:
    for position, note in enumerate(notes):
        _check_not_later(desk, path, (*loc, "notes", position, "date"), note.date, as_of)


def _check_updates(desk: Desk, path: str, pledge: Pledge, loc: Loc, as_of: datetime.date | None) -> None:
    if pledge.withdrawn is not None:
        _check_not_later(desk, path, (*loc, "withdrawn", "date"), pledge.withdrawn.date, as_of)
    before = None
    for position, update in enumerate(pledge.updates):
        place: Loc = (*loc, "updates", position)
        for number, evidence in enumerate(update.evidence):
            _check_not_later(desk, path, (*place, "evidence", number, "date"), evidence.date, as_of)
        if update == before:
            desk.at(path, place, "update_twice", found=update.date)
            continue
        if before is not None and update.date < before.date:
            desk.at(path, (*place, "date"), "updates_order", found=update.date, other=before.date)
        if update.state == "reopened" and (before is None or before.state != "accepted"):
            desk.at(path, (*place, "state"), "update_not_reopened")
        if before is not None and before.state == "accepted" and update.state != "reopened":
            desk.at(path, (*place, "state"), "update_after_accepted", found=update.state)
        _check_not_later(desk, path, (*place, "date"), update.date, as_of)
        if pledge.withdrawn is not None and update.date > pledge.withdrawn.date:
            withdrawn = pledge.withdrawn.date
            desk.at(path, (*place, "date"), "update_after_withdrawn", found=update.date, withdrawn=withdrawn)
        dates = {"inspected": update.inspected}
        if update.notice is not None:
            ended = update.state == "accepted"
            dates["notice"] = update.notice.end if ended else update.notice.begin
        for name, date in dates.items():
            if date is not None and date > update.date:
                desk.at(path, (*place, name), "update_dates", found=date, field=name, date=update.date)
        before = update


# ── the units against each other ─────────────────────────────────────────────


_UNIT = "unit:"


class Claim(msgspec.Struct, frozen=True):
    """What a unit claims for itself alone: its place in the official order, its pledges' ids, present and former, and
    (behind `unit:`) those that it had before. Present ids of pledges begin with that of the unit; those that do not
    are told by the unit alone."""

    path: str
    place: int
    ids: tuple[str, ...]


def claim_of(shard: Shard) -> Claim:
    """What a unit claims."""
    own = (pledge.id for pledge in shard.unit.pledges if _owner(pledge.id) == shard.id)
    former = (id for pledge in shard.unit.pledges for id in pledge.formerly)
    earlier = (f"{_UNIT}{id}" for id in shard.unit.formerly if id != shard.id)
    ids = tuple(dict.fromkeys((*own, *former, *earlier)))
    return Claim(shard.path, shard.unit.order, ids)


def check_together(desk: Desk, claims: Mapping[str, Claim]) -> None:
    """The units against each other: no two with one place, one id, or names that could be mixed up."""
    places: dict[int, str] = {}
    for id, claim in claims.items():
        if claim.place in places:
            desk.at(claim.path, ("order",), "duplicate_order", found=claim.place, other=places[claim.place])
        places.setdefault(claim.place, claim.path)
        for beginning in _beginnings(id):
            if beginning in claims:
                desk.add(Problem.at(claims[beginning].path, 0, 0, "unit_prefix", found=beginning, other=id))
    _check_former(desk, claims)


def _check_former(desk: Desk, claims: Mapping[str, Claim]) -> None:
    """An id belongs to the unit that it begins with, or that has it; another unit that names it under `formerly` is at
    fault."""
    owners = {pledge: id for id, claim in claims.items() for pledge in claim.ids if _owner(pledge) == id}
    owners |= {f"{_UNIT}{id}": id for id in claims}
    for id, claim in claims.items():
        for claimed in claim.ids:
            owner = owners.setdefault(claimed, id)
            if owner != id:
                other = f"{claims[owner].path}:{_place_of(desk, claims[owner].path, claimed).line}"
                spot = _place_of(desk, claim.path, claimed)
                values = {"found": claimed.removeprefix(_UNIT), "other": other}
                desk.add(Problem.at(claim.path, spot.line, spot.column, "former_taken", **values))


def _owner(pledge: str) -> str:
    return pledge.rpartition("-")[0]


def _beginnings(id: str) -> Iterator[str]:
    """What an id begins with, up to each of its hyphens."""
    parts = id.split("-")
    yield from ("-".join(parts[:n]) for n in range(1, len(parts)))


def _place_of(desk: Desk, path: str, id: str) -> Node:
    """Where a unit's file names an id that it claims: a pledge's, present or former, or its own former one."""
    for place in range(len(desk.node(path, ("formerly",)).entries or ())):
        node = desk.node(path, ("formerly", place))
        if id == f"{_UNIT}{node.scalar}":
            return node
    pledges = desk.node(path, ("pledges",)).entries or ()
    for position, pledge in enumerate(pledges):
        former = pledge.find(("formerly",)).entries or ()
        for loc in (("id",), *(("formerly", place) for place in range(len(former)))):
            node = desk.node(path, ("pledges", position, *loc))
            if node.scalar == id:
                return node
    return desk.node(path, ())
