"""A unit, as its own page and as lists show it."""

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
    """A unit as lists show it. `late` counts its pledges whose deadline has passed, by how they are late, and `watched`
    those of which the day says something else, on the day `as_of` (empty where there are none). `ended` is the day
    (ISO) on which it was merged or split."""

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
        """How many of its pledges are in each state that occurs, in the order of the states."""
        return tuple(Count(code, self.states.count(code)) for code in STATES if code in self.states)


class RenamedView(View, frozen=True):
    """That a unit took another name on the day `date` (ISO); it was called `before` until then."""

    date: str
    before: str
    reason: str
    evidence: tuple[EvidenceView, ...]


class TookOverView(View, frozen=True):
    """From which units one took over on the day `date` (ISO)."""

    date: str
    units: tuple[Ref, ...]


class OtherItem(View, frozen=True):
    """A pledge in the file of another `unit`, as the page of a unit lists it that answers for it now, or promised it
    too (of one that it answers for, `is_joint`); `beside` are other units that go on with it, where nothing says which
    of them does. Where nothing is known of it but its title, the rest is left out."""

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
    """The pledges of other units that one answers for now, and what came of them."""

    pledges: tuple[OtherItem, ...]
    outcome: Outcome


class InCharge(View, frozen=True):
    """What each pledge is to have one of (`role`), and the numbers of the unit's pledges of which that is stated."""

    role: str
    pledges: tuple[str, ...]


class Stroke(View, frozen=True):
    """A stroke that leads to its pledge on the same page."""

    pledge: str
    title: str
    state: str
    is_late: bool


class UnitView(View, frozen=True):
    """A unit's page. `strokes` are those of its tally; `latest` are the last reports, one a pledge. `heads` are those
    who headed it, the last first; `taken` are pledges of other units that it answers for now, `joint` others that
    it has promised with them."""

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
        """Whether of any of its pledges a plan, a leader or a task force is stated."""
        return any(each.pledges for each in self.in_charge)

    @property
    def measured(self) -> str:
        """The day (ISO) that something of what it shows is measured against; empty where nothing is."""
        others = (*self.joint, *(self.taken.pledges if self.taken else ()))
        marks = (*(item.status for item in self.pledges), *(item.status for item in others))
        return max((mark.as_of for mark in marks if mark), default="")

    @property
    def photographs(self) -> tuple[EvidenceView, ...]:
        """The pictures among what is told of the unit itself, but for the notes."""
        ended = (self.ended,) if self.ended else ()
        return pictures([*ended, *self.renamed, *self.heads])

    @property
    def photographs_of_notes(self) -> tuple[EvidenceView, ...]:
        return pictures(self.notes)


class UnitFragment(View, frozen=True):
    """A unit in a list of units; `level` is the rank of its heading."""

    card: UnitCard
    level: int = 0


class CompareFragment(View, frozen=True):
    """A unit beside others of its kind: its card, and how many of its pledges stand under each theme."""

    card: UnitCard
    themes: tuple[Count, ...]


class CompareView(View, frozen=True):
    """The units of each kind beside each other."""

    kinds: tuple[Count, ...]
    parted: Parted = Parted()


class StatementFragment(View, frozen=True):
    """A unit's whole statement, as documents print it."""

    unit: UnitView
    pledges: tuple[PledgeView, ...]


class UnitsView(View, frozen=True):
    """All units, or those of a part, by kind; before them what came of all pledges, with how many are late, and of how
    many the day says something else."""

    units: int
    kinds: tuple[Count, ...]
    outcome: Outcome
    late: tuple[Count, ...]
    watched: tuple[Count, ...]
    parted: Parted = Parted()
