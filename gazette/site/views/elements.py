"""What several views are made of: references, counts, marks of states and deadlines, notes."""

from __future__ import annotations

import msgspec

from gazette.model.status import LATE


class View(msgspec.Struct, frozen=True):
    """What every view shares: frozen, compared by value, with one canonical encoding for keys."""


class Ref(View, frozen=True):
    """A thing with a page or an anchor of its own, and its name."""

    ref: str
    name: str


class Count(View, frozen=True):
    """A name and how many."""

    code: str
    n: int


class StatusMark(View, frozen=True):
    """A state of an item, the day it was reached, and what the day says of it (`alert`, one of `status.ALERTS`);
    `days_late` counts the days between the stated date and a later acceptance. `as_of` is the date that this is
    measured against, where it depends on one: what shows an alert shows that date."""

    code: str
    since: str = ""
    alert: str = ""
    as_of: str = ""
    days_late: int = 0
    in_moved_time: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return self.alert in LATE

    @property
    def is_past(self) -> bool:
        """Whether it has passed with nothing ever reported: the alert says that too."""
        return self.alert in ("past", "past-moved")


class DeadlineMark(View, frozen=True):
    """A deadline as stated. `stated` is what the editor wrote; `first` and `last` bound a stated time. `now` is the one
    that holds, where another was granted."""

    kind: str
    stated: str
    first: str = ""
    last: str = ""
    now: DeadlineMark | None = None


class PeriodView(View, frozen=True):
    """A period of a recurring pledge: how it is written, its rhythm, and which of its year it is. `reports` are the
    days of the reports on it (ISO), `inspected` says that one of them is of an inspection."""

    stated: str
    rhythm: str
    year: int
    n: int
    reports: tuple[str, ...] = ()
    inspected: bool = False


class PeriodsMark(View, frozen=True):
    """Of so many periods that are over (`total`), the last of which is `last`, so many were reported on."""

    reported: int
    total: int
    last: PeriodView


class NoteView(View, frozen=True):
    """An editorial note. `printed` is what the source prints, in the language of the source; `before` is what stood on
    the page until the correction of `date` (ISO)."""

    kind: str
    text: str
    printed: str = ""
    outside: str = ""
    before: str = ""
    date: str = ""


class SourceView(View, frozen=True):
    """The place in the source. `section` and `item` are as printed."""

    section: str
    paragraph: int = 0
    item: str = ""


class FigureView(View, frozen=True):
    """A figure that the source states."""

    value: str
    unit: str
    what: str
