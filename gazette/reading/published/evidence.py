"""The question whether the files that were published as evidence are still what they were."""

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
    """Whether the files that were published as evidence of a unit and its pledges are evidence of them now, with the
    same bytes, or a revision says why not. `shown` is the unit without its drafts. Of what is no longer public at all,
    `check_published` tells."""
    if shown is None:
        return
    id, now, files = unit_file.id, called_now(unit_file), {each.name: each for each in unit_file.files}
    said, kept = {*evidence_facts(id, shown.unit, shown.files)}, Counter(explained_facts(id, unit_file.unit))
    positions = {pledge.id: n for n, pledge in enumerate(unit_file.unit.pledges)}
    public: dict[str, object] = {pledge.id: pledge for pledge in shown.unit.pledges}
    public[id] = tuple(getattr(shown.unit, name) for name in shown.unit.__struct_fields__ if name != "pledges")
    for fact, day in _lost(register, EVIDENCE, now, said, kept):
        own = fact.id
        if own in public:
            place = file.within("pledges", positions[own]) if own in positions else file
            record = unit_file.unit.pledges[positions[own]] if own in positions else unit_file.unit
            _report(_Owner(place, record, public[own]), fact, day, files)


def check_published_evidence_of_notices(
    diagnostics: Diagnostics, unit_file: UnitFile, register: Mapping[PublishedFact, datetime.date]
) -> None:
    """The same of the notices that name pledges of a unit; what is told of one, is told by the unit of its first
    pledge. That a notice is gone as a whole, `check_published_notices` tells."""
    own: dict[str, NoticeFile] = {}
    for file in (file for file in unit_file.notices if file.unit == unit_file.id):
        own |= dict.fromkeys((*file.notice.formerly, file.id), file)
    said, now = {*evidence_facts_of_notices(own.values())}, {id: file.id for id, file in own.items()}
    kept = Counter(
        fact for file in {file.id: file for file in own.values()}.values() for fact in explained_facts_of_notice(file)
    )
    for fact, day in _lost(register, EVIDENCE_OF_NOTICE, now, said, kept):
        file = own[fact.id]
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
    """The files that were published, by what their owners are called `now`, and are neither `said` to be evidence nor
    `kept` by as many revisions as they were public times; each once."""
    told = set()
    for fact, day in sorted(register.items()):
        if fact.field == field and fact.id in now:
            once = fact._replace(id=now[fact.id], times=1)
            if once not in said and kept[once] < fact.times and once not in told:
                told.add(once)
                yield once, day


class _Owner(NamedTuple):
    """The record whose evidence a file was, where it stands, and what of it is shown."""

    place: Location
    record: object
    public: object


def _report(owner: _Owner, fact: PublishedFact, day: datetime.date, files: Files) -> None:
    """Tell of a file that was published: it is another, or no longer evidence of its owner. One that cannot be read is
    told where it lies."""
    name, _, digest = fact.value.rpartition(" ")
    values = {"found": name, "sha256": digest, "date": day}
    if name not in files_of(owner.public):
        owner.place.report("published_evidence_lost", **values)
    elif name in files and files[name].kind:
        loc = next(loc for loc, evidence in all_evidence(owner.record) if evidence.file == name)
        owner.place.within(*loc, "file").report("published_evidence_changed", **values)
