"""Another value for each field of each record, and how tests ask what is told of it."""

from __future__ import annotations

import datetime
from copy import copy
from decimal import Decimal
from typing import Any

from msgspec.structs import force_setattr, replace

from gazette.cli.changes_told import lines
from gazette.model.forms.dates import read_deadline
from gazette.model.forms.periods import period
from gazette.model.published.snapshot_lines import lines_of, lines_of_notices
from gazette.model.published.snapshots import Snapshot, gathered
from gazette.model.records.changes import Change
from gazette.model.records.content import UnitFile
from gazette.model.records.evidence import Evidence
from gazette.model.records.notices import (
    Accountable,
    NoticeBefore,
    NoticeContact,
    NoticeFile,
    NoticePeriod,
    NoticeResult,
    NoticeRevision,
    NoticeSection,
    ResultOfSome,
)
from gazette.model.records.revisions import PledgeBefore, PledgeRevision, UnitBefore, UnitRevision
from gazette.model.records.successions import Ended, OtherPledge, OtherUnit, Renamed, Split, TookOver
from gazette.model.records.tenures import Assignment, Head
from gazette.model.records.unit_parts import (
    Figure,
    Moved,
    Note,
    PublicNotice,
    Reached,
    Reply,
    Signatory,
    Source,
    TargetChange,
    Withdrawn,
)
from gazette.model.records.units import Update

DAY = datetime.date(2031, 9, 30)
ON = datetime.date(2031, 9, 5)
SAID, OTHER = {"zh": "某话", "en": "Some words"}, {"zh": "另一句", "en": "Other words"}
SHEET = (Evidence(title=SAID),)


UNIT: dict[str, Any] = {
    "name": OTHER,
    "short": OTHER,
    "also": OTHER,
    "kind": "zone",
    "commitments": 99,
    "signed_by": Signatory(name=OTHER, title=OTHER),
    "heads": (Head(name=SAID, title=SAID, since=ON),),
    "renamed": (Renamed(date=ON, before=OTHER),),
    "ended": Ended(date=ON, into=(OtherUnit(unit="dengmi", name=SAID),), reason=SAID),
    "took_over": (TookOver(unit="dengmi", name=SAID, date=ON),),
    "summary": OTHER,
    "notes": (Note(kind="remark", text=OTHER),),
    "revisions": (UnitRevision(date=ON, kind="correction", reason=SAID, was=UnitBefore(summary=SAID)),),
    "joint_pledges": (OtherPledge(pledge="dengmi-1", title=SAID),),
    "formerly": ("riddles",),
}
PLEDGE: dict[str, Any] = {
    "covers": (7, 8),
    "title": OTHER,
    "text": OTHER,
    "themes": ("air",),
    "programmes": (),
    "numbers": ("9",),
    "joint": (OtherUnit(unit="dengmi", name=SAID),),
    "checkable": "partly",
    "why": OTHER,
    "done_when": OTHER,
    "target": Figure(value=Decimal(13), unit=SAID, what=SAID),
    "target_changed": (TargetChange(date=ON, to=Decimal(9), by=SAID, reason=SAID),),
    "deadline": read_deadline("2035"),
    "first_period": period("yearly", 2031, 1),
    "moved": (Moved(date=ON, to=read_deadline("2036"), by=SAID, reason=SAID),),
    "assigned": (Assignment(role="lead", name=OTHER, since=ON),),
    "source": Source(section="别处"),
    "notes": (Note(kind="doubtful", printed="某", text=OTHER),),
    "revisions": (PledgeRevision(date=ON, kind="correction", reason=SAID, was=PledgeBefore(text=SAID)),),
    "updates": (Update(date=ON, state="applied", text=SAID),),
    "reply": Reply(date=ON, text=SAID),
    "withdrawn": Withdrawn(date=ON, reason=SAID),
    "split": Split(date=ON, into=("zhiyuan-2", "zhiyuan-3"), reason=SAID),
    "formerly": ("zhiyuan-99",),
}
NOTICE: dict[str, Any] = {
    "kind": "circular",
    "title": OTHER,
    "date": ON,
    "body": OTHER,
    "pledges": ("zhiyuan-1",),
    "numbers": ("12",),
    "of_list": OTHER,
    "intro": OTHER,
    "sections": (NoticeSection(part="goal", text=OTHER),),
    "accountable": (Accountable(post=SAID, measure=SAID),),
    "accepted_by": OTHER,
    "inspected": ON,
    "period": NoticePeriod(begin=ON, end=DAY),
    "contact": NoticeContact(phone="000-11111"),
    "result": NoticeResult(date=ON, outcome="upheld"),
    "results": (ResultOfSome(date=ON, outcome="upheld", pledges=("zhiyuan-1",)),),
    "evidence": SHEET,
    "revisions": (NoticeRevision(date=ON, kind="correction", reason=SAID, was=NoticeBefore(title=SAID)),),
    "withdrawn": Withdrawn(date=ON, reason=SAID),
    "formerly": ("closing-9",),
}
UPDATE: dict[str, Any] = {
    "date": ON,
    "state": "under-way",
    "text": OTHER,
    "by": OTHER,
    "evidence": SHEET,
    "reached": Reached(value=Decimal(2), unit=SAID),
    "result": "passed",
    "inspected": ON,
    "body": OTHER,
    "basis": OTHER,
    "notice": PublicNotice(begin=ON, end=DAY),
    "upheld": True,
    "held": True,
    "reason": OTHER,
    "recheck": ON,
    "deadline": read_deadline("2037"),
    "period": period("yearly", 2031, 1),
    "reply": Reply(date=ON, text=SAID),
}


def snapshot(units: tuple[UnitFile, ...], notices: tuple[NoticeFile, ...] = (), day: datetime.date = DAY) -> Snapshot:
    return gathered((*(line for unit in units for line in lines_of(unit, day)), *lines_of_notices(notices, day)))


def with_unit(units: tuple[UnitFile, ...], **more: Any) -> tuple[UnitFile, ...]:
    return tuple(replace(file, unit=unchecked(file.unit, **more)) if file.id == "zhiyuan" else file for file in units)


def with_pledge(units: tuple[UnitFile, ...], **more: Any) -> tuple[UnitFile, ...]:
    (first, *others) = next(file.unit.pledges for file in units if file.id == "zhiyuan")
    return with_unit(units, pledges=(unchecked(first, **more), *others))


def unchecked(record: Any, **more: Any) -> Any:
    """The record with other values, whether they fit together or not: what is told does not depend on that."""
    new = copy(record)
    for name, value in more.items():
        force_setattr(new, name, value)
    return new


def in_full(changes: tuple[Change, ...]) -> None:
    """Each change has a sentence in every language that says all it should."""
    for language in ("zh", "en"):
        for line in lines(changes, language):
            assert line.endswith(("。", ".")) and not any(sign in line for sign in ("{", "。。", "..", "：。", "“”")), (
                line
            )
