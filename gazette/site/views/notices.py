"""Notices: their list, the page of each, and what a unit adds to it."""

from __future__ import annotations

from gazette.site.views.elements import EvidenceView, NoteView, NoticeItem, Ref, View, pictures
from gazette.site.views.pledge import PledgeItem

TITLE_LINE = 20
"""So many full-width characters of a printed title find room in a line: 441 pt of 22 pt each."""


class SectionView(View, frozen=True):
    """A section; `heading` is empty where the interface has a word for the `part`."""

    part: str
    heading: str
    text: str


class AccountableView(View, frozen=True):
    """An office that was called to account, and how. The last two are empty but where a name is public already."""

    post: str
    measure: str
    name: str = ""
    waiver: str = ""


class ContactView(View, frozen=True):
    """Where objections go; each may be empty."""

    office: str
    phone: str
    email: str
    address: str


class NoticeView(View, frozen=True):
    """A notice's page. The pledges that it names stand in the units' fragments. `as_of` is the day that its state is
    measured against, where it must be said with it."""

    item: NoticeItem
    numbers: tuple[str, ...]
    of_list: str
    intro: str
    sections: tuple[SectionView, ...]
    accountable: tuple[AccountableView, ...]
    accepted_by: str
    inspected: str
    contact: ContactView | None
    result_text: str
    evidence: tuple[EvidenceView, ...]
    notes: tuple[NoteView, ...]
    withdrawn_reason: str
    formerly: tuple[str, ...]
    as_of: str

    @property
    def photographs(self) -> tuple[EvidenceView, ...]:
        """The pictures among what it rests on, and its notes."""
        return pictures([self, *self.notes])

    @property
    def is_printed(self) -> bool:
        """Whether there is a document of it."""
        return self.item.kind == "acceptance"

    @property
    def is_title_narrow(self) -> bool:
        """Whether the title is set on a narrower measure: on the whole one a word or two would be alone in its last
        line (lines of `TITLE_LINE` full-width characters)."""
        room = sum(1 if character > "\u2e7f" else 0.5 for character in self.item.title)
        return 0 < room % TITLE_LINE < TITLE_LINE / 4 and room > TITLE_LINE


class ResultView(View, frozen=True):
    """What came of a notice for one pledge: the code of the outcome, the day, and what is said of it."""

    outcome: str
    date: str
    text: str


class NoticeFragment(View, frozen=True):
    """The pledges of a unit that a notice names. Where they have results of their own, `results` has that of each, or
    none where it is not known."""

    unit: Ref
    pledges: tuple[PledgeItem, ...]
    results: tuple[ResultView | None, ...] = ()


class NoticeYear(View, frozen=True):
    """The notices of a kind and a year, the newest first."""

    year: str
    notices: tuple[NoticeItem, ...]


class NoticeGroup(View, frozen=True):
    """The notices of a kind, by year."""

    kind: str
    n: int
    years: tuple[NoticeYear, ...]


class NoticesView(View, frozen=True):
    """All notices, by kind and year; `open` are those to which objections are taken now, the first to end first."""

    n: int
    open: tuple[NoticeItem, ...]
    groups: tuple[NoticeGroup, ...]
