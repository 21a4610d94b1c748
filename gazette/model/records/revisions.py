"""Defines revisions, which keep the published value and say why it changed."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.forms.dates import Date, StatedDeadline
from gazette.model.forms.fields import FILLED, IfFilled, ListRule, invalid
from gazette.model.forms.numbers import whole
from gazette.model.forms.periods import StatedPeriod
from gazette.model.forms.record import Former, FormerIds, Record
from gazette.model.forms.texts import Prose, Sentences, Title
from gazette.model.forms.values import ListNumber, PledgeId, Url, YesOrNo, matching
from gazette.model.records.evidence import EvidenceList, FileName
from gazette.model.records.successions import Ended, JointUnits, Renamed, Split, TookOver
from gazette.model.records.tenures import Assignment, Head
from gazette.model.records.unit_parts import (
    Checkable,
    Figure,
    Moved,
    PublicNotice,
    Reached,
    Reply,
    Result,
    Signatory,
    Source,
    State,
    TargetChange,
    UnitKind,
    Withdrawn,
    outcome_of,
    went_against,
)

RevisionKind = Literal["correction", "change"]
"""A `correction` mends a mistake of the editors; a `change` follows what the unit, or the body that decides, said."""


LateAlert = Literal["overdue", "overdue-moved", "past", "past-moved"]
"""The alerts that an edition may have stated for a pledge past its deadline."""


class StepBefore(Former, frozen=True, kw_only=True):
    """A reported step that is gone (date and state alone) or changed (with its published values; all others are left
    out)."""

    date: Date
    state: State
    text: IfFilled[Prose] = None
    by: IfFilled[Title] = None
    evidence: EvidenceList = ()
    reached: IfFilled[Reached] = None
    result: IfFilled[Result] = None
    inspected: IfFilled[Date] = None
    body: IfFilled[Title] = None
    basis: IfFilled[Title] = None
    notice: IfFilled[PublicNotice] = None
    upheld: IfFilled[YesOrNo] = None
    held: IfFilled[YesOrNo] = None
    reason: IfFilled[Sentences] = None
    recheck: IfFilled[Date] = None
    deadline: IfFilled[StatedDeadline] = None
    period: IfFilled[StatedPeriod] = None
    reply: IfFilled[Reply] = None

    @property
    def outcome(self) -> str:
        """See `Update.outcome`."""
        return outcome_of(self.result, self.upheld, self.held)

    @property
    def is_against(self) -> bool:
        """See `Update.is_against`."""
        return went_against(self.result, self.upheld, self.held)


class EvidenceBefore(Former, frozen=True, kw_only=True):
    """A file that was published as evidence and is now another or gone, with its SHA-256 then; or the description of
    evidence without a file."""

    file: IfFilled[FileName] = None
    sha256: IfFilled[Annotated[str, matching(r"[0-9a-f]{64}", "sha256_form", 64)]] = None
    title: IfFilled[Title] = None
    url: IfFilled[Url] = None
    date: IfFilled[Date] = None
    alt: IfFilled[Title] = None

    def __post_init__(self) -> None:
        if (self.file is None or self.sha256 is None) and self.title is None:
            raise invalid("evidence_before")

    @property
    def stated(self) -> str:
        """The file as the register states it."""
        return f"{self.file} {self.sha256}"


class RevisionBefore(Former, frozen=True, kw_only=True):
    """What a revision said of itself. The values that it kept stay kept."""

    date: Date
    kind: RevisionKind
    reason: Sentences
    by: IfFilled[Title] = None
    evidence: EvidenceList = ()


class PledgeBefore(Former, frozen=True, kw_only=True):
    """The published values of a pledge that have changed; all others are left out. Of a list, only the entries that are
    gone or changed. `alert` is what an edition said of its deadline, if later reports show that it was not late."""

    covers: Annotated[tuple[Annotated[int, whole(1, 9999)], ...], ListRule(most=500, words=True), FILLED] = ()
    title: IfFilled[Title] = None
    text: IfFilled[Prose] = None
    numbers: Annotated[tuple[ListNumber, ...], ListRule(most=100, words=True), FILLED] = ()
    joint: JointUnits = ()
    checkable: IfFilled[Checkable] = None
    why: IfFilled[Prose] = None
    done_when: IfFilled[Prose] = None
    target: IfFilled[Figure] = None
    target_changed: Annotated[tuple[TargetChange, ...], ListRule(most=50), FILLED] = ()
    deadline: IfFilled[StatedDeadline] = None
    first_period: IfFilled[StatedPeriod] = None
    moved: Annotated[tuple[Moved, ...], ListRule(most=50), FILLED] = ()
    assigned: Annotated[tuple[Assignment, ...], ListRule(most=100), FILLED] = ()
    source: IfFilled[Source] = None
    step: IfFilled[StepBefore] = None
    alert: IfFilled[LateAlert] = None
    reply: IfFilled[Reply] = None
    withdrawn: IfFilled[Withdrawn] = None
    split: IfFilled[Split] = None
    formerly: Annotated[tuple[PledgeId, ...], ListRule(most=20, words=True), FILLED] = ()
    revisions: Annotated[tuple[RevisionBefore, ...], ListRule(most=50), FILLED] = ()
    evidence: IfFilled[EvidenceBefore] = None

    def __post_init__(self) -> None:
        something_is_said(self)


class UnitBefore(Former, frozen=True, kw_only=True):
    """The published values of a unit that have changed; all others are left out. Of a list, only the entries that are
    gone or changed."""

    name: IfFilled[Title] = None
    kind: IfFilled[UnitKind] = None
    commitments: IfFilled[Annotated[int, whole(1, 9_999)]] = None
    signed_by: IfFilled[Signatory] = None
    heads: Annotated[tuple[Head, ...], ListRule(most=100), FILLED] = ()
    renamed: Annotated[tuple[Renamed, ...], ListRule(most=20), FILLED] = ()
    ended: IfFilled[Ended] = None
    took_over: Annotated[tuple[TookOver, ...], ListRule(most=50), FILLED] = ()
    summary: IfFilled[Prose] = None
    formerly: FormerIds = ()
    revisions: Annotated[tuple[RevisionBefore, ...], ListRule(most=50), FILLED] = ()
    evidence: IfFilled[EvidenceBefore] = None

    def __post_init__(self) -> None:
        something_is_said(self)


def something_is_said(before: Record) -> None:
    """Raise InvalidValue if no published value is kept."""
    if not said_before(before):
        raise invalid("revision_empty", expected=", ".join(before.__struct_fields__))


def said_before(before: Record) -> tuple[str, ...]:
    """The names of the fields whose published value is kept."""
    return tuple(name for name in before.__struct_fields__ if getattr(before, name) not in (None, ()))


class Revision(Record, frozen=True, kw_only=True):
    """When and why a published value changed; for a `change` also `by` whom."""

    date: Date
    kind: RevisionKind
    reason: Sentences
    by: IfFilled[Title] = None
    evidence: EvidenceList = ()

    def __post_init__(self) -> None:
        if self.kind == "change" and self.by is None:
            raise invalid("revision_by_missing")


class PledgeRevision(Revision, frozen=True, kw_only=True):
    """A revision of a published pledge."""

    was: PledgeBefore


class UnitRevision(Revision, frozen=True, kw_only=True):
    """A revision of a published unit."""

    was: UnitBefore
