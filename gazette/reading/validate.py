"""Owns the question whether the units fit together, each with itself, the lists and the others: ids, covers, dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar
from urllib.parse import quote, unquote

import msgspec

from gazette.messages.problems import ContentError, Loc, Problem
from gazette.model.content import UnitFile
from gazette.model.records import Note, Pledge
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.references import Names, check_known, check_links

T = TypeVar("T")


class Known(msgspec.Struct, frozen=True):
    """What may be referred to. None: that could not be read, so nothing is said about references to it. `since` is the
    day of the statements; nothing was due or reported before them."""

    units: frozenset[str] | None
    themes: Names | None
    programmes: Names | None
    terms: Names | None
    since: datetime.date | None = None


# ── the units ────────────────────────────────────────────────────────────────


def check_unit(desk: Diagnostics, shard: UnitFile, known: Known, as_of: datetime.date | None) -> None:
    """A unit by itself."""
    check_links(desk, shard.path, [((), shard.unit)], known.terms)
    _check_ids(desk, shard, known)
    _check_former_unit(desk, shard)
    _check_covers(desk, shard)
    _check_titles(desk, shard)
    _check_notes(desk, shard.path, (), shard.unit.notes, as_of)
    if not shard.unit.draft and all(pledge.draft for pledge in shard.unit.pledges):
        desk.at(shard.path, ("pledges",), "all_drafts")
    for position, pledge in enumerate(shard.unit.pledges):
        loc: Loc = ("pledges", position)
        _check_filing(desk, shard.path, (*loc, "themes"), "unknown_theme", pledge.themes, known.themes)
        _check_filing(desk, shard.path, (*loc, "programmes"), "unknown_programme", pledge.programmes, known.programmes)
        _check_notes(desk, shard.path, loc, pledge.notes, as_of)
        _check_updates(desk, shard.path, pledge, loc, as_of)
        _check_since(desk, shard.path, pledge, loc, known.since)


def _check_filing(desk: Diagnostics, path: str, loc: Loc, code: str, ids: tuple[str, ...], known: Names | None) -> None:
    for place, id, again in _repeated(ids):
        if again:
            desk.at(path, (*loc, place), "repeated", found=id)
        else:
            check_known(desk, path, (*loc, place), code, id, known)


def _repeated(entries: Iterable[T]) -> Iterator[tuple[int, T, bool]]:
    """The entries of a list with their places, and whether each stood there before."""
    seen: set[T] = set()
    for place, entry in enumerate(entries):
        yield place, entry, entry in seen
        seen.add(entry)


def _check_ids(desk: Diagnostics, shard: UnitFile, known: Known) -> None:
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


def _check_former_unit(desk: Diagnostics, shard: UnitFile) -> None:
    """The ids that the unit had before, by themselves; against other units they are checked together."""
    for place, id in enumerate(shard.unit.formerly):
        if id == shard.id:
            desk.at(shard.path, ("formerly", place), "former_taken", found=id, other=shard.path)
        elif id in shard.unit.formerly[:place]:
            desk.at(shard.path, ("formerly", place), "repeated", found=id)


def _spot(desk: Diagnostics, shard: UnitFile, loc: Loc) -> str:
    return f"{shard.path}:{desk.node(shard.path, loc).line}"


def _check_prefixes(desk: Diagnostics, shard: UnitFile, known: Known) -> None:
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


def _check_covers(desk: Diagnostics, shard: UnitFile) -> None:
    total = shard.unit.commitments
    covered: dict[int, str] = {}
    for position, pledge in enumerate(shard.unit.pledges):
        for place, item, again in _repeated(pledge.covers):
            loc: Loc = ("pledges", position, "covers", place)
            if again:
                desk.at(shard.path, loc, "repeated", found=item)
            elif item > total:
                desk.at(shard.path, loc, "covers_beyond", found=item, total=total)
            elif item in covered:
                desk.at(shard.path, loc, "covers_twice", found=item, other=covered[item])
            covered.setdefault(item, pledge.id)
    missing = [str(item) for item in range(1, total + 1) if item not in covered]
    if missing:
        desk.at(shard.path, ("commitments",), "covers_missing", found=", ".join(missing), total=total)


def _check_titles(desk: Diagnostics, shard: UnitFile) -> None:
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


def _check_not_later(
    desk: Diagnostics, path: str, loc: Loc, date: datetime.date | None, as_of: datetime.date | None
) -> None:
    """No day that is told lies after the day that the site speaks of."""
    if date is not None and as_of is not None and date > as_of:
        desk.at(path, loc, "after_as_of", found=date, as_of=as_of)


def check_not_before(
    desk: Diagnostics, path: str, loc: Loc, code: str, date: datetime.date | None, since: datetime.date | None
) -> None:
    """No day that follows from the statements lies before them."""
    if date is not None and since is not None and date < since:
        desk.at(path, loc, code, found=date, since=since)


def _check_since(desk: Diagnostics, path: str, pledge: Pledge, loc: Loc, since: datetime.date | None) -> None:
    check_not_before(desk, path, (*loc, "deadline"), "deadline_before", pledge.deadline.last, since)
    for position, update in enumerate(pledge.updates):
        check_not_before(desk, path, (*loc, "updates", position, "date"), "date_before", update.date, since)
    if pledge.withdrawn is not None:
        check_not_before(desk, path, (*loc, "withdrawn", "date"), "date_before", pledge.withdrawn.date, since)


def _check_notes(desk: Diagnostics, path: str, loc: Loc, notes: tuple[Note, ...], as_of: datetime.date | None) -> None:
    for position, note in enumerate(notes):
        _check_not_later(desk, path, (*loc, "notes", position, "date"), note.date, as_of)


def _check_updates(desk: Diagnostics, path: str, pledge: Pledge, loc: Loc, as_of: datetime.date | None) -> None:
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
    (behind `unit:`) those that it had before, and its names (`LANGUAGE=NAME`, percent-encoded). Present ids of pledges
    begin with that of the unit; those that do not are told by the unit alone."""

    path: str
    place: int
    ids: tuple[str, ...]


def claim_of(shard: UnitFile) -> Claim:
    """What a unit claims. The file of another unit that was only copied claims no name: it is told by itself."""
    own = [pledge.id for pledge in shard.unit.pledges if _owner(pledge.id) == shard.id]
    former = (id for pledge in shard.unit.pledges for id in pledge.formerly)
    earlier = (f"{_UNIT}{id}" for id in shard.unit.formerly if id != shard.id)
    names = [f"{language}={quote(name)}" for language, name in shard.unit.name.items() if own]
    ids = tuple(dict.fromkeys((*own, *former, *earlier, *names)))
    return Claim(shard.path, shard.unit.order, ids)


def check_together(desk: Diagnostics, claims: Mapping[str, Claim]) -> None:
    """The units against each other: no two with one place, one name, one id, or ids that could be mixed up."""
    places: dict[int, str] = {}
    named: dict[str, Claim] = {}
    for id, claim in claims.items():
        if claim.place in places:
            desk.at(claim.path, ("order",), "duplicate_order", found=claim.place, other=places[claim.place])
        places.setdefault(claim.place, claim.path)
        _check_name(desk, claim, named)
        for beginning in _beginnings(id):
            if beginning in claims:
                desk.add(Problem.at(claims[beginning].path, 0, 0, "unit_prefix", found=beginning, other=id))
    _check_former(desk, claims)


def check_public(desk: Diagnostics, units: int) -> None:
    """Raises ContentError where no unit is public: a site of nothing would take the place of the one that is there."""
    if not units:
        raise ContentError([Problem.at(desk.show(desk.root / "districts"), 0, 0, "nothing_public")])


def _check_name(desk: Diagnostics, claim: Claim, named: dict[str, Claim]) -> None:
    """A name that another unit has is told in the first language where it is so; of a copied file its place is told."""
    names = [each for each in claim.ids if "=" in each]
    again = next((name for name in names if name in named and named[name].place != claim.place), "")
    if again:
        language, _, name = again.partition("=")
        values = {"found": unquote(name), "language": language, "other": named[again].path}
        desk.at(claim.path, ("name", language), "duplicate_name", **values)
    for name in names:
        named.setdefault(name, claim)


def _check_former(desk: Diagnostics, claims: Mapping[str, Claim]) -> None:
    """An id belongs to the unit that it begins with, or that has it; another unit that names it under `formerly` is at
    fault."""
    owners = {pledge: id for id, claim in claims.items() for pledge in claim.ids if _owner(pledge) == id}
    owners |= {f"{_UNIT}{id}": id for id in claims}
    for id, claim in claims.items():
        for claimed in (each for each in claim.ids if "=" not in each):
            owner = owners.setdefault(claimed, id)
            if owner != id:
                _tell_former(desk, claimed, claim.path, claims[owner].path)


def _tell_former(desk: Diagnostics, claimed: str, path: str, owner: str) -> None:
    if desk.has_enough(path):
        desk.at(path, (), "former_taken")
    else:
        other = f"{owner}:{desk.node(owner, _loc_of(desk, owner, claimed)).line}"
        desk.at(path, _loc_of(desk, path, claimed), "former_taken", found=claimed.removeprefix(_UNIT), other=other)


def _owner(pledge: str) -> str:
    return pledge.rpartition("-")[0]


def _beginnings(id: str) -> Iterator[str]:
    """What an id begins with, up to each of its hyphens."""
    parts = id.split("-")
    yield from ("-".join(parts[:n]) for n in range(1, len(parts)))


def _loc_of(desk: Diagnostics, path: str, id: str) -> Loc:
    """Where a unit's file names an id that it claims: a pledge's, present or former, or its own former one."""
    for place, earlier in enumerate(desk.node(path, ("formerly",)).entries or ()):
        if id == f"{_UNIT}{earlier.scalar}":
            return "formerly", place
    for position, pledge in enumerate(desk.node(path, ("pledges",)).entries or ()):
        if pledge.find(("id",)).scalar == id:
            return "pledges", position, "id"
        for place, former in enumerate(pledge.find(("formerly",)).entries or ()):
            if former.scalar == id:
                return "pledges", position, "formerly", place
    return ()
