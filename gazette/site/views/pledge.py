"""Defines the views of a pledge: its own page, and its item in lists."""

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
    """A pledge in lists.

    `numbers` are the items of the superior list that it answers, `joint` the units that share it, `answered` the units
    that answer for it since its own ended. `periods` counts those of a recurring pledge, None before the first is over.
    """

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
        """The ids of its themes, for filters."""
        return " ".join(theme.ref.partition(":")[2] for theme in self.themes)


class UpdateView(View, frozen=True):
    """One dated step: what happened (`event`), and the state to which it led.

    `notice` is the notice that it reports. `reached` counts progress, `total` the whole; `promised` is the pledge's own
    figure, if `reached` exceeds it. `took_over_from` is the unit that ended, if its successor reports the step. The
    withdrawal of a notice is among the steps, and has no state of its own (`none`).
    """

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
    """The last step of a pledge in lists: what happened (`event`), and the state to which it led."""

    date: str
    event: str
    state: str
    text: str


class MovedView(View, frozen=True):
    """A deadline that replaced another by a grant."""

    date: str
    before: DeadlineMark
    to: DeadlineMark
    by: str
    reason: str
    evidence: tuple[EvidenceView, ...]


class TargetView(View, frozen=True):
    """A figure that replaced another by a grant, in the same `unit`."""

    date: str
    before: str
    to: str
    unit: str
    by: str
    reason: str
    evidence: tuple[EvidenceView, ...]


class PledgeView(View, frozen=True):
    """A pledge's page. `periods` are those of a recurring pledge, in order; `first_period` is the one that the source
    states as the first. `last_event` is the date of the pledge's last event."""

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
        """The pictures among all its evidence, in the order in which documents show it."""
        supported: list[Supported | None] = [self.split, self.reply]
        for update in reversed(self.updates):
            supported += (update, update.reply)
        supported += (*reversed(self.moved), *reversed(self.targets), *self.assigned, *self.item.notes)
        return pictures(each for each in supported if each is not None)

    @property
    def other_notices(self) -> tuple[NoticeItem, ...]:
        """The notices that no step reports."""
        reported = [update.notice for update in self.updates if update.notice_begin]
        return tuple(item for item in self.notices if item not in reported)


class GroupFragment(View, frozen=True):
    """Pledges of a unit that share a theme, programme, kind of deadline or alert (`kind`). `names` are other present or
    former names of the unit."""

    unit: Ref
    anchor: str
    pledges: tuple[PledgeItem, ...]
    states: tuple[str, ...]
    kind: str = ""
    names: tuple[str, ...] = ()
