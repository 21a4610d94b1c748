"""Defines the elements of several views: references, counts, marks of states and deadlines, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from gazette.model.life.status import PASSED, UNREPORTED, is_any_late
from gazette.model.published.held import STOPS


class View(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of all views: frozen, compared by value, with one canonical encoding for recipe keys. The encoding omits
    default values, so that a new field changes no page on which it shows nothing."""


class Ref(View, frozen=True):
    """A thing with a page or anchor of its own, and its name."""

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
    """A code and a number. `also` of these are counted under the previous code too."""

    code: str
    n: int
    also: int = 0


class StatusMark(View, frozen=True):
    """The state of a pledge, the day `since` which it holds, and its alerts (of `status.ALERTS`).

    `days_late` is the number of days between the stated date and a later acceptance; after a reopening it counts from
    the date set then (`is_again`), and `in_moved_time` says that a granted deadline was met. `ended` is the last day of
    a public notice that has run out. With `is_back`, the withdrawal of a notice brought the pledge back to the state on
    that day. `as_of` is the reference date where the state or alerts depend on it; whatever shows an alert shows that
    date.
    """

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
        """True if the deadline has passed."""
        return is_any_late(self.alerts)

    @property
    def is_past(self) -> bool:
        """True if it has passed with nothing ever reported; the alert says both."""
        return any(alert in UNREPORTED for alert in self.alerts)


class DeadlineMark(View, frozen=True):
    """A deadline. `stated` is as the editor wrote it; `first` and `last` bound a stated time. `now` is the current
    deadline, if another was granted."""

    kind: str
    stated: str
    first: str = ""
    last: str = ""
    now: DeadlineMark | None = None


class SourceView(View, frozen=True):
    """A place in the source. `item` is as printed, and so is `section` unless `translated`. `url` and `date` (ISO) are
    those of the source."""

    section: str
    paragraph: int = 0
    item: str = ""
    translated: bool = False
    url: str = ""
    date: str = ""


class FigureView(View, frozen=True):
    """A figure that the source states. `now` is the current one, if another was granted."""

    value: str
    unit: str
    what: str
    now: str = ""


class EvidenceFileView(View, frozen=True):
    """A file that the site publishes as evidence.

    `ref` leads to it; `stamp` is part of its digest, so that browsers notice other bytes. Its size is `amount` in the
    `unit` (a code). A picture has no size, but `alt` says what it shows, and `small` is the copy on the page, with
    `width` and `height` in pixels.
    """

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
    """Where a report can be checked. `url` and `date` may be ""."""

    title: str
    url: str
    date: str
    file: EvidenceFileView | None = None

    @property
    def is_picture(self) -> bool:
        """True if it has a picture that the page shows."""
        return self.file is not None and bool(self.file.small)

    @property
    def is_wordy(self) -> bool:
        """True if the text below a picture needs the width of a page."""
        return len(self.title) + len(self.url) > BESIDE_OTHERS


BESIDE_OTHERS = 100
"""The number of characters that fit below a picture with others beside it."""


class Supported(Protocol):
    """Anything that rests on evidence."""

    @property
    def evidence(self) -> tuple[EvidenceView, ...]: ...


def pictures(some: Iterable[Supported]) -> tuple[EvidenceView, ...]:
    """The pictures among the evidence of `some`, each once."""
    return tuple(dict.fromkeys(each for one in some for each in one.evidence if each.is_picture))


class ReplyView(View, frozen=True):
    """A unit's reply to a step or state against it, in its own words, and its date (ISO)."""

    date: str
    text: str
    evidence: tuple[EvidenceView, ...] = ()


class NoticeItem(View, frozen=True):
    """A notice in lists.

    `begin` and `end` are the days of the public notice, `state` is its state (`NoticeState`). `result` is the code of
    its result and `result_date` the date: for the whole notice, or for the pledge with which it is shown.
    """

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
    """A period of a recurring pledge: as written, its rhythm, and its number in the year. `reports` are the dates of
    reports on it (ISO), `inspected` that of the last inspection among them."""

    stated: str
    rhythm: str
    year: int
    n: int
    reports: tuple[str, ...] = ()
    inspected: str = ""


class BeforePart(View, frozen=True):
    """A changed part of a published record: a text, a date (ISO), a deadline, a period, the `code` of something named
    by a `group` of words, or progress (`reached`, of `total` if stated, with the unit in `text`)."""

    text: str = ""
    date: str = ""
    deadline: DeadlineMark | None = None
    period: PeriodView | None = None
    group: str = ""
    code: str = ""
    reached: str = ""
    total: str = ""


class BeforeView(View, frozen=True):
    """A published value that has changed: a text, a figure, a deadline, or the `parts` of a record. For a reported
    step, `step` is its code and `date` its date, and `parts` are its other values."""

    field: str
    text: str = ""
    figure: FigureView | None = None
    deadline: DeadlineMark | None = None
    step: str = ""
    date: str = ""
    parts: tuple[BeforePart, ...] = ()

    @property
    def is_sentence(self) -> bool:
        """True if it ends with a full stop or the like."""
        return (self.parts[-1].text if self.parts else self.text).endswith(STOPS)


class SentenceMark(View, frozen=True):
    """Changed sentences of a text. `before` is "" if they are new, `now` is "" if they are gone."""

    before: str
    now: str


class PeriodsMark(View, frozen=True):
    """The number of periods that are over (`total`), how many have a report, and the last period."""

    reported: int
    total: int
    last: PeriodView


class NoteView(View, frozen=True):
    """An editorial note, or a revision of `date` (ISO), whose reason is `text`. `printed` is what the source prints, in
    its own language; `before` holds the values until then, `by` who changed them."""

    kind: str
    text: str
    printed: str = ""
    outside: str = ""
    date: str = ""
    before: tuple[BeforeView, ...] = ()
    by: str = ""
    evidence: tuple[EvidenceView, ...] = ()


class TenureView(View, frozen=True):
    """A term: who held a role, from `since` to `until` (ISO, possibly ""). `what` is the title of a head, or the role
    in a pledge."""

    name: str
    what: str
    since: str
    until: str
    evidence: tuple[EvidenceView, ...]


class SuccessionView(View, frozen=True):
    """The continuation of a unit or pledge by others, with its date and reason."""

    date: str
    into: tuple[Ref, ...]
    reason: str
    evidence: tuple[EvidenceView, ...]
