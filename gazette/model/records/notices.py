"""Defines the records of notices, each about pledges of one or several units."""

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
"""`acceptance` (销号公示) announces that items are to be closed; `circular` (通报) reports the state of affairs;
`supervision` (督办) presses a body to act until it has; `accountability` (问责) names the offices called to account."""

NoticePart = Literal["finding", "goal", "measures", "outcome", "case", "action", "demands"]

PARTS: dict[str, tuple[str, ...]] = {
    "acceptance": ("finding", "goal", "measures", "outcome"),
    "circular": ("case", "demands"),
    "supervision": ("case", "demands"),
    "accountability": ("case", "action", "demands"),
}
"""The sections with a heading of their own, by kind of notice. Those of an acceptance notice are the four that offices
print (反馈问题、整改目标、整改措施、整改完成情况); a notice may leave some out."""

NoticeOutcome = Literal["unopposed", "not-upheld", "upheld"]
"""The result of a public notice: nobody objected, an objection was not upheld, or one was upheld."""

_OF_KIND: dict[str, tuple[str, ...]] = {
    "acceptance": ("accepted_by", "inspected", "period", "result", "results"),
    "circular": (),
    "supervision": (),
    "accountability": ("accountable",),
}
"""The fields that only one kind of notice may have."""


class NoticeSection(Record, frozen=True, kw_only=True):
    """A section. Its heading is the interface word for `part`, or `heading`."""

    part: IfFilled[NoticePart] = None
    heading: IfFilled[Title] = None
    text: Prose

    def __post_init__(self) -> None:
        if self.part is None and self.heading is None:
            raise invalid("section_unnamed")


class NoticePeriod(Record, frozen=True, kw_only=True):
    """The first and last day of a public notice, both included."""

    begin: Date
    end: Date

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise invalid("notice_backwards", begin=self.begin, end=self.end)


class NoticeContact(Record, frozen=True, kw_only=True):
    """Where objections go. At least one field must be filled in."""

    office: IfFilled[Title] = None
    phone: IfFilled[Annotated[str, matching(r"[0-9+(（][0-9+()（） 转、,/\-]{4,59}", "phone_form", 60)]] = None
    email: IfFilled[Annotated[str, matching(r"[\w.%+\-]+@[\w\-]+(?:\.[\w\-]+)+", "email_form", 120)]] = None
    address: IfFilled[Title] = None

    def __post_init__(self) -> None:
        if not (self.office or self.phone or self.email or self.address):
            raise invalid("contact_empty")


class NoticeResult(Record, frozen=True, kw_only=True):
    """The result of a public notice, and the day on which it was known."""

    date: Date
    outcome: NoticeOutcome
    text: IfFilled[Sentences] = None


class ResultOfSome(NoticeResult, frozen=True, kw_only=True):
    """The result of a public notice for some of its `pledges`, where it differs from that for the others."""

    pledges: Annotated[tuple[PledgeId, ...], ListRule(most=200, needed=True, words=True)]


class Accountable(Record, frozen=True, kw_only=True):
    """An office called to account, and the measure taken. A person's `name` may be given only if `waiver` says who
    published it, and where."""

    post: Title
    measure: Title
    name: IfFilled[Title] = None
    waiver: IfFilled[Sentences] = None

    def __post_init__(self) -> None:
        if self.name is not None and self.waiver is None:
            raise invalid("person_named")


class NoticeBefore(Former, frozen=True, kw_only=True):
    """The published values of a notice that have changed; all others are left out. Of a list, only the entries that are
    gone or changed."""

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
    """A revision of a published notice."""

    was: NoticeBefore


class Notice(Record, frozen=True, kw_only=True):
    """A notice about some `pledges`. Its id is the name of its file. `body` publishes it. `numbers` are the items of
    the superior list that it answers, as printed; `of_list` names that list. `inspected` is the day of inspection, if
    the pledges' steps do not state it. `result` applies to all pledges that `results` does not name."""

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
        """The result for one of its pledges; None if unknown."""
        results = (each for each in self.results if pledge in each.pledges)
        return next(results, self.result)


class NoticeFile(msgspec.Struct, frozen=True):
    """One notice. `id` is the name of its file, `path` the file's path, `text` its content. `files` are those that its
    evidence names, `stale` the texts whose translations are out of date."""

    id: str
    path: str
    notice: Notice
    text: str = ""
    files: tuple[EvidenceFile, ...] = ()
    stale: tuple[StaleText, ...] = ()

    @property
    def unit(self) -> str:
        """The id of the first pledge's unit, which writes the notice's line in the open data."""
        return self.units[0]

    @property
    def units(self) -> tuple[str, ...]:
        """The ids of the units of its pledges."""
        return tuple(dict.fromkeys(unit_of(id) for id in self.notice.pledges))
