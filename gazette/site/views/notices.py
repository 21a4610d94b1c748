"""Defines the views of notices: their list, their pages, and the units' fragments."""

from __future__ import annotations

from gazette.site.views.elements import EvidenceView, NoteView, NoticeItem, Ref, View, pictures
from gazette.site.views.pledge import PledgeItem

TITLE_LINE = 20
"""The number of full-width characters in a line of a printed title: 441 pt of 22 pt each."""


class SectionView(View, frozen=True):
    """A section. `heading` is "" if the interface has a word for the `part`."""

    part: str
    heading: str
    text: str


class AccountableView(View, frozen=True):
    """An office called to account, and the measure. `name` and `waiver` are filled in only if the name is already
    public."""

    post: str
    measure: str
    name: str = ""
    waiver: str = ""


class ContactView(View, frozen=True):
    """Where objections go. Each field may be ""."""

    office: str
    phone: str
    email: str
    address: str


class NoticeView(View, frozen=True):
    """A notice's page. Its pledges are in the units' fragments. `as_of` is the reference date of its state, "" if that
    does not depend on one."""

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
        """The pictures among its evidence and its notes."""
        return pictures([self, *self.notes])

    @property
    def is_printed(self) -> bool:
        """True if it has a document."""
        return self.item.kind == "acceptance"

    @property
    def is_title_narrow(self) -> bool:
        """True if the title needs a narrower measure: on the full one its last line (of `TITLE_LINE` full-width
        characters) would hold only a word or two."""
        room = sum(1 if character > "\u2e7f" else 0.5 for character in self.item.title)
        return 0 < room % TITLE_LINE < TITLE_LINE / 4 and room > TITLE_LINE


class ResultView(View, frozen=True):
    """The result of a notice for one pledge: the code of the outcome, the date, and the text."""

    outcome: str
    date: str
    text: str


class NoticeFragment(View, frozen=True):
    """The pledges of a unit that a notice names. If they have results of their own, `results` holds one for each, None
    if unknown."""

    unit: Ref
    pledges: tuple[PledgeItem, ...]
    results: tuple[ResultView | None, ...] = ()


class NoticeYear(View, frozen=True):
    """The notices of one kind and year, the newest first."""

    year: str
    notices: tuple[NoticeItem, ...]


class NoticeGroup(View, frozen=True):
    """The notices of one kind, by year."""

    kind: str
    n: int
    years: tuple[NoticeYear, ...]


class NoticesView(View, frozen=True):
    """All notices, by kind and year. `open` are those that take objections now, by their last day."""

    n: int
    open: tuple[NoticeItem, ...]
    groups: tuple[NoticeGroup, ...]
