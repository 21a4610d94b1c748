"""Writes the register of what is public, beside the content."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from gazette.building.checking import check
from gazette.building.opening import open_cache, open_content
from gazette.building.settings import Settings
from gazette.messages.problems import ContentError, Problem
from gazette.model.published.facts import (
    PublishedFact,
    evidence_facts,
    evidence_facts_of_notices,
    explained_facts,
    explained_facts_of_notice,
    facts_of,
    facts_of_notice,
    facts_of_notices,
)
from gazette.model.records.content import UnitFile
from gazette.model.records.publications import in_zone
from gazette.model.records.site import Site
from gazette.office.record_files import RecordFile, write_records
from gazette.office.translations import right_pairs, right_shared_pairs
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.published.fields import Comparing, Said, said_again
from gazette.reading.published.kept_registers import (
    EDITION_FIELDS,
    PLACE,
    UNREGISTERED,
    fact_of_as_of,
    fact_of_edition,
    read_editions_register,
)
from gazette.reading.published.register import FOLDER, called_now, format_register, parse_register
from gazette.reading.unit_loader import SourceFile, UnitSource, read_register, without_drafts


class Registered(NamedTuple):
    """What was added to the register: the number of new lines, and of the units that they are about."""

    lines: int
    units: int


def register(settings: Settings, at: datetime.date | None, now: datetime.datetime) -> Registered:
    """Register everything that units state in public and that is new, as public from the day `at`, or from today in the
    site's time zone.

    Raises ContentError if the content is wrong, changes meanwhile, or cannot have become public on that day; then
    nothing is written. If it is interrupted, running it again completes it.
    """
    try:
        check(settings)
    except ContentError as wrong:
        if any(problem.code != UNREGISTERED for problem in wrong.problems):
            raise
    opened = open_content(settings, open_cache(settings))
    today = day_of(opened, now)
    if at and (misdated := _misdated(opened, at, today)):
        raise ContentError([misdated])
    return write_registers(opened, new_registers(opened, at or today, with_as_of=True))


def _misdated(opened: LoadedContent, at: datetime.date, today: datetime.date) -> Problem | None:
    """Return why nothing can have become public on the day `at`: it is in the future, before the days that the content
    is about, or before the last registration or edition. None if it can."""
    assert opened.content is not None
    site = opened.content.site
    if is_ahead(site, at, today):
        return Problem.at("", 0, 0, "register_ahead", found=at, today=today)
    edition, last = max((each.date for each in opened.content.editions), default=None), _last_registered(opened)
    bounds = (
        (site.statements_date, Problem.at("", 0, 0, "register_before_statements", found=at, date=site.statements_date)),
        (site.as_of, Problem.at("", 0, 0, "register_before_as_of", found=at, date=site.as_of)),
        (edition, Problem.at("", 0, 0, "register_before_edition", found=at, date=edition)),
        (last, Problem.at("", 0, 0, "register_before_last", found=at, date=last)),
    )
    crossed = [(day, problem) for day, problem in bounds if day and at < day]
    return max(crossed, key=lambda each: each[0])[1] if crossed else None


def is_ahead(site: Site, day: datetime.date, today: datetime.date) -> bool:
    """Return whether a day is in the future. If `as_of` itself is in the future, the city is fictional, and `today`
    does not matter."""
    return day > today and not (site.as_of and site.as_of > today)


def _last_registered(opened: LoadedContent) -> datetime.date | None:
    """Return the newest day in the registers of units; None if they are empty."""
    files = (source.beside[FOLDER] for source in opened.sources() if FOLDER in source.beside)
    newest = (max((read_register(opened.diagnostics, file) or {}).values(), default=None) for file in files)
    return max((day for day in newest if day), default=None)


def day_of(opened: LoadedContent, now: datetime.datetime) -> datetime.date:
    """Return the day that it is at `now` in the site's time zone."""
    assert opened.content is not None
    return in_zone(now, opened.content.site.timezone).date()


def new_registers(opened: LoadedContent, day: datetime.date, *, with_as_of: bool = False) -> tuple[RecordFile, ...]:
    """Return the registers that change with what every unit of valid content states now, and the records of
    translations; these count no line as new.

    With `with_as_of`, the day that states are measured against is registered too, unless an edition has it.
    """
    of_units = (each for unit in opened.load_units() for each in _take_up(opened, *unit, day))
    return (
        *of_units,
        *_editions_register(opened, day if with_as_of else None),
        *(each._replace(new=0) for each in right_shared_pairs(opened)),
    )


def _editions_register(opened: LoadedContent, day: datetime.date | None) -> Iterator[RecordFile]:
    """Yield the register of editions if it changes: with a line for each edition, and one for `as_of` if it is public
    since `day` and later than that of all editions. No line counts as new."""
    assert opened.content is not None
    listing, as_of = opened.listing, opened.content.site.as_of
    full_path = listing.root / PLACE
    before = SourceFile(PLACE, listing.bytes_of(full_path)) if listing.kind(full_path) == "file" else None
    lines = {fact_of_edition(each.number, each.sums): each.date for each in opened.content.editions}
    if day and as_of and all(each.as_of is None or each.as_of < as_of for each in opened.content.editions):
        lines[fact_of_as_of(as_of)] = day
    register = {**lines, **(read_editions_register(opened.diagnostics, listing) or {})}
    if changed := RecordFile.of(PLACE, before, format_register(register), 0):
        yield changed


def register_edition(root: Path, number: int, day: datetime.date, sums: str) -> None:
    """Register the edition of a `day` whose list of checksums has the SHA-256 `sums`. Raises the same as
    `write_records`."""
    full_path = root / PLACE
    before = full_path.read_bytes() if full_path.exists() else None
    register = parse_register(PLACE, (before or b"").decode(), EDITION_FIELDS)
    text = format_register({fact_of_edition(number, sums): day, **register})
    write_records(root, [RecordFile(PLACE, before, text.encode(), 1)])


def write_registers(opened: LoadedContent, registers: tuple[RecordFile, ...]) -> Registered:
    """Write the registers. Raises the same as `write_records`."""
    write_records(opened.diagnostics.root, registers)
    return Registered(sum(each.new for each in registers), sum(bool(each.new) for each in registers))


def _take_up(
    opened: LoadedContent, source: UnitSource, unit_file: UnitFile | None, day: datetime.date
) -> Iterator[RecordFile]:
    """Yield the register of one unit with its new lines, and the records of its translations, if they change."""
    public = without_drafts(unit_file) if unit_file else None
    file = source.beside.get(FOLDER)
    before = (read_register(opened.diagnostics, file) if file else None) or {}
    register = {**dict.fromkeys(facts_to_register(public, opened.languages) if public else (), day), **before}
    path, new = f"{FOLDER}/{source.id}.tsv", len(register) - len(before)
    if changed := RecordFile.of(path, file, format_register(register), new):
        yield changed
    if unit_file and (pairs := right_pairs(opened, source, unit_file)):
        yield pairs._replace(new=0)


def facts_to_register(unit_file: UnitFile, languages: tuple[str, ...]) -> Iterator[PublishedFact]:
    """Yield all facts to keep of a unit and of the notices that name its pledges, as the public sees them: what they
    state now, what they say that they stated before, and which of that they state again."""
    of_this_unit = tuple(file for file in unit_file.notices if file.unit == unit_file.id)
    evidence = (
        *evidence_facts(unit_file.id, unit_file.unit, unit_file.files),
        *evidence_facts_of_notices(unit_file.notices),
    )
    now, before = (
        (*facts_of(unit_file.id, unit_file.unit), *evidence),
        (*explained_facts(unit_file.id, unit_file.unit),),
    )
    yield from (*now, *before, *facts_of_notices(unit_file.id, unit_file.notices))
    now += tuple(fact for file in of_this_unit for fact in facts_of_notice(file))
    before += tuple(fact for file in of_this_unit for fact in explained_facts_of_notice(file))
    yield from said_again(Said.of(now, before), Comparing(languages, called_now(unit_file), "", files=None))
