"""Whether the parts of a unit fit together: ids, references, covers, titles, days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import TypeVar

import msgspec

from gazette.model.content import UnitFile
from gazette.model.unit_records import Note, Pledge, Unit, Update
from gazette.reading.claims import unit_of
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
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


def check_unit(diagnostics: Diagnostics, unit_file: UnitFile, known: Known, as_of: datetime.date | None) -> None:
    """A unit by itself."""
    file, unit = Location(diagnostics, unit_file.path), unit_file.unit
    check_links(file, [((), unit)], known.terms)
    _check_ids(file, unit)
    _check_prefixes(file, unit_file, known)
    _check_former_unit(file, unit_file)
    _check_covers(file, unit)
    _check_titles(file, unit)
    _check_notes(file, unit.notes, as_of)
    if not unit.draft and all(pledge.draft for pledge in unit.pledges):
        file.within("pledges").report("all_drafts")
    for position, pledge in enumerate(unit.pledges):
        location = file.within("pledges", position)
        _check_filing(location.within("themes"), "unknown_theme", pledge.themes, known.themes)
        _check_filing(location.within("programmes"), "unknown_programme", pledge.programmes, known.programmes)
        _check_notes(location, pledge.notes, as_of)
        _check_reports(location, pledge, as_of)
        _check_since(location, pledge, known.since)


# ── ids, covers, titles ──────────────────────────────────────────────────────


def _check_filing(location: Location, code: str, ids: tuple[str, ...], known: Names | None) -> None:
    """The themes or programmes of a pledge: each is known, and none is there twice."""
    for place, id, again in _repeated(ids):
        if again:
            location.within(place).report("repeated", found=id)
        else:
            check_known(location.within(place), code, id, known)


def _repeated(entries: Iterable[T]) -> Iterator[tuple[int, T, bool]]:
    """The entries of a list with their places, and whether each stood there before."""
    seen: set[T] = set()
    for place, entry in enumerate(entries):
        yield place, entry, entry in seen
        seen.add(entry)


def _check_ids(file: Location, unit: Unit) -> None:
    """The ids of a unit's pledges, then those that they had before: what a pledge is called now is never at fault."""
    owners: dict[str, Location] = {}
    for position, pledge in enumerate(unit.pledges):
        location = file.within("pledges", position, "id")
        if pledge.id in owners:
            location.report("duplicate_id", found=pledge.id, other=owners[pledge.id])
        owners.setdefault(pledge.id, location)
    for position, pledge in enumerate(unit.pledges):
        for index, id in enumerate(pledge.formerly):
            location = file.within("pledges", position, "formerly", index)
            if id in owners:
                location.report("former_taken", found=id, other=owners[id])
            owners.setdefault(id, location)


def _check_prefixes(file: Location, unit_file: UnitFile, known: Known) -> None:
    """Every id begins with that of its unit. A file copied from another unit is told once."""
    prefixes = [unit_of(pledge.id) for pledge in unit_file.unit.pledges]
    other = prefixes[0]
    if other != unit_file.id and set(prefixes) == {other} and other in (known.units or ()):
        file.within("pledges", 0, "id").report("unit_copy", other=f"{other}.yaml", expected=unit_file.id)
        return
    for position, (prefix, pledge) in enumerate(zip(prefixes, unit_file.unit.pledges, strict=True)):
        if prefix != unit_file.id:
            file.within("pledges", position, "id").report("pledge_unit", found=pledge.id, expected=unit_file.id)


def _check_former_unit(file: Location, unit_file: UnitFile) -> None:
    """The ids that the unit had before, by themselves; against other units they are checked together."""
    for place, id in enumerate(unit_file.unit.formerly):
        if id == unit_file.id:
            file.within("formerly", place).report("former_taken", found=id, other=file.path)
        elif id in unit_file.unit.formerly[:place]:
            file.within("formerly", place).report("repeated", found=id)


def _check_covers(file: Location, unit: Unit) -> None:
    """Every commitment is covered by one pledge, and no other is."""
    covered: dict[int, str] = {}
    for position, pledge in enumerate(unit.pledges):
        for place, item, again in _repeated(pledge.covers):
            location = file.within("pledges", position, "covers", place)
            if again:
                location.report("repeated", found=item)
            elif item > unit.commitments:
                location.report("covers_beyond", found=item, total=unit.commitments)
            elif item in covered:
                location.report("covers_twice", found=item, other=covered[item])
            covered.setdefault(item, pledge.id)
    missing = [str(item) for item in range(1, unit.commitments + 1) if item not in covered]
    if missing:
        file.within("commitments").report("covers_missing", found=", ".join(missing), total=unit.commitments)


def _check_titles(file: Location, unit: Unit) -> None:
    """No two pledges have one title in a language."""
    seen: dict[tuple[str, str], str] = {}
    for position, pledge in enumerate(unit.pledges):
        for language, title in pledge.title.items():
            if (language, title) in seen:
                location = file.within("pledges", position, "title", language)
                location.report("duplicate_title", other=seen[language, title], language=language)
            seen.setdefault((language, title), pledge.id)


# ── days ─────────────────────────────────────────────────────────────────────


def _check_not_later(location: Location, date: datetime.date | None, as_of: datetime.date | None) -> None:
    """No day that is told lies after the day that the site speaks of."""
    if date is not None and as_of is not None and date > as_of:
        location.report("after_as_of", found=date, as_of=as_of)


def check_not_before(location: Location, code: str, date: datetime.date | None, since: datetime.date | None) -> None:
    """No day that follows from the statements lies before them."""
    if date is not None and since is not None and date < since:
        location.report(code, found=date, since=since)


def _check_since(location: Location, pledge: Pledge, since: datetime.date | None) -> None:
    """Nothing of a pledge was due or reported before the statements."""
    check_not_before(location.within("deadline"), "deadline_before", pledge.deadline.last, since)
    for position, update in enumerate(pledge.updates):
        check_not_before(location.within("updates", position, "date"), "date_before", update.date, since)
    if pledge.withdrawn is not None:
        check_not_before(location.within("withdrawn", "date"), "date_before", pledge.withdrawn.date, since)


def _check_notes(location: Location, notes: tuple[Note, ...], as_of: datetime.date | None) -> None:
    """The notes on a unit or a pledge, which stands at `location`."""
    for position, note in enumerate(notes):
        _check_not_later(location.within("notes", position, "date"), note.date, as_of)


def _check_reports(location: Location, pledge: Pledge, as_of: datetime.date | None) -> None:
    """What was reported of a pledge: updates follow each other in order, each is told once, and none comes after the
    pledge was withdrawn."""
    if pledge.withdrawn is not None:
        _check_not_later(location.within("withdrawn", "date"), pledge.withdrawn.date, as_of)
    before = None
    for position, update in enumerate(pledge.updates):
        own = location.within("updates", position)
        for number, evidence in enumerate(update.evidence):
            _check_not_later(own.within("evidence", number, "date"), evidence.date, as_of)
        if update == before:
            own.report("update_twice", found=update.date)
            continue
        _check_order(own, update, before)
        _check_not_later(own.within("date"), update.date, as_of)
        if pledge.withdrawn is not None and update.date > pledge.withdrawn.date:
            values = {"found": update.date, "withdrawn": pledge.withdrawn.date}
            own.within("date").report("update_after_withdrawn", **values)
        _check_days_of(own, update)
        before = update


def _check_order(location: Location, update: Update, before: Update | None) -> None:
    """An update against the one before it: not of an earlier day, and only what was accepted is reopened."""
    accepted = before is not None and before.state == "accepted"
    if before is not None and update.date < before.date:
        location.within("date").report("updates_order", found=update.date, other=before.date)
    if update.state == "reopened" and not accepted:
        location.within("state").report("update_not_reopened")
    if update.state != "reopened" and accepted:
        location.within("state").report("update_after_accepted", found=update.state)


def _check_days_of(location: Location, update: Update) -> None:
    """What an update tells of was over when it was written: the inspection, and the notice or its beginning."""
    days = {"inspected": update.inspected}
    if update.notice is not None:
        days["notice"] = update.notice.end if update.state == "accepted" else update.notice.begin
    for name, day in days.items():
        if day is not None and day > update.date:
            location.within(name).report("update_dates", found=day, field=name, date=update.date)
