"""Lists what units and notices state in public as plain facts, which may not change or vanish without a reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from gazette.model.forms.record import Record
from gazette.model.forms.values import unit_of
from gazette.model.life.deadline_changes import deadline_changes
from gazette.model.life.target_changes import figure_changes
from gazette.model.published.held import data_of, held_fields, is_of_records, lines_of_field, spoken
from gazette.model.records.evidence import files_of
from gazette.model.records.evidence_files import EvidenceFile
from gazette.model.records.notices import Notice, NoticeBefore, NoticeFile, NoticeRevision
from gazette.model.records.revisions import (
    EvidenceBefore,
    PledgeBefore,
    PledgeRevision,
    StepBefore,
    UnitBefore,
    UnitRevision,
    said_before,
)
from gazette.model.records.unit_parts import Figure
from gazette.model.records.units import Pledge, Unit

STEP, STEPS = "step", "updates"
"""A step by its day and state (the form of older registers), and a step with all its fields."""

ALERT = "alert"
"""The alert that an edition stated; a revision may keep it."""

EVIDENCE = "evidence"
"""A file published as evidence of a unit or a pledge: its name and SHA-256."""

NOTICE, EVIDENCE_OF_NOTICE = "notice", "notice_evidence"
"""A notice's title, kept in the register of each unit whose pledges it names; and a file that is evidence of a
notice."""

_OF_NOTICE = "notice."
"""Prefix of the other fields of a notice, since a notice may have the same id as a unit."""

FIELDS = tuple(dict.fromkeys((*held_fields(Unit), *held_fields(Pledge), STEP, EVIDENCE)))
"""The fields kept of units and pledges."""

OF_NOTICES = (
    *(NOTICE, EVIDENCE_OF_NOTICE),
    *(f"{_OF_NOTICE}{name}" for name in held_fields(Notice) if name != "title"),
)
"""The fields kept of notices."""

OF_RECORDS = frozenset(
    [name for kind in (Unit, Pledge) for name in held_fields(kind) if is_of_records(kind, name)]
    + [f"{_OF_NOTICE}{name}" for name in held_fields(Notice) if is_of_records(Notice, name)]
)
"""The fields whose values are records, written as JSON."""

REVISED = tuple(
    dict.fromkeys(name for kind in (UnitBefore, PledgeBefore, NoticeBefore) for name in kind.__struct_fields__)
)
"""The fields of units, pledges and notices that a revision can concern."""

_NAMES_OF_UNIT = ("name", "signed_by", "summary")
_WORDS_OF_PLEDGE = ("title", "text", "done_when", "target")


class PublishedFact(NamedTuple):
    """One line of text in a `field` of the unit, pledge or notice `id`. `language` is "" if the value is the same in
    all languages. A value that revisions replaced and that is stated again is another fact: `times` counts its
    statements."""

    id: str
    field: str
    language: str
    value: str
    times: int = 1


# ── units and pledges ────────────────────────────────────────────────────────


def facts_of(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """All facts that the unit `id` and its pledges state now. `unit` is without drafts."""
    yield from _of_record(id, unit)
    for pledge in unit.pledges:
        yield from _of_record(pledge.id, pledge)


def stated_facts(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """The unit's names and its pledges' promises, in each language."""
    yield from _facts(id, {name: getattr(unit, name) for name in _NAMES_OF_UNIT})
    for pledge in unit.pledges:
        yield from _facts(pledge.id, {name: getattr(pledge, name) for name in _WORDS_OF_PLEDGE})


def implied_facts(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """Facts that follow from what the unit states now, in the forms of older registers: earlier names, granted
    deadlines and figures, the days of steps."""
    for renamed in unit.renamed:
        yield from _facts(id, {"name": renamed.before})
    for pledge in unit.pledges:
        for change in deadline_changes(pledge):
            yield PublishedFact(pledge.id, "deadline", "", change.to.stated)
        for stated in (pledge.target, *(revision.was.target for revision in pledge.revisions)):
            yield from _granted(pledge, stated)
        for update in pledge.updates:
            yield PublishedFact(pledge.id, STEP, "", f"{update.date} {update.state}")


def explained_facts(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """Facts that the unit stated before, as its revisions keep them."""
    for revision in unit.revisions:
        yield from _before(id, revision.was)
    for pledge in unit.pledges:
        for change in pledge.revisions:
            yield from _before(pledge.id, change.was)


def _of_record(id: str, record: Record, prefix: str = "") -> Iterator[PublishedFact]:
    yield from _facts(id, {f"{prefix}{name}": getattr(record, name) for name in held_fields(type(record))})


def _facts(id: str, fields: Mapping[str, object]) -> Iterator[PublishedFact]:
    for field, value in fields.items():
        yield from (PublishedFact(id, field, *line) for line in lines_of_field(value))


def _before(id: str, was: Record, prefix: str = "") -> Iterator[PublishedFact]:
    """Facts that a revision keeps of `id`."""
    for name in said_before(was):
        value = getattr(was, name)
        if name == ALERT:
            continue  # an alert is derived, and an edition holds it
        if isinstance(value, StepBefore):
            yield PublishedFact(id, STEP, "", f"{value.date} {value.state}")
            yield from _facts(id, {STEPS: value})
        elif isinstance(value, EvidenceBefore):
            yield _evidence_before(id, value, prefix)
        else:
            yield from _facts(id, {f"{prefix}{name}": value})


def _evidence_before(id: str, before: EvidenceBefore, prefix: str) -> PublishedFact:
    if before.sha256 is not None:
        return PublishedFact(id, EVIDENCE_OF_NOTICE if prefix else EVIDENCE, "", before.stated)
    return PublishedFact(id, f"{prefix}{EVIDENCE}", "", json.dumps(data_of(before), ensure_ascii=False))


def _granted(pledge: Pledge, stated: Figure | None) -> Iterator[PublishedFact]:
    """Facts of the figures granted in place of `stated`, in the words of `stated`."""
    if stated is not None:
        for change in figure_changes(pledge):
            yield from _facts(pledge.id, {"target": replace(stated, value=change.to)})


# ── notices ──────────────────────────────────────────────────────────────────


def facts_of_notices(unit: str, notices: Iterable[NoticeFile]) -> Iterator[PublishedFact]:
    """Facts that the register of `unit` keeps of notices: the title and this unit's pledges; if the notice's first
    pledge is the unit's, all that it says and said."""
    for file in notices:
        named_pledges = _named_of(unit, file)
        for fact in facts_of_notice(file):
            if fact.field == NOTICE or fact in named_pledges or (file.unit == unit and fact.field != _PLEDGES):
                yield fact
        if file.unit == unit:
            yield from explained_facts_of_notice(file)


_PLEDGES = f"{_OF_NOTICE}pledges"


def _named_of(unit: str, file: NoticeFile) -> frozenset[PublishedFact]:
    return frozenset(PublishedFact(file.id, _PLEDGES, "", id) for id in file.notice.pledges if unit_of(id) == unit)


def facts_of_notice(file: NoticeFile) -> Iterator[PublishedFact]:
    """All facts that a notice states now."""
    for fact in _of_record(file.id, file.notice, _OF_NOTICE):
        yield fact._replace(field=NOTICE) if fact.field == f"{_OF_NOTICE}title" else fact


def explained_facts_of_notice(file: NoticeFile) -> Iterator[PublishedFact]:
    """Facts that a notice stated before, as its revisions keep them, and its former evidence."""
    for revision in file.notice.revisions:
        for fact in _before(file.id, revision.was, _OF_NOTICE):
            yield fact._replace(field=NOTICE) if fact.field == f"{_OF_NOTICE}title" else fact


def of_notice(field: str) -> str:
    """The notice's field for a field name of the register."""
    return "title" if field == NOTICE else field.removeprefix(_OF_NOTICE)


# ── files of evidence ────────────────────────────────────────────────────────


def evidence_facts(id: str, unit: Unit, files: Iterable[EvidenceFile]) -> Iterator[PublishedFact]:
    """Facts of the `files` that are evidence of the unit `id` itself and of each of its pledges."""
    unit_fields = tuple(getattr(unit, name) for name in unit.__struct_fields__ if name != "pledges")
    for owner, record in ((id, unit_fields), *((pledge.id, pledge) for pledge in unit.pledges)):
        yield from _evidence(owner, EVIDENCE, record, files)


def evidence_facts_of_notices(notices: Iterable[NoticeFile]) -> Iterator[PublishedFact]:
    """Facts of the files that are evidence of notices."""
    for file in notices:
        yield from _evidence(file.id, EVIDENCE_OF_NOTICE, file.notice, file.files)


def _evidence(id: str, field: str, record: object, files: Iterable[EvidenceFile]) -> Iterator[PublishedFact]:
    digests = {file.name: file.digest for file in files if file.kind}
    yield from (PublishedFact(id, field, "", f"{name} {digests[name]}") for name in files_of(record) if name in digests)


# ── what was revised ─────────────────────────────────────────────────────────


class RevisedField(NamedTuple):
    """A revised field of the unit or pledge `id`, or of a `notice`. `before` is its old value, one line in each
    language."""

    unit: str
    id: str
    notice: str
    field: str
    before: Mapping[str, str]
    revision: PledgeRevision | UnitRevision | NoticeRevision


def revised_fields(id: str, unit: Unit, notices: Iterable[NoticeFile] = ()) -> Iterator[RevisedField]:
    """All revised fields of the unit `id`, its pledges and `notices`, by date."""
    every: list[tuple[str, str, PledgeRevision | UnitRevision | NoticeRevision]] = []
    every += [(id, "", revision) for revision in unit.revisions]
    every += [(pledge.id, "", revision) for pledge in unit.pledges for revision in pledge.revisions]
    every += [("", file.id, revision) for file in notices for revision in file.notice.revisions]
    for owner, notice, revision in sorted(every, key=lambda each: each[2].date):
        for field in said_before(revision.was):
            before = {code: spoken(getattr(revision.was, field), code) for code in unit.name}
            yield RevisedField(unit=id, id=owner, notice=notice, field=field, before=before, revision=revision)
