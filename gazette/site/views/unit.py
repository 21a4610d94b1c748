"""Defines the views of a unit: its own page, and its card in lists."""

from __future__ import annotations

from gazette.model.life.status import STATES
from gazette.site.views.elements import (
    Count,
    DeadlineMark,
    EvidenceView,
    NoteView,
    NoticeItem,
    PeriodsMark,
    Ref,
    SourceView,
    StatusMark,
    SuccessionView,
    TenureView,
    View,
    pictures,
)
from gazette.site.views.parts import Parted
from gazette.site.views.pledge import LatestReport, PledgeItem, PledgeView
from gazette.site.views.status import Outcome


class UnitCard(View, frozen=True):
    """A unit in lists.

    `late` counts its late pledges by kind of lateness, `watched` those with other alerts, on the day `as_of` ("" if
    there are none). `ended` is the date (ISO) on which it was merged or divided.
    """

    id: str
    name: str
    short: str
    also: str
    kind: str
    order: int
    signed_name: str
    signed_title: str
    summary: str
    states: tuple[str, ...]
    reported: int
    outcome: Outcome
    checkable: tuple[Count, ...]
    dated: int
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    as_of: str
    ended: str = ""

    @property
    def ref(self) -> str:
        """The unit's own page."""
        return f"unit:{self.id}"

    @property
    def by_state(self) -> tuple[Count, ...]:
        """The number of its pledges in each state that occurs, in the order of the states."""
        return tuple(Count(code, self.states.count(code)) for code in STATES if code in self.states)


class RenamedView(View, frozen=True):
    """A change of name on `date` (ISO); `before` is the former name."""

    date: str
    before: str
    reason: str
    evidence: tuple[EvidenceView, ...]


class TookOverView(View, frozen=True):
    """The units from which this one took over on `date` (ISO)."""

    date: str
    units: tuple[Ref, ...]


class OtherItem(View, frozen=True):
    """A pledge of another `unit`, on the page of a unit that answers for it now or shares it.

    `is_joint` marks a pledge that the unit answers for and also promised. `beside` are other units that may answer for
    it, if nothing says which of them does. If only its title is known, the rest is left out.
    """

    id: str
    title: str
    unit: Ref | None = None
    status: StatusMark | None = None
    deadline: DeadlineMark | None = None
    periods: PeriodsMark | None = None
    beside: tuple[Ref, ...] = ()
    is_joint: bool = False

    @property
    def ref(self) -> str:
        """The pledge's own page."""
        return f"pledge:{self.id}"


class TakenView(View, frozen=True):
    """The pledges of other units that a unit answers for now, and their outcome."""

    pledges: tuple[OtherItem, ...]
    outcome: Outcome


class InCharge(View, frozen=True):
    """A role of which each pledge needs one, and the numbers of the unit's pledges that state it."""

    role: str
    pledges: tuple[str, ...]


class Stroke(View, frozen=True):
    """A stroke that links to its pledge on the same page."""

    pledge: str
    title: str
    state: str
    is_late: bool


class UnitView(View, frozen=True):
    """A unit's page.

    `strokes` are those of its tally; `latest` holds the last report of each pledge, or None. `heads` are its heads, the
    last first; `taken` are pledges of other units that it answers for now, `joint` others that it shares.
    """

    card: UnitCard
    notes: tuple[NoteView, ...]
    pledges: tuple[PledgeItem, ...]
    strokes: tuple[Stroke, ...]
    latest: tuple[LatestReport | None, ...]
    programmes: tuple[Ref, ...]
    source: SourceView
    heads: tuple[TenureView, ...]
    renamed: tuple[RenamedView, ...]
    ended: SuccessionView | None
    took_over: tuple[TookOverView, ...]
    joint: tuple[OtherItem, ...]
    draft: bool
    in_charge: tuple[InCharge, ...]
    notices: tuple[NoticeItem, ...] = ()
    taken: TakenView | None = None

    @property
    def has_in_charge(self) -> bool:
        """True if any of its pledges states a plan, a leader or a task force."""
        return any(each.pledges for each in self.in_charge)

    @property
    def measured(self) -> str:
        """The reference date (ISO) on which something that it shows depends; "" if nothing does."""
        others = (*self.joint, *(self.taken.pledges if self.taken else ()))
        marks = (*(item.status for item in self.pledges), *(item.status for item in others))
        return max((mark.as_of for mark in marks if mark), default="")

    @property
    def photographs(self) -> tuple[EvidenceView, ...]:
        """The pictures among the evidence on the unit itself, without those of the notes."""
        ended = (self.ended,) if self.ended else ()
        return pictures([*ended, *self.renamed, *self.heads])

    @property
    def photographs_of_notes(self) -> tuple[EvidenceView, ...]:
        """The pictures among the evidence of its notes."""
        return pictures(self.notes)


class UnitFragment(View, frozen=True):
    """A unit in a list of units. `level` is the level of its heading."""

    card: UnitCard
    level: int = 0


class CompareFragment(View, frozen=True):
    """A unit beside others of its kind: its card, and the number of its pledges under each theme."""

    card: UnitCard
    themes: tuple[Count, ...]


class CompareView(View, frozen=True):
    """The units of each kind side by side."""

    kinds: tuple[Count, ...]
    parted: Parted = Parted()


class StatementFragment(View, frozen=True):
    """A unit's whole statement, for documents."""

    unit: UnitView
    pledges: tuple[PledgeView, ...]


class UnitsView(View, frozen=True):
    """All units, or those of a part, by kind. Before them come the outcome of all pledges, late ones by kind of
    lateness (`late`), and the number with other alerts (`watched`)."""

    units: int
    kinds: tuple[Count, ...]
    outcome: Outcome
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    parted: Parted = Parted()
