"""What happened, month by month."""

from __future__ import annotations

from gazette.model.life.status import LATE, UNREPORTED
from gazette.site.views.elements import BeforeView, Count, DeadlineMark, Happened, PeriodView, Ref, SentenceMark, View


class ChangesView(View, frozen=True):
    """The newest `shown` of `changes` things that happened, by month (ISO). `has_passed`: among all there are some that
    happened because a day came."""

    changes: int
    shown: int
    months: tuple[Count, ...]
    has_passed: bool = False


class FigureMark(View, frozen=True):
    """A figure that was granted in place of another, in the same `unit`."""

    before: str
    to: str
    unit: str


class RevisedMark(View, frozen=True):
    """A field that was corrected or changed: what it said, and what it said from then on; of a long text the
    `sentences` that differ, and how many `more` there are."""

    before: BeforeView
    now: BeforeView
    sentences: tuple[SentenceMark, ...] = ()
    more: int = 0


class EventFragment(Happened, frozen=True):
    """Something that happened to a pledge, or to a unit (`about`). `what` is one of `lifecycle.EVENTS` or `OF_UNITS`,
    of `status.PASSED` (of a deadline `passed` is the one that was over), or `correction`; `state` is the one that a
    report led to. Of a deadline that was moved, `before` and `to` are there, of a figure `figure`, of whoever came or
    went the `role`; `text` says the rest, or why. `names` are those that it is about, where it is of a unit
    (`history.Event`); `revised` what a correction or change is of, where it is short; `days_late` how long after its
    date something was accepted (`elements.StatusMark`)."""

    date: str
    state: str
    unit: Ref
    about: Ref
    text: str
    period: PeriodView | None = None
    before: DeadlineMark | None = None
    to: DeadlineMark | None = None
    passed: DeadlineMark | None = None
    figure: FigureMark | None = None
    role: str = ""
    names: tuple[str, ...] = ()
    revised: tuple[RevisedMark, ...] = ()
    days_late: int = 0
    in_moved_time: bool = False
    is_again: bool = False

    @property
    def is_unreported(self) -> bool:
        """Whether nothing had ever been reported then."""
        return self.what in UNREPORTED

    @property
    def is_late(self) -> bool:
        """Whether that made the pledge late."""
        return self.what in LATE
