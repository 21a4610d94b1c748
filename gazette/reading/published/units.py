"""Checks that a unit, its pledges and their notices still state what was published, or explain why not."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from gazette.model.published.facts import (
    EVIDENCE,
    EVIDENCE_OF_NOTICE,
    NOTICE,
    OF_NOTICES,
    explained_facts,
    explained_facts_of_notice,
    facts_of,
    facts_of_notice,
    implied_facts,
)
from gazette.model.records.content import UnitFile
from gazette.model.records.evidence import files_of
from gazette.model.records.notices import NoticeFile
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.published.fields import Comparing, Dated, Said, missing
from gazette.reading.published.places import Owner, report_missing
from gazette.reading.published.register import Register
from gazette.reading.published.results import check_results


def check_published(
    file: Location, unit_file: UnitFile, shown: UnitFile | None, register: Register, comparing: Comparing
) -> tuple[str, ...]:
    """Report published values that the unit no longer states without a reason. `shown` is the unit without drafts, None
    if nothing of it is public.

    Returns the published ids that this file no longer knows, even as former ids: another unit may have them.
    """
    owners = _owners(file, unit_file)
    public = _owners(file, shown) if shown else {}
    lost: dict[str, None] = {}
    hidden: dict[str, datetime.date] = {}
    facts: dict[str, list[Dated]] = {}
    for fact, day in _own_facts(register):
        id = comparing.called.get(fact.id)
        if id is None:
            lost[fact.id] = None
        elif id not in public:
            hidden.setdefault(id, day)
        else:
            facts.setdefault(id, []).append((fact._replace(id=id), day))
    for id, day in hidden.items():
        if shown or id == unit_file.id:  # a unit that is a draft as a whole is reported once
            owners[id].place.within("draft").report("published_draft", found=id, date=day)
    if shown:
        now = (*facts_of(shown.id, shown.unit), *implied_facts(shown.id, shown.unit))
        said = Said.of(now, explained_facts(unit_file.id, unit_file.unit))
        for id, dated in facts.items():
            for each in missing(said, dated, comparing._replace(files=public[id].files)):
                report_missing(owners[id], each, comparing)
    return tuple(lost)


def _own_facts(register: Register) -> Iterator[Dated]:
    """The published facts of a unit and its pledges. Published ids are left out: a lost id is reported by itself."""
    ids = {fact.id for fact in register}
    for fact, day in sorted(register.items()):
        is_id = fact.field == "formerly" and fact.value in ids
        if not is_id and fact.field not in (*OF_NOTICES, EVIDENCE):
            yield fact, day


def _owners(file: Location, unit_file: UnitFile) -> dict[str, Owner]:
    """`{id: owner}` of a unit and its pledges."""
    unit = unit_file.unit
    pledges = {
        pledge.id: Owner(file.within("pledges", n), pledge, files_of(pledge)) for n, pledge in enumerate(unit.pledges)
    }
    unit_fields = tuple(getattr(unit, name) for name in unit.__struct_fields__ if name != "pledges")
    return {unit_file.id: Owner(file, unit, files_of(unit_fields)), **pledges}


# ── notices ──────────────────────────────────────────────────────────────────


def check_published_notices(
    diagnostics: Diagnostics, unit_file: UnitFile, register: Register, comparing: Comparing
) -> None:
    """Report published notices of a unit that are gone or no longer state what they did. The unit of a notice's first
    pledge reports its contents, if its register has them."""
    files = {id: file for file in unit_file.notices for id in (*file.notice.formerly, file.id)}
    facts: dict[str, list[Dated]] = {}
    lost: dict[str, datetime.date] = {}
    for fact, day in sorted(register.items()):
        if fact.field in OF_NOTICES and fact.field != EVIDENCE_OF_NOTICE:
            file = files.get(fact.id)
            if file is None:
                lost.setdefault(fact.id, day)
            elif fact.field != NOTICE or file.unit == unit_file.id:
                facts.setdefault(file.id, []).append((fact._replace(id=file.id), day))
    for id, dated in facts.items():
        _check_notice(Location(diagnostics, files[id].path), files[id], dated, comparing)
    for id, day in lost.items():
        Location(diagnostics, unit_file.path).report(
            "published_notice_lost", found=id, date=day, register=comparing.register
        )


def _check_notice(location: Location, file: NoticeFile, facts: list[Dated], comparing: Comparing) -> None:
    said = Said.of(facts_of_notice(file), explained_facts_of_notice(file))
    owner = Owner(location, file.notice, files_of(file.notice))
    for each in missing(said, facts, comparing._replace(files=owner.files)):
        report_missing(owner, each, comparing)
    check_results(location, file, facts, comparing)
    if file.notice.draft and any(fact.field == NOTICE for fact, _ in facts):
        location.within("draft").report("published_draft", found=file.id, date=facts[0][1])
