"""What several views are made of: references, counts, marks of states and deadlines, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from gazette.model.life.status import PASSED, UNREPORTED, is_any_late
from gazette.model.published.held import STOPS


class View(msgspec.Struct, frozen=True, omit_defaults=True):
    """What every view shares: frozen, compared by value, with one canonical encoding for keys. A field that has its
    default is not in it: what a new program may show besides makes no other page of one that does not show it."""


class Ref(View, frozen=True):
    """A thing with a page or an anchor of its own, and its name."""

    ref: str
    name: str


class Happened(View, frozen=True):
    """Something that happened, or that changed between two days: `what` is its code."""

    what: str

    @property
    def is_of_day(self) -> bool:
        """Whether it happened because a day came."""
        return self.what in PASSED


class Count(View, frozen=True):
    """A name and how many; and how many of those are counted under the name before, too."""

    code: str
    n: int
    also: int = 0


class StatusMark(View, frozen=True):
    """A state of an item, the day it was reached, and what the day says of it (`alerts`, of `status.ALERTS`);
    `days_late` counts the days between the stated date and a later acceptance, or between the date that was set on
    reopening and a later one (`is_again`). `ended` is the last day of a public notice that has run out; of one that
    `is_back` in its state, the day is that on which a notice was withdrawn. `as_of` is the
    date that this is measured against, where it depends on one: what shows an alert shows that date."""

    code: str
    since: str = ""
    alerts: tuple[str, ...] = ()
    as_of: str = ""
    days_late: int = 0
    in_moved_time: bool = False
    is_again: bool = False
    ended: str = ""
    is_back: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the deadline has passed."""
        return is_any_late(self.alerts)

    @property
    def is_past(self) -> bool:
        """Whether it has passed with nothing ever reported: the alert says that too."""
        return any(alert in UNREPORTED for alert in self.alerts)


class DeadlineMark(View, frozen=True):
    """A deadline as stated. `stated` is what the editor wrote; `first` and `last` bound a stated time. `now` is the one
    that holds, where another was granted."""

    kind: str
    stated: str
    first: str = ""
    last: str = ""
    now: DeadlineMark | None = None


class SourceView(View, frozen=True):
    """The place in the source. `item` is as printed, `section` too unless it is `translated`; `url` says where the
    source can be read, `date` (ISO) of which day it is."""

    section: str
    paragraph: int = 0
    item: str = ""
    translated: bool = False
    url: str = ""
    date: str = ""


class FigureView(View, frozen=True):
    """A figure that the source states, and the one that holds `now`, where another was granted."""

    value: str
    unit: str
    what: str
    now: str = ""


class EvidenceFileView(View, frozen=True):
    """A file that the site publishes as evidence. `ref` leads to it; `stamp` is a part of its digest: other bytes are
    another file. Its size is so many (`amount`) of a `unit`, a code; of a picture it is left out, and there are what it
    shows (`alt`), and `small`, which stands on the page, with its width and height in pixels."""

    ref: str
    kind: str
    stamp: str
    amount: str = ""
    unit: str = ""
    alt: str = ""
    small: str = ""
    width: int = 0
    height: int = 0


class EvidenceView(View, frozen=True):
    """Where a report can be checked; `url` and `date` may be empty."""

    title: str
    url: str
    date: str
    file: EvidenceFileView | None = None

    @property
    def is_picture(self) -> bool:
        return self.file is not None and bool(self.file.small)

    @property
    def is_wordy(self) -> bool:
        """Whether what is said of a picture needs the width of a page."""
        return len(self.title) + len(self.url) > BESIDE_OTHERS


BESIDE_OTHERS = 100
"""So many letters find room below a picture that stands beside others."""


class Supported(Protocol):
    """What rests on evidence."""

    @property
    def evidence(self) -> tuple[EvidenceView, ...]: ...


def pictures(some: Iterable[Supported]) -> tuple[EvidenceView, ...]:
    """The pictures among the evidence of some, each once."""
    return tuple(dict.fromkeys(each for one in some for each in one.evidence if each.is_picture))


class ReplyView(View, frozen=True):
    """What a unit says to a step or a state against it, in its own words, and when (ISO)."""

    date: str
    text: str
    evidence: tuple[EvidenceView, ...] = ()


class NoticeItem(View, frozen=True):
    """A notice as lists show it. What does not apply is empty: `begin` and `end` are those of the public notice,
    `state` is where that is (`NoticeState`), `result` is the code of what came of it, on the day `result_date`: of the
    notice as a whole, or for the pledge that it is shown with."""

    id: str
    kind: str
    title: str
    date: str
    body: str
    begin: str = ""
    end: str = ""
    state: str = ""
    result: str = ""
    result_date: str = ""
    withdrawn: str = ""
    draft: bool = False

    @property
    def ref(self) -> str:
        """The notice's own page."""
        return f"notice:{self.id}"


class PeriodView(View, frozen=True):
    """A period of a recurring pledge: how it is written, its rhythm, and which of its year it is. `reports` are the
    days of the reports on it (ISO), `inspected` that of the last inspection among them, or empty."""

    stated: str
    rhythm: str
    year: int
    n: int
    reports: tuple[str, ...] = ()
    inspected: str = ""


class BeforePart(View, frozen=True):
    """A part of a record that was published and has changed, as one of these: a text, a day (ISO), a deadline, a
    period, the `code` of something that has a word in a `group`; or how far a pledge was (`reached`, of a `total` where
    that was stated), `text` being the unit."""

    text: str = ""
    date: str = ""
    deadline: DeadlineMark | None = None
    period: PeriodView | None = None
    group: str = ""
    code: str = ""
    reached: str = ""
    total: str = ""


class BeforeView(View, frozen=True):
    """What was published and has changed: the field, and what it said, as one of these: a text, a figure, a deadline,
    or the `parts` of a record. `step` is the code of a step that was reported, of the day `date`; then the parts are
    what it said beside them."""

    field: str
    text: str = ""
    figure: FigureView | None = None
    deadline: DeadlineMark | None = None
    step: str = ""
    date: str = ""
    parts: tuple[BeforePart, ...] = ()

    @property
    def is_sentence(self) -> bool:
        """Whether it ends with a stop of its own."""
        return (self.parts[-1].text if self.parts else self.text).endswith(STOPS)


class SentenceMark(View, frozen=True):
    """Sentences of a text that read otherwise: `before` is empty where they are new, `now` where they are gone."""

    before: str
    now: str


class PeriodsMark(View, frozen=True):
    """Of so many periods that are over (`total`), the last of which is `last`, so many were reported on."""

    reported: int
    total: int
    last: PeriodView


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


class TenureView(View, frozen=True):
    """Who held something, and when: `since` and `until` (ISO) may be empty. `what` is the title of a head, or the role
    of one that a pledge is assigned to."""

    name: str
    what: str
    since: str
    until: str
    evidence: tuple[EvidenceView, ...]


class SuccessionView(View, frozen=True):
    """That a unit or a pledge goes on as others, from which day and why."""

    date: str
    into: tuple[Ref, ...]
    reason: str
    evidence: tuple[EvidenceView, ...]
