"""Defines the records of a unit's file: the unit, its pledges and their dated steps."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import replace

from gazette.model.forms.dates import Date, StatedDeadline
from gazette.model.forms.fields import FILLED, IfFilled, ListRule, invalid
from gazette.model.forms.numbers import whole
from gazette.model.forms.periods import StatedPeriod
from gazette.model.forms.record import FormerIds, Record, References
from gazette.model.forms.texts import Prose, Sentences, Title
from gazette.model.forms.values import Flag, ListNumber, Original, PledgeId, Reference, YesOrNo
from gazette.model.records.evidence import EvidenceList
from gazette.model.records.lifecycle import OWN_FIELDS, STEPS
from gazette.model.records.revisions import PledgeRevision, UnitRevision
from gazette.model.records.successions import Ended, JointUnits, OtherPledge, Renamed, Split, TookOver
from gazette.model.records.tenures import Assignment, Head
from gazette.model.records.unit_parts import (
    Checkable,
    Figure,
    Moved,
    Note,
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


class Update(Record, frozen=True, kw_only=True):
    """One dated step in the life of a pledge. Its `state` decides which fields it needs."""

    date: Date
    state: State
    text: Prose
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
    draft: Flag = False

    def __post_init__(self) -> None:
        step = STEPS[self.state]
        needed = (*step.needs, "reason") if self.is_against and "reason" not in step.needs else step.needs
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise invalid("update_incomplete", state=self.state, fields=", ".join(missing))
        strange = [name for name in OWN_FIELDS if name not in step.fields and getattr(self, name) is not None]
        if strange:
            raise invalid("update_strange", state=self.state, fields=", ".join(strange))
        if self.reply is not None and not (self.is_against or self.state in ("objection", "reopened")):
            raise invalid("reply_needless", state=self.state)

    @property
    def outcome(self) -> str:
        """How the step ended (see `outcome_of`)."""
        return outcome_of(self.result, self.upheld, self.held)

    @property
    def is_against(self) -> bool:
        """True if the step ended against the unit (`went_against`)."""
        return went_against(self.result, self.upheld, self.held)


class Pledge(Record, frozen=True, kw_only=True):
    """One promise of one unit, or of several together (`joint`): an act or result that can be found done or not done.
    `numbers` are the items of the superior list (`site.yaml`) that it answers. `first_period` is the first period of a
    recurring pledge, if the source states it. `original` is the source's wording, which only a draft may hold."""

    id: PledgeId
    covers: Annotated[tuple[Annotated[int, whole(1, 9999)], ...], ListRule(most=500, needed=True, words=True)]
    title: Title
    text: Prose
    themes: Annotated[tuple[Reference, ...], ListRule(most=5, needed=True, words=True)]
    programmes: References = ()
    numbers: Annotated[tuple[ListNumber, ...], ListRule(most=100, words=True), FILLED] = ()
    joint: JointUnits = ()
    checkable: Checkable
    why: IfFilled[Prose] = None
    done_when: Prose
    target: IfFilled[Figure] = None
    target_changed: Annotated[tuple[TargetChange, ...], ListRule(most=50), FILLED] = ()
    deadline: StatedDeadline
    first_period: IfFilled[StatedPeriod] = None
    moved: Annotated[tuple[Moved, ...], ListRule(most=50), FILLED] = ()
    assigned: Annotated[tuple[Assignment, ...], ListRule(most=100), FILLED] = ()
    source: Source
    notes: Annotated[tuple[Note, ...], ListRule(most=20), FILLED] = ()
    revisions: Annotated[tuple[PledgeRevision, ...], ListRule(most=50), FILLED] = ()
    updates: Annotated[tuple[Update, ...], ListRule(most=500), FILLED] = ()
    reply: IfFilled[Reply] = None
    withdrawn: IfFilled[Withdrawn] = None
    split: IfFilled[Split] = None
    formerly: Annotated[tuple[PledgeId, ...], ListRule(most=20, words=True), FILLED] = ()
    original: Original = None
    draft: Flag = False

    def __post_init__(self) -> None:
        if self.checkable != "yes" and self.why is None:
            raise invalid("why_missing", found=self.checkable)
        if self.checkable == "yes" and self.why is not None:
            raise invalid("why_needless")
        if self.target_changed and self.target is None:
            raise invalid("target_changed_alone")
        if self.split is not None and self.withdrawn is not None:
            raise invalid("split_and_withdrawn")

    def without_drafts(self) -> Pledge:
        """The pledge as the public sees it, without draft updates."""
        return replace(self, updates=tuple(update for update in self.updates if not update.draft))


class Unit(Record, frozen=True, kw_only=True):
    """A district or zone with its statement. Its id is the name of its file. `original` is the part of the source that
    no pledge states; only a draft may hold it."""

    name: Title
    short: Title
    also: IfFilled[Title] = None
    kind: UnitKind
    order: Annotated[int, whole(1, 99_999)]
    commitments: Annotated[int, whole(1, 9_999)]
    signed_by: Signatory
    heads: Annotated[tuple[Head, ...], ListRule(most=100), FILLED] = ()
    renamed: Annotated[tuple[Renamed, ...], ListRule(most=20), FILLED] = ()
    ended: IfFilled[Ended] = None
    took_over: Annotated[tuple[TookOver, ...], ListRule(most=50), FILLED] = ()
    summary: Prose
    notes: Annotated[tuple[Note, ...], ListRule(most=20), FILLED] = ()
    revisions: Annotated[tuple[UnitRevision, ...], ListRule(most=50), FILLED] = ()
    pledges: Annotated[tuple[Pledge, ...], ListRule(most=2_000, needed=True)]
    joint_pledges: Annotated[tuple[OtherPledge, ...], ListRule(most=100), FILLED] = ()
    formerly: FormerIds = ()
    original: Original = None
    draft: Flag = False
