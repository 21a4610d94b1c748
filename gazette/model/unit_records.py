"""The records of a unit's file: the unit, its pledges, and the dated steps of these."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import replace

from gazette.model.dates import Date, StatedDeadline
from gazette.model.fields import FILLED, IfFilled, ListRule, invalid
from gazette.model.numbers import FigureValue, whole
from gazette.model.record import FormerIds, Record, References
from gazette.model.texts import Prose, Sentences, Title
from gazette.model.values import Flag, Line, PledgeId, Reference, Url, line

State = Literal["under-way", "applied", "inspected", "notice", "accepted", "reopened"]
"""What an update reports. The life of an item: 推进中 → 申请办结 → 已核查 → 公示中 → 已办结 (→ 重新办理)."""

NoteKind = Literal["doubtful", "remark", "correction"]

UnitKind = Literal["district", "zone"]

Checkable = Literal["yes", "partly", "principle"]


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


class Period(Record, frozen=True, kw_only=True):
    """Two dates, both included."""

    begin: Date
    end: Date

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise invalid("notice_backwards", begin=self.begin, end=self.end)


class Update(Record, frozen=True, kw_only=True):
    """One dated step in the life of a pledge.

    Accepted needs the day of the inspection, the accepting body, the basis, and the public notice's first and
    last day; reopened needs its reason (rectification practice: 现场核查 → 公示 → 备案销号; 反弹).
    """

    date: Date
    state: State
    text: Prose
    evidence: Annotated[tuple[Evidence, ...], ListRule(most=20), FILLED] = ()
    inspected: IfFilled[Date] = None
    body: IfFilled[Title] = None
    basis: IfFilled[Title] = None
    notice: IfFilled[Period] = None
    reason: IfFilled[Sentences] = None
    draft: Flag = False

    def __post_init__(self) -> None:
        needed = {
            "accepted": ("inspected", "body", "basis", "notice"),
            "notice": ("inspected", "body", "notice"),
            "inspected": ("body",),
            "reopened": ("reason",),
        }.get(self.state, ())
        missing = [name for name in needed if getattr(self, name) is None]
        if missing:
            raise invalid("update_incomplete", state=self.state, fields=", ".join(missing))


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
    """One promise of one unit: an act or a result that could be found done or not done."""

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
    source: Source
    notes: Annotated[tuple[Note, ...], ListRule(most=20), FILLED] = ()
    updates: Annotated[tuple[Update, ...], ListRule(most=500), FILLED] = ()
    withdrawn: IfFilled[Withdrawn] = None
    formerly: Annotated[tuple[PledgeId, ...], ListRule(most=20, words=True), FILLED] = ()
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
    """A district or zone with its statement. Its id is the name of its file."""

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
    draft: Flag = False
