"""The question whether the units fit together, each with itself, the lists and the others: ids, covers, dates."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar
from urllib.parse import quote, unquote

import msgspec

from gazette.messages.problems import ContentError, Loc, Problem
from gazette.model.content import UnitFile
from gazette.model.unit_records import Note, Pledge
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


def check_unit(diagnostics: Diagnostics, unit_file: UnitFile, known: Known, as_of: datetime.date | None) -> None:
    """A unit by itself."""
    check_links(diagnostics, unit_file.path, [((), unit_file.unit)], known.terms)
    _check_ids(diagnostics, unit_file, known)
    _check_former_unit(diagnostics, unit_file)
    _check_covers(diagnostics, unit_file)
    _check_titles(diagnostics, unit_file)
    _check_notes(diagnostics, unit_file.path, (), unit_file.unit.notes, as_of)
    if not unit_file.unit.draft and all(pledge.draft for pledge in unit_file.unit.pledges):
        diagnostics.report_at(unit_file.path, ("pledges",), "all_drafts")
    for position, pledge in enumerate(unit_file.unit.pledges):
        loc: Loc = ("pledges", position)
        _check_filing(diagnostics, unit_file.path, (*loc, "themes"), "unknown_theme", pledge.themes, known.themes)
        _check_filing(
            diagnostics, unit_file.path, (*loc, "programmes"), "unknown_programme", pledge.programmes, known.programmes
        )
        _check_notes(diagnostics, unit_file.path, loc, pledge.notes, as_of)
        _check_updates(diagnostics, unit_file.path, pledge, loc, as_of)
        _check_since(diagnostics, unit_file.path, pledge, loc, known.since)


def _check_filing(
    diagnostics: Diagnostics, path: str, loc: Loc, code: str, ids: tuple[str, ...], known: Names | None
) -> None:
    for place, id, again in _repeated(ids):
        if again:
            diagnostics.report_at(path, (*loc, place), "repeated", found=id)
        else:
            check_known(diagnostics, path, (*loc, place), code, id, known)


def _repeated(entries: Iterable[T]) -> Iterator[tuple[int, T, bool]]:
    """The entries of a list with their places, and whether each stood there before."""
    seen: set[T] = set()
    for place, entry in enumerate(entries):
        yield place, entry, entry in seen
        seen.add(entry)


def _check_ids(diagnostics: Diagnostics, unit_file: UnitFile, known: Known) -> None:
    """The ids of a unit's pledges, then those that they had before: what a pledge is called now is never at fault."""
    owners: dict[str, Loc] = {}
    for position, pledge in enumerate(unit_file.unit.pledges):
        place: Loc = ("pledges", position, "id")
        if pledge.id in owners:
            diagnostics.report_at(
                unit_file.path,
                place,
                "duplicate_id",
                found=pledge.id,
                other=_spot(diagnostics, unit_file, owners[pledge.id]),
            )
        owners.setdefault(pledge.id, place)
    for position, pledge in enumerate(unit_file.unit.pledges):
        for index, id in enumerate(pledge.formerly):
            place = ("pledges", position, "formerly", index)
            if id in owners:
                diagnostics.report_at(
                    unit_file.path, place, "former_taken", found=id, other=_spot(diagnostics, unit_file, owners[id])
                )
            owners.setdefault(id, place)
    _check_prefixes(diagnostics, unit_file, known)


def _check_former_unit(diagnostics: Diagnostics, unit_file: UnitFile) -> None:
    """The ids that the unit had before, by themselves; against other units they are checked together."""
    for place, id in enumerate(unit_file.unit.formerly):
        if id == unit_file.id:
            diagnostics.report_at(unit_file.path, ("formerly", place), "former_taken", found=id, other=unit_file.path)
        elif id in unit_file.unit.formerly[:place]:
            diagnostics.report_at(unit_file.path, ("formerly", place), "repeated", found=id)


def _spot(diagnostics: Diagnostics, unit_file: UnitFile, loc: Loc) -> str:
    return f"{unit_file.path}:{diagnostics.node(unit_file.path, loc).line}"


def _check_prefixes(diagnostics: Diagnostics, unit_file: UnitFile, known: Known) -> None:
    """Every id begins with that of its unit. A file copied from another unit is told once."""
    prefixes = [_owner(pledge.id) for pledge in unit_file.unit.pledges]
    other = prefixes[0]
    if other != unit_file.id and set(prefixes) == {other} and other in (known.units or ()):
        diagnostics.report_at(
            unit_file.path, ("pledges", 0, "id"), "unit_copy", other=f"{other}.yaml", expected=unit_file.id
        )
        return
    for position, (prefix, pledge) in enumerate(zip(prefixes, unit_file.unit.pledges, strict=True)):
        if prefix != unit_file.id:
            place = ("pledges", position, "id")
            diagnostics.report_at(unit_file.path, place, "pledge_unit", found=pledge.id, expected=unit_file.id)


def _check_covers(diagnostics: Diagnostics, unit_file: UnitFile) -> None:
    total = unit_file.unit.commitments
    covered: dict[int, str] = {}
    for position, pledge in enumerate(unit_file.unit.pledges):
        for place, item, again in _repeated(pledge.covers):
            loc: Loc = ("pledges", position, "covers", place)
            if again:
                diagnostics.report_at(unit_file.path, loc, "repeated", found=item)
            elif item > total:
                diagnostics.report_at(unit_file.path, loc, "covers_beyond", found=item, total=total)
            elif item in covered:
                diagnostics.report_at(unit_file.path, loc, "covers_twice", found=item, other=covered[item])
            covered.setdefault(item, pledge.id)
    missing = [str(item) for item in range(1, total + 1) if item not in covered]
    if missing:
        diagnostics.report_at(unit_file.path, ("commitments",), "covers_missing", found=", ".join(missing), total=total)


def _check_titles(diagnostics: Diagnostics, unit_file: UnitFile) -> None:
    seen: dict[tuple[str, str], str] = {}
    for position, pledge in enumerate(unit_file.unit.pledges):
        for language, title in pledge.title.items():
            if (language, title) in seen:
                other = seen[language, title]
                diagnostics.report_at(
                    unit_file.path,
                    ("pledges", position, "title", language),
                    "duplicate_title",
                    other=other,
                    language=language,
                )
            seen.setdefault((language, title), pledge.id)


def _check_not_later(
    diagnostics: Diagnostics, path: str, loc: Loc, date: datetime.date | None, as_of: datetime.date | None
) -> None:
    """No day that is told lies after the day that the site speaks of."""
    if date is not None and as_of is not None and date > as_of:
        diagnostics.report_at(path, loc, "after_as_of", found=date, as_of=as_of)


def check_not_before(
    diagnostics: Diagnostics, path: str, loc: Loc, code: str, date: datetime.date | None, since: datetime.date | None
) -> None:
    """No day that follows from the statements lies before them."""
    if date is not None and since is not None and date < since:
        diagnostics.report_at(path, loc, code, found=date, since=since)


def _check_since(diagnostics: Diagnostics, path: str, pledge: Pledge, loc: Loc, since: datetime.date | None) -> None:
    check_not_before(diagnostics, path, (*loc, "deadline"), "deadline_before", pledge.deadline.last, since)
    for position, update in enumerate(pledge.updates):
        check_not_before(diagnostics, path, (*loc, "updates", position, "date"), "date_before", update.date, since)
    if pledge.withdrawn is not None:
        check_not_before(diagnostics, path, (*loc, "withdrawn", "date"), "date_before", pledge.withdrawn.date, since)


def _check_notes(
    diagnostics: Diagnostics, path: str, loc: Loc, notes: tuple[Note, ...], as_of: datetime.date | None
) -> None:
    for position, note in enumerate(notes):
        _check_not_later(diagnostics, path, (*loc, "notes", position, "date"), note.date, as_of)


def _check_updates(diagnostics: Diagnostics, path: str, pledge: Pledge, loc: Loc, as_of: datetime.date | None) -> None:
    if pledge.withdrawn is not None:
        _check_not_later(diagnostics, path, (*loc, "withdrawn", "date"), pledge.withdrawn.date, as_of)
    before = None
    for position, update in enumerate(pledge.updates):
        place: Loc = (*loc, "updates", position)
        for number, evidence in enumerate(update.evidence):
            _check_not_later(diagnostics, path, (*place, "evidence", number, "date"), evidence.date, as_of)
        if update == before:
            diagnostics.report_at(path, place, "update_twice", found=update.date)
            continue
        if before is not None and update.date < before.date:
            diagnostics.report_at(path, (*place, "date"), "updates_order", found=update.date, other=before.date)
        if update.state == "reopened" and (before is None or before.state != "accepted"):
            diagnostics.report_at(path, (*place, "state"), "update_not_reopened")
        if before is not None and before.state == "accepted" and update.state != "reopened":
            diagnostics.report_at(path, (*place, "state"), "update_after_accepted", found=update.state)
        _check_not_later(diagnostics, path, (*place, "date"), update.date, as_of)
        if pledge.withdrawn is not None and update.date > pledge.withdrawn.date:
            withdrawn = pledge.withdrawn.date
            diagnostics.report_at(
                path, (*place, "date"), "update_after_withdrawn", found=update.date, withdrawn=withdrawn
            )
        dates = {"inspected": update.inspected}
        if update.notice is not None:
            ended = update.state == "accepted"
            dates["notice"] = update.notice.end if ended else update.notice.begin
        for name, date in dates.items():
            if date is not None and date > update.date:
                diagnostics.report_at(path, (*place, name), "update_dates", found=date, field=name, date=update.date)
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


def claim_of(unit_file: UnitFile) -> Claim:
    """What a unit claims. The file of another unit that was only copied claims no name: it is told by itself."""
    own = [pledge.id for pledge in unit_file.unit.pledges if _owner(pledge.id) == unit_file.id]
    former = (id for pledge in unit_file.unit.pledges for id in pledge.formerly)
    earlier = (f"{_UNIT}{id}" for id in unit_file.unit.formerly if id != unit_file.id)
    names = [f"{language}={quote(name)}" for language, name in unit_file.unit.name.items() if own]
    ids = tuple(dict.fromkeys((*own, *former, *earlier, *names)))
    return Claim(unit_file.path, unit_file.unit.order, ids)


def check_together(diagnostics: Diagnostics, claims: Mapping[str, Claim]) -> None:
    """The units against each other: no two with one place, one name, one id, or ids that could be mixed up."""
    places: dict[int, str] = {}
    named: dict[str, Claim] = {}
    for id, claim in claims.items():
        if claim.place in places:
            diagnostics.report_at(
                claim.path, ("order",), "duplicate_order", found=claim.place, other=places[claim.place]
            )
        places.setdefault(claim.place, claim.path)
        _check_name(diagnostics, claim, named)
        for beginning in _beginnings(id):
            if beginning in claims:
                diagnostics.add(Problem.at(claims[beginning].path, 0, 0, "unit_prefix", found=beginning, other=id))
    _check_former(diagnostics, claims)


def check_public(diagnostics: Diagnostics, units: int) -> None:
    """Raises ContentError where no unit is public: a site of nothing would take the place of the one that is there."""
    if not units:
        raise ContentError([Problem.at(diagnostics.display(diagnostics.root / "districts"), 0, 0, "nothing_public")])


def _check_name(diagnostics: Diagnostics, claim: Claim, named: dict[str, Claim]) -> None:
    """A name that another unit has is told in the first language where it is so; of a copied file its place is told."""
    names = [each for each in claim.ids if "=" in each]
    again = next((name for name in names if name in named and named[name].place != claim.place), "")
    if again:
        language, _, name = again.partition("=")
        values = {"found": unquote(name), "language": language, "other": named[again].path}
        diagnostics.report_at(claim.path, ("name", language), "duplicate_name", **values)
    for name in names:
        named.setdefault(name, claim)


def _check_former(diagnostics: Diagnostics, claims: Mapping[str, Claim]) -> None:
    """An id belongs to the unit that it begins with, or that has it; another unit that names it under `formerly` is at
    fault."""
    owners = {pledge: id for id, claim in claims.items() for pledge in claim.ids if _owner(pledge) == id}
    owners |= {f"{_UNIT}{id}": id for id in claims}
    for id, claim in claims.items():
        for claimed in (each for each in claim.ids if "=" not in each):
            owner = owners.setdefault(claimed, id)
            if owner != id:
                _tell_former(diagnostics, claimed, claim.path, claims[owner].path)


def _tell_former(diagnostics: Diagnostics, claimed: str, path: str, owner: str) -> None:
    if diagnostics.has_enough(path):
        diagnostics.report_at(path, (), "former_taken")
    else:
        other = f"{owner}:{diagnostics.node(owner, _loc_of(diagnostics, owner, claimed)).line}"
        diagnostics.report_at(
            path, _loc_of(diagnostics, path, claimed), "former_taken", found=claimed.removeprefix(_UNIT), other=other
        )


def _owner(pledge: str) -> str:
    return pledge.rpartition("-")[0]


def _beginnings(id: str) -> Iterator[str]:
    """What an id begins with, up to each of its hyphens."""
    parts = id.split("-")
    yield from ("-".join(parts[:n]) for n in range(1, len(parts)))


def _loc_of(diagnostics: Diagnostics, path: str, id: str) -> Loc:
    """Where a unit's file names an id that it claims: a pledge's, present or former, or its own former one."""
    for place, earlier in enumerate(diagnostics.node(path, ("formerly",)).entries or ()):
        if id == f"{_UNIT}{earlier.scalar}":
            return "formerly", place
    for position, pledge in enumerate(diagnostics.node(path, ("pledges",)).entries or ()):
        if pledge.find(("id",)).scalar == id:
            return "pledges", position, "id"
        for place, former in enumerate(pledge.find(("formerly",)).entries or ()):
            if former.scalar == id:
                return "pledges", position, "formerly", place
    return ()
