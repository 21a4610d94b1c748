"""The records of a unit's file: the unit, its pledges, and the dated steps of these."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import replace

from gazette.model.dates import Date, StatedDeadline
from gazette.model.fields import FILLED, IfFilled, ListRule, invalid
from gazette.model.lifecycle import OWN_FIELDS, STEPS
from gazette.model.numbers import FigureValue, whole
from gazette.model.record import FormerIds, Record, References
from gazette.model.texts import Prose, Sentences, Title
from gazette.model.values import Flag, Line, Original, PledgeId, Reference, Url, YesOrNo, line

State = Literal[
    "under-way",
    "milestone",
    "applied",
    "inspected",
    "notice",
    "objection",
    "answered",
    "accepted",
    "rechecked",
    "reopened",
]
"""What an update reports: the steps of `lifecycle.STEPS`, in their order."""

NoteKind = Literal["doubtful", "remark", "correction"]

UnitKind = Literal["district", "zone"]

Checkable = Literal["yes", "partly", "principle"]

Result = Literal["passed", "sent-back"]
"""How an inspection ended."""


class Note(Record, frozen=True, kw_only=True):
    """What the editors add: a doubtful spot of the source, a remark, or a correction of their own mistake, which keeps
    the day and what stood there `before`. Never part of the pledge."""

    kind: NoteKind
    date: IfFilled[Date] = None
    printed: IfFilled[Annotated[str, line(60)]] = None
    before: IfFilled[Prose] = None
    text: Prose
    outside: IfFilled[Sentences] = None

    def __post_init__(self) -> None:
        if self.kind == "doubtful" and self.printed is None:
            raise invalid("note_printed_missing")
        missing = [name for name in ("date", "before") if getattr(self, name) is None]
        if self.kind == "correction" and missing:
            raise invalid("correction_incomplete", fields=", ".join(missing))


class Evidence(Record, frozen=True, kw_only=True):
    """Where a report can be checked."""

    title: Title
    url: IfFilled[Url] = None
    date: IfFilled[Date] = None


class PublicNotice(Record, frozen=True, kw_only=True):
    """The first and the last day of a public notice, both included, and where objections go."""

    begin: Date
    end: Date
    contact: IfFilled[Title] = None

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise invalid("notice_backwards", begin=self.begin, end=self.end)


class Reached(Record, frozen=True, kw_only=True):
    """How far a countable pledge is: `value`, of so many in all where that is stated, and in what unit."""

    value: FigureValue
    of: IfFilled[FigureValue] = None
    unit: Title

    def __post_init__(self) -> None:
        if self.of is not None and self.value > self.of:
            raise invalid("reached_beyond", found=self.value, of=self.of)


class Update(Record, frozen=True, kw_only=True):
    """One dated step in the life of a pledge: what `lifecycle.STEPS` says of it. `by` is who says it, where that is not
    the unit; `deadline` the new one of a pledge that was reopened, `recheck` the day on which a closed one is to be
    looked at again."""

    date: Date
    state: State
    text: Prose
    by: IfFilled[Title] = None
    evidence: Annotated[tuple[Evidence, ...], ListRule(most=20), FILLED] = ()
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

    @property
    def outcome(self) -> str:
        """How the step ended, as it is written; empty where it can end in one way only, or that is not said."""
        answer = self.held if self.upheld is None else self.upheld
        return self.result or {None: "", True: "yes", False: "no"}[answer]

    @property
    def is_against(self) -> bool:
        """Whether the step ended against the unit: sent back, an objection upheld, a result that did not hold."""
        return self.result == "sent-back" or self.upheld is True or self.held is False


class Moved(Record, frozen=True, kw_only=True):
    """Another deadline than the stated one, from the day on which it was granted: `to` what, by whom and why."""

    date: Date
    to: StatedDeadline
    by: Title
    reason: Sentences
    evidence: Annotated[tuple[Evidence, ...], ListRule(most=20), FILLED] = ()


class Withdrawn(Record, frozen=True, kw_only=True):
    """Why and when a pledge was taken back; its address stays."""

    date: Date
    reason: Sentences


class Figure(Record, frozen=True, kw_only=True):
    """A figure that the source states, with its unit and what it counts."""

    value: FigureValue
    unit: Title
    what: Title


class Source(Record, frozen=True, kw_only=True):
    """Where the statement stands in the source: the heading, the paragraph (from 1) and the printed item."""

    section: Line
    paragraph: IfFilled[Annotated[int, whole(1, 999)]] = None
    item: IfFilled[Annotated[str, line(12)]] = None


class Pledge(Record, frozen=True, kw_only=True):
    """One promise of one unit: an act or a result that could be found done or not done. `original` is the wording of
    the source, which only a draft may hold."""

    id: PledgeId
    covers: Annotated[tuple[Annotated[int, whole(1, 9999)], ...], ListRule(most=500, needed=True, words=True)]
    title: Title
    text: Prose
    themes: Annotated[tuple[Reference, ...], ListRule(most=5, needed=True, words=True)]
    programmes: References = ()
    checkable: Checkable
    why: IfFilled[Prose] = None
    done_when: Prose
    target: IfFilled[Figure] = None
    deadline: StatedDeadline
    moved: Annotated[tuple[Moved, ...], ListRule(most=50), FILLED] = ()
    source: Source
    notes: Annotated[tuple[Note, ...], ListRule(most=20), FILLED] = ()
    updates: Annotated[tuple[Update, ...], ListRule(most=500), FILLED] = ()
    withdrawn: IfFilled[Withdrawn] = None
    formerly: Annotated[tuple[PledgeId, ...], ListRule(most=20, words=True), FILLED] = ()
    original: Original = None
    draft: Flag = False

    def __post_init__(self) -> None:
        if self.checkable != "yes" and self.why is None:
            raise invalid("why_missing", found=self.checkable)
        if self.checkable == "yes" and self.why is not None:
            raise invalid("why_needless")

    def without_drafts(self) -> Pledge:
        """The pledge as the public sees it."""
        return replace(self, updates=tuple(update for update in self.updates if not update.draft))


class Signatory(Record, frozen=True, kw_only=True):
    """Who signed the statement, and with which title, exactly as printed."""

    name: Title
    title: Title


class Unit(Record, frozen=True, kw_only=True):
    """A district or zone with its statement. Its id is the name of its file. `original` is what of the source stands in
    no pledge; only a draft may hold it."""

    name: Title
    short: Title
    also: IfFilled[Title] = None
    kind: UnitKind
    order: Annotated[int, whole(1, 99_999)]
    commitments: Annotated[int, whole(1, 9_999)]
    signed_by: Signatory
    summary: Prose
    notes: Annotated[tuple[Note, ...], ListRule(most=20), FILLED] = ()
    pledges: Annotated[tuple[Pledge, ...], ListRule(most=2_000, needed=True)]
    formerly: FormerIds = ()
    original: Original = None
    draft: Flag = False
