"""Checks that files published as evidence are unchanged."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from gazette.model.published.facts import (
    EVIDENCE,
    EVIDENCE_OF_NOTICE,
    PublishedFact,
    evidence_facts,
    evidence_facts_of_notices,
    explained_facts,
    explained_facts_of_notice,
)
from gazette.model.records.content import UnitFile
from gazette.model.records.evidence import all_evidence, files_of
from gazette.model.records.evidence_files import Files
from gazette.model.records.notices import NoticeFile
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.location import Location
from gazette.reading.published.register import Register, called_now


def check_published_evidence(file: Location, unit_file: UnitFile, shown: UnitFile | None, register: Register) -> None:
    """Report published evidence of a unit and its pledges that is no longer evidence or has other bytes, unless a
    revision explains it. `shown` is the unit without drafts, None if nothing is public. `check_published` reports
    owners that are no longer public."""
    if shown is None:
        return
    id, now, files = unit_file.id, called_now(unit_file), {each.name: each for each in unit_file.files}
    said, kept = {*evidence_facts(id, shown.unit, shown.files)}, Counter(explained_facts(id, unit_file.unit))
    positions = {pledge.id: n for n, pledge in enumerate(unit_file.unit.pledges)}
    public: dict[str, object] = {pledge.id: pledge for pledge in shown.unit.pledges}
    public[id] = tuple(getattr(shown.unit, name) for name in shown.unit.__struct_fields__ if name != "pledges")
    for fact, day in _lost(register, EVIDENCE, now, said, kept):
        owner = fact.id
        if owner in public:
            location = file.within("pledges", positions[owner]) if owner in positions else file
            record = unit_file.unit.pledges[positions[owner]] if owner in positions else unit_file.unit
            _report(_Owner(location, record, public[owner]), fact, day, files)


def check_published_evidence_of_notices(
    diagnostics: Diagnostics, unit_file: UnitFile, register: Mapping[PublishedFact, datetime.date]
) -> None:
    """Report the same for notices that name pledges of the unit. The unit of a notice's first pledge reports it.
    `check_published_notices` reports notices that are gone."""
    notices: dict[str, NoticeFile] = {}
    for file in (file for file in unit_file.notices if file.unit == unit_file.id):
        notices |= dict.fromkeys((*file.notice.formerly, file.id), file)
    said, now = {*evidence_facts_of_notices(notices.values())}, {id: file.id for id, file in notices.items()}
    kept = Counter(
        fact
        for file in {file.id: file for file in notices.values()}.values()
        for fact in explained_facts_of_notice(file)
    )
    for fact, day in _lost(register, EVIDENCE_OF_NOTICE, now, said, kept):
        file = notices[fact.id]
        files = {each.name: each for each in file.files}
        owner = _Owner(Location(diagnostics, file.path), file.notice, file.notice)
        _report(owner, fact, day, files)


def _lost(
    register: Register,
    field: str,
    now: Mapping[str, str],
    said: Collection[PublishedFact],
    kept: Counter[PublishedFact],
) -> Iterator[tuple[PublishedFact, datetime.date]]:
    """Published files, by the ids that their owners have `now`, that are neither `said` to be evidence nor `kept` by as
    many revisions as they were public times. Yields each once, with the day since which it was public."""
    yielded = set()
    for fact, day in sorted(register.items()):
        if fact.field == field and fact.id in now:
            once = fact._replace(id=now[fact.id], times=1)
            if once not in said and kept[once] < fact.times and once not in yielded:
                yielded.add(once)
                yield once, day


class _Owner(NamedTuple):
    """A record whose evidence a file was: its location, the record, and the part of it that is public."""

    place: Location
    record: object
    public: object


def _report(owner: _Owner, fact: PublishedFact, day: datetime.date, files: Files) -> None:
    """Report a published file that changed or is no longer evidence of its owner. A file that cannot be read is
    reported at its own path."""
    name, _, digest = fact.value.rpartition(" ")
    values = {"found": name, "sha256": digest, "date": day}
    if name not in files_of(owner.public):
        owner.place.report("published_evidence_lost", **values)
    elif name in files and files[name].kind:
        loc = next(loc for loc, evidence in all_evidence(owner.record) if evidence.file == name)
        owner.place.within(*loc, "file").report("published_evidence_changed", **values)
