"""Checks that no two units claim the same place, name or id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, unquote

import msgspec

from gazette.messages.problems import Loc, Problem
from gazette.model.forms.values import unit_of
from gazette.model.records.content import UnitFile
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.validation.agreements import check_agreements, sayings
from gazette.reading.validation.speakers import check_speakers, spoken

_UNIT = "unit:"
_PUBLISHED = "published:"


class Claim(msgspec.Struct, frozen=True):
    """What a unit claims for itself alone.

    `place` is its place in the official order. `ids` holds the present and former ids of its pledges; its own former
    ids, prefixed `unit:`; its names (`LANGUAGE=NAME`, percent-encoded); its statements about others
    (`agreements.Said`); and, prefixed `published:`, ids that were published as its own and that it no longer claims, so
    that another unit must. Present ids of pledges that do not begin with the unit's id are left out; the unit's own
    checks report them.
    """

    path: str
    place: int
    ids: tuple[str, ...]


def claim_of(unit_file: UnitFile) -> Claim:
    """The claim of a unit. A file merely copied from another unit claims no name; its own checks report it."""
    current = [pledge.id for pledge in unit_file.unit.pledges if unit_of(pledge.id) == unit_file.id]
    former = (id for pledge in unit_file.unit.pledges for id in pledge.formerly)
    earlier = (f"{_UNIT}{id}" for id in unit_file.unit.formerly if id != unit_file.id)
    names = [f"{language}={quote(name)}" for language, name in unit_file.unit.name.items() if current]
    lost = (f"{_PUBLISHED}{id}" for id in unit_file.lost)
    ids = tuple(dict.fromkeys((*current, *former, *earlier, *names, *lost, *sayings(unit_file), *spoken(unit_file))))
    return Claim(unit_file.path, unit_file.unit.order, ids)


def check_together(
    diagnostics: Diagnostics, claims: Mapping[str, Claim], published: Mapping[str, tuple[str, ...]]
) -> None:
    """Report units that share a place, name or id, ids that could be confused, and published ids that no unit claims.
    `published` is `{path of a register: ids}` of units that are gone."""
    places: dict[int, str] = {}
    claimed_names: dict[str, Claim] = {}
    for id, claim in claims.items():
        file = Location(diagnostics, claim.path)
        if claim.place in places:
            file.within("order").report("duplicate_order", found=claim.place, other=places[claim.place])
        places.setdefault(claim.place, claim.path)
        _check_name(file, claim, claimed_names)
        for beginning in _beginnings(id):
            if beginning in claims:
                diagnostics.add(Problem.at(claims[beginning].path, 0, 0, "unit_prefix", found=beginning, other=id))
    _check_former(diagnostics, claims)
    _check_published(diagnostics, claims, published)
    said = {id: (claim.path, claim.ids) for id, claim in claims.items()}
    check_agreements(diagnostics, said)
    check_speakers(diagnostics, said)


def _check_name(file: Location, claim: Claim, claimed_names: dict[str, Claim]) -> None:
    """Report a name that another unit has, in the first language where it is so. For a copied file the shared place is
    reported instead."""
    names = [each for each in claim.ids if "=" in each and ":" not in each]
    again = next((name for name in names if name in claimed_names and claimed_names[name].place != claim.place), "")
    if again:
        language, _, name = again.partition("=")
        values = {"found": unquote(name), "language": language, "other": claimed_names[again].path}
        file.within("name", language).report("duplicate_name", **values)
    for name in names:
        claimed_names.setdefault(name, claim)


def _beginnings(id: str) -> Iterator[str]:
    """The parts of an id up to each of its hyphens."""
    parts = id.split("-")
    yield from ("-".join(parts[:n]) for n in range(1, len(parts)))


def _check_former(diagnostics: Diagnostics, claims: Mapping[str, Claim]) -> None:
    """Report former ids that belong to another unit: one that they begin with, or that has them now."""
    owners = {pledge: id for id, claim in claims.items() for pledge in claim.ids if unit_of(pledge) == id}
    owners |= {f"{_UNIT}{id}": id for id in claims}
    for id, claim in claims.items():
        for claimed in (each for each in claim.ids if "=" not in each and not each.startswith(_PUBLISHED)):
            owner = owners.setdefault(claimed, id)
            if owner != id:
                _report_former(Location(diagnostics, claim.path), claimed, Location(diagnostics, claims[owner].path))


def _report_former(file: Location, claimed: str, owner: Location) -> None:
    if file.is_full:
        file.report("former_taken")
    else:
        other, found = str(owner.within(*_loc_of(owner, claimed))), claimed.removeprefix(_UNIT)
        file.within(*_loc_of(file, claimed)).report("former_taken", found=found, other=other)


def _check_published(
    diagnostics: Diagnostics, claims: Mapping[str, Claim], published: Mapping[str, tuple[str, ...]]
) -> None:
    """Report published ids that no unit has or had."""
    claimed = {each.removeprefix(_UNIT) for claim in claims.values() for each in claim.ids} | {*claims}
    for path, ids in published.items():
        lost = [id for id in ids if id not in claimed]
        if lost:
            diagnostics.add(Problem.at(path, 0, 0, "published_unit_lost", found=", ".join(lost)))
    for claim in claims.values():
        for id in (each.removeprefix(_PUBLISHED) for each in claim.ids if each.startswith(_PUBLISHED)):
            if id not in claimed:
                Location(diagnostics, claim.path).within("pledges").report("published_lost", found=id)


def _loc_of(file: Location, id: str) -> Loc:
    """The location at which a unit's file names an id that it claims; () if there is none."""
    for index, earlier in enumerate(file.within("formerly").node.entries or ()):
        if id == f"{_UNIT}{earlier.scalar}":
            return "formerly", index
    for position, pledge in enumerate(file.within("pledges").node.entries or ()):
        if pledge.find(("id",)).scalar == id:
            return "pledges", position, "id"
        for index, former in enumerate(pledge.find(("formerly",)).entries or ()):
            if former.scalar == id:
                return "pledges", position, "formerly", index
    return ()
