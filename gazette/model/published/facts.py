"""What is stated in public of units and notices, as plain facts: what must not change or vanish without a reason."""

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
"""A reported step: by its day and its state (so older registers have it), and with all that it says."""

ALERT = "alert"
"""What an edition said of a deadline; a revision may keep it."""

EVIDENCE = "evidence"
"""A file that is published as evidence of a unit or a pledge: its name and its SHA-256."""

NOTICE, EVIDENCE_OF_NOTICE = "notice", "notice_evidence"
"""The title of a notice, in the register of each unit whose pledges it names; a file that is evidence of one."""

_OF_NOTICE = "notice."
"""What the other fields of a notice begin with: a notice may be called as a unit is."""

FIELDS = tuple(dict.fromkeys((*held_fields(Unit), *held_fields(Pledge), STEP, EVIDENCE)))
"""What is kept of units and pledges."""

OF_NOTICES = (
    *(NOTICE, EVIDENCE_OF_NOTICE),
    *(f"{_OF_NOTICE}{name}" for name in held_fields(Notice) if name != "title"),
)
"""What is kept of notices."""

OF_RECORDS = frozenset(
    [name for kind in (Unit, Pledge) for name in held_fields(kind) if is_of_records(kind, name)]
    + [f"{_OF_NOTICE}{name}" for name in held_fields(Notice) if is_of_records(Notice, name)]
)
"""The fields whose values are records, in JSON."""

REVISED = tuple(
    dict.fromkeys(name for kind in (UnitBefore, PledgeBefore, NoticeBefore) for name in kind.__struct_fields__)
)
"""The fields of units and pledges that a revision can be about."""

_NAMES_OF_UNIT = ("name", "signed_by", "summary")
_WORDS_OF_PLEDGE = ("title", "text", "done_when", "target")


class PublishedFact(NamedTuple):
    """A `field` of the unit, pledge or notice `id`, in a language (empty where it is the same in all), as one line of
    text. What revisions keep and is said all the same is another fact: it was said so many `times`."""

    id: str
    field: str
    language: str
    value: str
    times: int = 1


# ── units and pledges ────────────────────────────────────────────────────────


def facts_of(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """All that the unit `id` states now, of itself and of its pledges. `unit` is without its drafts."""
    yield from _of_record(id, unit)
    for pledge in unit.pledges:
        yield from _of_record(pledge.id, pledge)


def stated_facts(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """How the unit `id` is called, and what it promised, in each language."""
    yield from _facts(id, {name: getattr(unit, name) for name in _NAMES_OF_UNIT})
    for pledge in unit.pledges:
        yield from _facts(pledge.id, {name: getattr(pledge, name) for name in _WORDS_OF_PLEDGE})


def implied_facts(id: str, unit: Unit) -> Iterator[PublishedFact]:
    """What follows from what the unit `id` states now, in the forms in which older registers have it: earlier names,
    deadlines and figures that were granted, the days of steps."""
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
    """What the unit `id` stated before, by its revisions."""
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
    """What a revision keeps of `id`."""
    for name in said_before(was):
        value = getattr(was, name)
        if name == ALERT:
            continue  # it was worked out, and an edition holds it
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
    """The figures that were granted in place of the one that is or was `stated`: they stood in its words."""
    if stated is not None:
        for change in figure_changes(pledge):
            yield from _facts(pledge.id, {"target": replace(stated, value=change.to)})


# ── notices ──────────────────────────────────────────────────────────────────


def facts_of_notices(unit: str, notices: Iterable[NoticeFile]) -> Iterator[PublishedFact]:
    """What the register of a `unit` keeps of the notices that name its pledges: title and these pledges; of one that
    begins with a pledge of it, all that it says and said."""
    for file in notices:
        own = _named_of(unit, file)
        for fact in facts_of_notice(file):
            if fact.field == NOTICE or fact in own or (file.unit == unit and fact.field != _PLEDGES):
                yield fact
        if file.unit == unit:
            yield from explained_facts_of_notice(file)


_PLEDGES = f"{_OF_NOTICE}pledges"


def _named_of(unit: str, file: NoticeFile) -> frozenset[PublishedFact]:
    return frozenset(PublishedFact(file.id, _PLEDGES, "", id) for id in file.notice.pledges if unit_of(id) == unit)


def facts_of_notice(file: NoticeFile) -> Iterator[PublishedFact]:
    """All that a notice says now."""
    for fact in _of_record(file.id, file.notice, _OF_NOTICE):
        yield fact._replace(field=NOTICE) if fact.field == f"{_OF_NOTICE}title" else fact


def explained_facts_of_notice(file: NoticeFile) -> Iterator[PublishedFact]:
    """What a notice said before, by its revisions, and the files that were its evidence."""
    for revision in file.notice.revisions:
        for fact in _before(file.id, revision.was, _OF_NOTICE):
            yield fact._replace(field=NOTICE) if fact.field == f"{_OF_NOTICE}title" else fact


def of_notice(field: str) -> str:
    """The field of a notice that a field of the register is about."""
    return "title" if field == NOTICE else field.removeprefix(_OF_NOTICE)


# ── files of evidence ────────────────────────────────────────────────────────


def evidence_facts(id: str, unit: Unit, files: Iterable[EvidenceFile]) -> Iterator[PublishedFact]:
    """The `files` that are evidence of the unit `id` itself, and of each of its pledges."""
    own = tuple(getattr(unit, name) for name in unit.__struct_fields__ if name != "pledges")
    for owner, record in ((id, own), *((pledge.id, pledge) for pledge in unit.pledges)):
        yield from _evidence(owner, EVIDENCE, record, files)


def evidence_facts_of_notices(notices: Iterable[NoticeFile]) -> Iterator[PublishedFact]:
    """The files that are evidence of notices."""
    for file in notices:
        yield from _evidence(file.id, EVIDENCE_OF_NOTICE, file.notice, file.files)


def _evidence(id: str, field: str, record: object, files: Iterable[EvidenceFile]) -> Iterator[PublishedFact]:
    digests = {file.name: file.digest for file in files if file.kind}
    yield from (PublishedFact(id, field, "", f"{name} {digests[name]}") for name in files_of(record) if name in digests)


# ── what was revised ─────────────────────────────────────────────────────────


class RevisedField(NamedTuple):
    """A field of the unit or pledge `id`, or of a `notice`, that was revised, and what it said `before`: a line in each
    language."""

    unit: str
    id: str
    notice: str
    field: str
    before: Mapping[str, str]
    revision: PledgeRevision | UnitRevision | NoticeRevision


def revised_fields(id: str, unit: Unit, notices: Iterable[NoticeFile] = ()) -> Iterator[RevisedField]:
    """The fields that were revised, of the unit `id`, of its pledges and of `notices`, in order of date."""
    every: list[tuple[str, str, PledgeRevision | UnitRevision | NoticeRevision]] = []
    every += [(id, "", revision) for revision in unit.revisions]
    every += [(pledge.id, "", revision) for pledge in unit.pledges for revision in pledge.revisions]
    every += [("", file.id, revision) for file in notices for revision in file.notice.revisions]
    for owner, notice, revision in sorted(every, key=lambda each: each[2].date):
        for field in said_before(revision.was):
            before = {code: spoken(getattr(revision.was, field), code) for code in unit.name}
            yield RevisedField(id, owner, notice, field, before, revision)
