"""What several views are made of: references, counts, marks of states and deadlines, notes."""

from __future__ import annotations

import msgspec


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
    """A state of an item, the day it was reached, and whether its deadline has passed; `days_late` counts the days
    between the stated date and a later acceptance. `as_of` is the date that this is measured against, where it depends
    on one: what shows an alert shows that date."""

    code: str
    since: str = ""
    alert: str = ""
    as_of: str = ""
    days_late: int = 0
    in_moved_time: bool = False


class DeadlineMark(View, frozen=True):
    """A deadline as stated. `stated` is what the editor wrote; `first` and `last` bound a stated time. `now` is the one
    that holds, where another was granted."""

    kind: str
    stated: str
    first: str = ""
    last: str = ""
    now: DeadlineMark | None = None


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


class EvidenceView(View, frozen=True):
    """Where a report can be checked; `url` and `date` may be empty."""

    title: str
    url: str
    date: str


class ReplyView(View, frozen=True):
    """What a unit says to a step or a state against it, in its own words, and when (ISO)."""

    date: str
    text: str
    evidence: tuple[EvidenceView, ...] = ()


class NoticeItem(View, frozen=True):
    """A notice as lists show it. What does not apply is empty: `begin` and `end` are those of the public notice,
    `result` is the code of what came of it, on the day `result_date`."""

    id: str
    kind: str
    title: str
    date: str
    body: str
    begin: str = ""
    end: str = ""
    result: str = ""
    result_date: str = ""
    withdrawn: str = ""
    draft: bool = False

    @property
    def ref(self) -> str:
        """The notice's own page."""
        return f"notice:{self.id}"


class BeforeView(View, frozen=True):
    """What was published and has changed: the field, and what it said, as one of these. `step` is the code of a step
    that was reported, of the day `date`."""

    field: str
    text: str = ""
    figure: FigureView | None = None
    deadline: DeadlineMark | None = None
    step: str = ""
    date: str = ""


class NoteView(View, frozen=True):
    """An editorial note, or a revision of `date` (ISO): then `text` is its reason. `printed` is what the source prints,
    in the language of the source; `before` is what stood on the page until then, `by` who changed it."""

    kind: str
    text: str
    printed: str = ""
    outside: str = ""
    date: str = ""
    before: tuple[BeforeView, ...] = ()
    by: str = ""
    evidence: tuple[EvidenceView, ...] = ()
