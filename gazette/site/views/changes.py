"""Defines the views of events, month by month."""

from __future__ import annotations

from gazette.model.life.status import LATE, UNREPORTED
from gazette.site.views.elements import BeforeView, Count, DeadlineMark, Happened, PeriodView, Ref, SentenceMark, View


class ChangesView(View, frozen=True):
    """The newest `shown` of `changes` events, counted by month (ISO). `has_passed` says that some of all events
    happened because a day came."""

    changes: int
    shown: int
    months: tuple[Count, ...]
    has_passed: bool = False


class FigureMark(View, frozen=True):
    """A figure that replaced another by a grant, in the same `unit`."""

    before: str
    to: str
    unit: str


class RevisedMark(View, frozen=True):
    """A revised field, before and after. For a long text, `sentences` are those that differ, and `more` is the number
    of further ones."""

    before: BeforeView
    now: BeforeView
    sentences: tuple[SentenceMark, ...] = ()
    more: int = 0


class EventFragment(Happened, frozen=True):
    """An event of a pledge or of a unit (`about`).

    `what` is one of `lifecycle.EVENTS`, `OF_UNITS` or `status.PASSED`, or `correction`; `state` is the state to which a
    report led; `text` gives the words or the reason. A moved deadline has `before` and `to`, a passed one `passed`, a
    figure `figure`, a person or body who came or left a `role`.

    `names` are the names in an event of a unit (`history.Event`); `revised` are revised fields, if short enough;
    `days_late` is the delay of an acceptance in days (`elements.StatusMark`).
    """

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
        """True if nothing had ever been reported by then."""
        return self.what in UNREPORTED

    @property
    def is_late(self) -> bool:
        """True if it made the pledge late."""
        return self.what in LATE
