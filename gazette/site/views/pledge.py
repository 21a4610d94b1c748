"""A pledge, as its own page and as lists show it."""

from __future__ import annotations

from gazette.site.views.elements import (
    DeadlineMark,
    EvidenceView,
    FigureView,
    NoteView,
    NoticeItem,
    PeriodsMark,
    PeriodView,
    Ref,
    ReplyView,
    SourceView,
    StatusMark,
    SuccessionView,
    Supported,
    TenureView,
    View,
    pictures,
)


class PledgeItem(View, frozen=True):
    """A pledge as lists show it: `numbers` of the superior list that it answers, the units that it is `joint` with, and
    those that answer for it since its own ended (`answered`).
    `periods` counts those of one that recurs, once one is over."""

    id: str
    number: int
    unit: Ref
    title: str
    text: str
    status: StatusMark
    deadline: DeadlineMark
    themes: tuple[Ref, ...]
    programmes: tuple[Ref, ...]
    checkable: str
    notes: tuple[NoteView, ...]
    numbers: tuple[str, ...] = ()
    joint: tuple[Ref, ...] = ()
    answered: tuple[Ref, ...] = ()
    periods: PeriodsMark | None = None

    @property
    def ref(self) -> str:
        """The pledge's own page."""
        return f"pledge:{self.id}"

    @property
    def theme_ids(self) -> str:
        """The ids of the themes, for filters."""
        return " ".join(theme.ref.partition(":")[2] for theme in self.themes)


class UpdateView(View, frozen=True):
    """One dated step: what happened (`event`), and the state that it led to; `notice` is the one that it tells of. What
    does not apply is empty; `total` is what there is in all where `reached` counts how much of it is done; `promised`
    is the figure of the pledge, where it is less. `took_over_from` is the unit that ended, where the one that took over
    reports the step. The withdrawal of a notice stands among the steps, and leads to no state (`none`) of its own."""

    date: str
    event: str
    state: str
    text: str
    evidence: tuple[EvidenceView, ...]
    by: str = ""
    took_over_from: str = ""
    reached: str = ""
    total: str = ""
    promised: str = ""
    reached_unit: str = ""
    inspected: str = ""
    body: str = ""
    basis: str = ""
    notice_begin: str = ""
    notice_end: str = ""
    contact: str = ""
    recheck: str = ""
    deadline: DeadlineMark | None = None
    period: PeriodView | None = None
    reason: str = ""
    draft: bool = False
    reply: ReplyView | None = None
    notice: NoticeItem | None = None


class LatestReport(View, frozen=True):
    """The last step of a pledge, as lists show it: what happened (`event`), and the state that it led to."""

    date: str
    event: str
    state: str
    text: str


class MovedView(View, frozen=True):
    """A deadline that was granted in place of another."""

    date: str
    before: DeadlineMark
    to: DeadlineMark
    by: str
    reason: str
    evidence: tuple[EvidenceView, ...]


class TargetView(View, frozen=True):
    """A figure that was granted in place of another, in the same `unit`."""

    date: str
    before: str
    to: str
    unit: str
    by: str
    reason: str
    evidence: tuple[EvidenceView, ...]


class PledgeView(View, frozen=True):
    """A pledge's page. `periods` are those of one that recurs, in order; `first_period` is the one that the source
    names as the first. `last_event` is the day on which something happened to the pledge last."""

    item: PledgeItem
    of: int
    why: str
    done_when: str
    target: FigureView | None
    source: SourceView
    updates: tuple[UpdateView, ...]
    moved: tuple[MovedView, ...]
    targets: tuple[TargetView, ...]
    assigned: tuple[TenureView, ...]
    split: SuccessionView | None
    split_from: Ref | None
    last_event: str
    withdrawn_date: str
    withdrawn_reason: str
    formerly: tuple[str, ...]
    previous: Ref | None
    following: Ref | None
    draft: bool
    periods: tuple[PeriodView, ...] = ()
    first_period: PeriodView | None = None
    reply: ReplyView | None = None
    notices: tuple[NoticeItem, ...] = ()

    @property
    def photographs(self) -> tuple[EvidenceView, ...]:
        """The pictures among all that it rests on, in the order in which documents tell of it."""
        told: list[Supported | None] = [self.split, self.reply]
        for update in reversed(self.updates):
            told += (update, update.reply)
        told += (*reversed(self.moved), *reversed(self.targets), *self.assigned, *self.item.notes)
        return pictures(each for each in told if each is not None)

    @property
    def other_notices(self) -> tuple[NoticeItem, ...]:
        """The notices that no step tells of."""
        told = [update.notice for update in self.updates if update.notice_begin]
        return tuple(item for item in self.notices if item not in told)


class GroupFragment(View, frozen=True):
    """Some pledges of a unit: those of a theme, a programme, a kind of deadline or an alert (`kind`). `names` are what
    else the unit is or was called."""

    unit: Ref
    anchor: str
    pledges: tuple[PledgeItem, ...]
    states: tuple[str, ...]
    kind: str = ""
    names: tuple[str, ...] = ()
