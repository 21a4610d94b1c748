"""What happened, month by month."""

from __future__ import annotations

from gazette.site.views.elements import Count, DeadlineMark, PeriodView, Ref, View


class ChangesView(View, frozen=True):
    """The newest `shown` of `changes` things that happened, by month (ISO)."""

    changes: int
    shown: int
    months: tuple[Count, ...]


class FigureMark(View, frozen=True):
    """A figure that was granted in place of another, in the same `unit`."""

    before: str
    to: str
    unit: str


class EventFragment(View, frozen=True):
    """Something that happened to a pledge, or to a unit (`about`). `what` is one of `lifecycle.EVENTS` or `OF_UNITS`,
    or `correction`; `state` is the one that a report led to. Of a deadline that was moved, `before` and `to` are there,
    of a figure `figure`, of whoever came or went the `role`; `text` says the rest, or why. `names` are those that it is
    about, where it is of a unit (`history.Event`)."""

    date: str
    what: str
    state: str
    unit: Ref
    about: Ref
    text: str
    period: PeriodView | None = None
    before: DeadlineMark | None = None
    to: DeadlineMark | None = None
    figure: FigureMark | None = None
    role: str = ""
    names: tuple[str, ...] = ()
