"""The records of notices: what is announced of some pledges, of one unit or of several."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from gazette.model.forms.dates import Date
from gazette.model.forms.fields import FILLED, IfFilled, ListRule, invalid
from gazette.model.forms.record import Former, FormerIds, Record
from gazette.model.forms.texts import Prose, Sentences, Title
from gazette.model.forms.values import Flag, PledgeId, line, matching, unit_of
from gazette.model.records.evidence import Evidence
from gazette.model.records.evidence_files import EvidenceFile
from gazette.model.records.revisions import EvidenceBefore, Revision, RevisionBefore, something_is_said
from gazette.model.records.stale_texts import StaleText
from gazette.model.records.unit_parts import Withdrawn

NoticeKind = Literal["acceptance", "circular", "supervision", "accountability"]
"""An `acceptance` notice (销号公示) lays open that items are to be closed; a `circular` (通报) tells how matters stand;
a `supervision` notice (督办) what somebody is pressed to do, until it is done; an `accountability` entry (问责) who was
called to account, by office."""

NoticePart = Literal["finding", "goal", "measures", "outcome", "case", "action", "demands"]

PARTS: dict[str, tuple[str, ...]] = {
    "acceptance": ("finding", "goal", "measures", "outcome"),
    "circular": ("case", "demands"),
    "supervision": ("case", "demands"),
    "accountability": ("case", "action", "demands"),
}
"""The sections that have a heading of their own, by kind of notice. Those of an acceptance notice are the four that
offices print (反馈问题、整改目标、整改措施、整改完成情况); a notice need not have all of them."""

NoticeOutcome = Literal["unopposed", "not-upheld", "upheld"]
"""What came of a public notice: nobody objected, an objection was not upheld, an objection was upheld."""

_OF_KIND: dict[str, tuple[str, ...]] = {
    "acceptance": ("accepted_by", "inspected", "period", "result", "results"),
    "circular": (),
    "supervision": (),
    "accountability": ("accountable",),
}
"""The fields that mean something in one kind only."""


class NoticeSection(Record, frozen=True, kw_only=True):
    """A section. `part` gives it the heading of the interface's words, `heading` another one."""

    part: IfFilled[NoticePart] = None
    heading: IfFilled[Title] = None
    text: Prose

    def __post_init__(self) -> None:
        if self.part is None and self.heading is None:
            raise invalid("section_unnamed")


class NoticePeriod(Record, frozen=True, kw_only=True):
    """The first and the last day of a public notice, both included."""

    begin: Date
    end: Date

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise invalid("notice_backwards", begin=self.begin, end=self.end)


class NoticeContact(Record, frozen=True, kw_only=True):
    """Where objections go. Each may be absent, but not all."""

    office: IfFilled[Title] = None
    phone: IfFilled[Annotated[str, matching(r"[0-9+(（][0-9+()（） 转、,/\-]{4,59}", "phone_form", 60)]] = None
    email: IfFilled[Annotated[str, matching(r"[\w.%+\-]+@[\w\-]+(?:\.[\w\-]+)+", "email_form", 120)]] = None
    address: IfFilled[Title] = None

    def __post_init__(self) -> None:
        if not (self.office or self.phone or self.email or self.address):
            raise invalid("contact_empty")


class NoticeResult(Record, frozen=True, kw_only=True):
    """What came of a public notice, and when that was known."""

    date: Date
    outcome: NoticeOutcome
    text: IfFilled[Sentences] = None


class ResultOfSome(NoticeResult, frozen=True, kw_only=True):
    """What came of a public notice for some of its `pledges`, where that is not what came of it for the others."""

    pledges: Annotated[tuple[PledgeId, ...], ListRule(most=200, needed=True, words=True)]


class Accountable(Record, frozen=True, kw_only=True):
    """An office that was called to account, and with which measure. A person's `name` stands here only where `waiver`
    says who made that name public, and where."""

    post: Title
    measure: Title
    name: IfFilled[Title] = None
    waiver: IfFilled[Sentences] = None

    def __post_init__(self) -> None:
        if self.name is not None and self.waiver is None:
            raise invalid("person_named")


class NoticeBefore(Former, frozen=True, kw_only=True):
    """What was published of a notice and has changed; the rest is left out. Of a list, only the entries that are gone
    or say something else."""

    kind: IfFilled[NoticeKind] = None
    title: IfFilled[Title] = None
    date: IfFilled[Date] = None
    body: IfFilled[Title] = None
    pledges: Annotated[tuple[PledgeId, ...], ListRule(most=200, words=True), FILLED] = ()
    numbers: Annotated[tuple[Annotated[str, line(40)], ...], ListRule(most=50, words=True), FILLED] = ()
    of_list: IfFilled[Title] = None
    intro: IfFilled[Prose] = None
    sections: Annotated[tuple[NoticeSection, ...], ListRule(most=20), FILLED] = ()
    accountable: Annotated[tuple[Accountable, ...], ListRule(most=100), FILLED] = ()
    accepted_by: IfFilled[Title] = None
    inspected: IfFilled[Date] = None
    period: IfFilled[NoticePeriod] = None
    contact: IfFilled[NoticeContact] = None
    result: IfFilled[NoticeResult] = None
    results: Annotated[tuple[ResultOfSome, ...], ListRule(most=50), FILLED] = ()
    withdrawn: IfFilled[Withdrawn] = None
    formerly: FormerIds = ()
    revisions: Annotated[tuple[RevisionBefore, ...], ListRule(most=50), FILLED] = ()
    evidence: IfFilled[EvidenceBefore] = None

    def __post_init__(self) -> None:
        something_is_said(self)


class NoticeRevision(Revision, frozen=True, kw_only=True):
    """A revision of what was published of a notice."""

    was: NoticeBefore


class Notice(Record, frozen=True, kw_only=True):
    """A notice about some `pledges`. Its id is the name of its file. `body` publishes it; `numbers` are those of the
    superior list that the items answer, as printed, `of_list` names that list. `inspected` is the day on which the
    items were inspected, where their own steps do not say it. `result` is what came of it, but for the pledges that
    `results` names."""

    kind: NoticeKind
    title: Title
    date: Date
    body: Title
    pledges: Annotated[tuple[PledgeId, ...], ListRule(most=200, needed=True, words=True)]
    numbers: Annotated[tuple[Annotated[str, line(40)], ...], ListRule(most=50, words=True), FILLED] = ()
    of_list: IfFilled[Title] = None
    intro: IfFilled[Prose] = None
    sections: Annotated[tuple[NoticeSection, ...], ListRule(most=20), FILLED] = ()
    accountable: Annotated[tuple[Accountable, ...], ListRule(most=100), FILLED] = ()
    accepted_by: IfFilled[Title] = None
    inspected: IfFilled[Date] = None
    period: IfFilled[NoticePeriod] = None
    contact: IfFilled[NoticeContact] = None
    result: IfFilled[NoticeResult] = None
    results: Annotated[tuple[ResultOfSome, ...], ListRule(most=50), FILLED] = ()
    evidence: Annotated[tuple[Evidence, ...], ListRule(most=20), FILLED] = ()
    revisions: Annotated[tuple[NoticeRevision, ...], ListRule(most=50), FILLED] = ()
    withdrawn: IfFilled[Withdrawn] = None
    formerly: FormerIds = ()
    draft: Flag = False

    def __post_init__(self) -> None:
        others = [name for kind, names in _OF_KIND.items() if kind != self.kind for name in names]
        strange = [name for name in others if getattr(self, name)]
        if strange:
            raise invalid("notice_strange", kind=self.kind, fields=", ".join(strange))
        for section in self.sections:
            if section.part is not None and section.part not in PARTS[self.kind]:
                raise invalid("notice_part", kind=self.kind, part=section.part, expected=", ".join(PARTS[self.kind]))
        if self.kind == "accountability" and not self.accountable:
            raise invalid("accountable_missing")
        if not (self.sections or self.intro or self.accountable):
            raise invalid("notice_empty", expected=", ".join(PARTS[self.kind]))

    def result_of(self, pledge: str) -> NoticeResult | None:
        """What came of it for one of its pledges, where that is known."""
        own = (each for each in self.results if pledge in each.pledges)
        return next(own, self.result)


class NoticeFile(msgspec.Struct, frozen=True):
    """One notice with its id, which is the name of its file; `text` is what stands in that. `files` are those that its
    evidence names, `stale` the texts that are not translated anew."""

    id: str
    path: str
    notice: Notice
    text: str = ""
    files: tuple[EvidenceFile, ...] = ()
    stale: tuple[StaleText, ...] = ()

    @property
    def unit(self) -> str:
        """The unit that gives the notice's line in the open data: that of the first pledge."""
        return self.units[0]

    @property
    def units(self) -> tuple[str, ...]:
        """The units of its pledges, by their ids."""
        return tuple(dict.fromkeys(unit_of(id) for id in self.notice.pledges))
