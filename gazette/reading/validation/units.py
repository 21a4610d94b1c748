"""Checks that the parts of a unit fit together: ids, references, commitments covered, titles, days."""

from __future__ import annotations

import datetime

import msgspec

from gazette.model.forms.values import unit_of
from gazette.model.records.content import UnitFile
from gazette.model.records.evidence_files import Files
from gazette.model.records.units import Unit
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.validation.acceptances import check_acceptances
from gazette.reading.validation.contacts import check_contacts
from gazette.reading.validation.days import check_day_orders
from gazette.reading.validation.facts import are_of_one, check_pledge_days, check_pledge_facts, check_unit_facts
from gazette.reading.validation.figures import check_figures
from gazette.reading.validation.history import check_history, check_notes, check_revisions, check_since
from gazette.reading.validation.periods import check_periods
from gazette.reading.validation.references import Names, check_known, check_links, repeated
from gazette.reading.validation.said_late import check_said_late


class Known(msgspec.Struct, frozen=True):
    """What references may name, and settings that checks use.

    None means unknown, so that nothing is checked against it. `since` is the day of the statements. `release` says that
    the site will be published as it is. `public_numbers` look like a person's own and may be shown. `has_list` says
    whether the settings name the superior list, `has_contact` whether they say how to reach the publisher. `files` are
    those published as evidence. `has_notices` is False if a notice cannot be read. `said_late` are the pledges that
    editions called late (`said_late.SaidLate`).
    """

    units: frozenset[str] | None
    themes: Names | None
    programmes: Names | None
    terms: Names | None
    since: datetime.date | None = None
    release: bool = False
    public_numbers: tuple[str, ...] | None = ()
    has_list: bool | None = None
    has_contact: bool | None = None
    files: Files = {}
    has_notices: bool = True
    said_late: dict[str, tuple[tuple[datetime.date, str], ...]] = {}


def check_unit(diagnostics: Diagnostics, unit_file: UnitFile, known: Known, as_of: datetime.date | None) -> None:
    """Report everything that is wrong with a unit by itself."""
    file, unit = Location(diagnostics, unit_file.path), unit_file.unit
    check_links(file, [((), unit)], known.terms)
    _check_ids(file, unit)
    _check_prefixes(file, unit_file, known)
    _check_former_unit(file, unit_file)
    _check_covers(file, unit)
    _check_titles(file, unit)
    _check_originals(file, unit)
    check_notes(file, unit.notes, as_of)
    check_revisions(file, unit.revisions, known.since, as_of)
    check_unit_facts(file, unit_file.id, unit, known.units, as_of)
    if not unit.draft and all(pledge.draft for pledge in unit.pledges):
        file.within("pledges").report("all_drafts")
    notices = unit_file.notices if known.has_notices else None
    for position, pledge in enumerate(unit.pledges):
        location = file.within("pledges", position)
        _check_filing(location.within("themes"), "unknown_theme", pledge.themes, known.themes)
        _check_filing(location.within("programmes"), "unknown_programme", pledge.programmes, known.programmes)
        check_notes(location, pledge.notes, as_of)
        check_revisions(location, pledge.revisions, known.since, as_of)
        check_history(location, pledge, unit, as_of, notices)
        check_day_orders(location, pledge, known.since, unit_file.notices)
        check_since(location, pledge, known.since)
        check_pledge_facts(location, pledge, unit_file.id, unit, known.units)
        check_pledge_days(location, pledge, known.since, as_of)
        if pledge.numbers and known.has_list is False:
            location.within("numbers").report("numbers_without_list")
        check_periods(location, pledge, known.since)
        check_said_late(location, pledge, known.said_late)
        check_figures(location, pledge)
        check_acceptances(location, pledge, unit_file.notices)
        if known.has_contact is False:
            check_contacts(location, pledge, as_of, unit_file.notices)


def _check_originals(file: Location, unit: Unit) -> None:
    """Report the source's wording outside drafts: published texts restate it."""
    if unit.draft:
        return
    if unit.original:
        file.within("original").report("original_published")
    for position, pledge in enumerate(unit.pledges):
        if pledge.original and not pledge.draft:
            file.within("pledges", position, "original").report("original_published")


# ── ids, covers, titles ──────────────────────────────────────────────────────


def _check_filing(location: Location, code: str, ids: tuple[str, ...], known: Names | None) -> None:
    """Report themes or programmes of a pledge that are unknown or repeated."""
    for index, id, again in repeated(ids):
        if again:
            location.within(index).report("repeated", found=id)
        else:
            check_known(location.within(index), code, id, known)


def _check_ids(file: Location, unit: Unit) -> None:
    """Report pledge ids that occur twice. Present ids come first, so that former ones are at fault."""
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
    """Report pledge ids that do not begin with the unit's id. A file copied from another unit is reported once."""
    prefixes = [unit_of(pledge.id) for pledge in unit_file.unit.pledges]
    other = prefixes[0]
    if other != unit_file.id and set(prefixes) == {other} and other in (known.units or ()):
        file.within("pledges", 0, "id").report("unit_copy", other=f"{other}.yaml", expected=unit_file.id)
        return
    for position, (prefix, pledge) in enumerate(zip(prefixes, unit_file.unit.pledges, strict=True)):
        if prefix != unit_file.id:
            file.within("pledges", position, "id").report("pledge_unit", found=pledge.id, expected=unit_file.id)


def _check_former_unit(file: Location, unit_file: UnitFile) -> None:
    """Report former ids of the unit that repeat or equal its own. `check_together` compares them with other units."""
    for index, id, again in repeated(unit_file.unit.formerly):
        if id == unit_file.id:
            file.within("formerly", index).report("former_taken", found=id, other=file.path)
        elif again:
            file.within("formerly", index).report("repeated", found=id)


def _check_covers(file: Location, unit: Unit) -> None:
    """Report commitments that no pledge or more than one covers, and numbers beyond the unit's total. Parts of a split
    pledge may cover the same ones."""
    covered: dict[int, str] = {}
    for position, pledge in enumerate(unit.pledges):
        for index, item, again in repeated(pledge.covers):
            location = file.within("pledges", position, "covers", index)
            if again:
                location.report("repeated", found=item)
            elif item > unit.commitments:
                location.report("covers_beyond", found=item, total=unit.commitments)
            elif item in covered and not are_of_one(unit, covered[item], pledge.id):
                location.report("covers_twice", found=item, other=covered[item])
            covered.setdefault(item, pledge.id)
    missing = [str(item) for item in range(1, unit.commitments + 1) if item not in covered]
    if missing:
        file.within("commitments").report("covers_missing", found=", ".join(missing), total=unit.commitments)


def _check_titles(file: Location, unit: Unit) -> None:
    """Report pledges that share a title in a language."""
    seen: dict[tuple[str, str], str] = {}
    for position, pledge in enumerate(unit.pledges):
        for language, title in pledge.title.items():
            if (language, title) in seen:
                location = file.within("pledges", position, "title", language)
                location.report("duplicate_title", other=seen[language, title], language=language)
            seen.setdefault((language, title), pledge.id)
