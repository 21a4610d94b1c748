"""Defines the parts of a unit's file: notes, figures, signatories, sources, grants and withdrawals."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from gazette.model.forms.dates import Date, StatedDeadline
from gazette.model.forms.fields import FieldType, IfFilled, Languages, invalid
from gazette.model.forms.numbers import FigureValue, whole
from gazette.model.forms.record import Record
from gazette.model.forms.texts import TITLE, TITLE_LIMIT, Prose, Sentences, Title
from gazette.model.forms.values import Url, line
from gazette.model.records.evidence import EvidenceList

State = Literal[
    "under-way",
    "milestone",
    "applied",
    "inspected",
    "notice",
    "objection",
    "answered",
    "accepted",
    "rechecked",
    "reopened",
]
"""What an update reports: the steps of `lifecycle.STEPS`, in their order."""

Result = Literal["passed", "sent-back"]
"""How an inspection ended."""


def outcome_of(result: Result | None, upheld: bool | None, held: bool | None) -> str:
    """A step's outcome as it is written (`passed`, `sent-back`, `yes`, `no`); "" if the step has none."""
    answer = held if upheld is None else upheld
    return result or {None: "", True: "yes", False: "no"}[answer]


def went_against(result: str | None, upheld: bool | None, held: bool | None) -> bool:
    """Whether a step ended against the unit: sent back, an objection upheld, a result that did not hold."""
    return result == "sent-back" or upheld is True or held is False


UnitKind = Literal["district", "zone"]

Checkable = Literal["yes", "partly", "principle"]

NoteKind = Literal["doubtful", "remark"]


class Note(Record, frozen=True, kw_only=True):
    """A note of the editors: a doubtful spot of the source, or a remark. Never part of the pledge."""

    kind: NoteKind
    date: IfFilled[Date] = None
    printed: IfFilled[Annotated[str, line(60)]] = None
    text: Prose
    outside: IfFilled[Sentences] = None

    def __post_init__(self) -> None:
        if self.kind == "doubtful" and self.printed is None:
            raise invalid("note_printed_missing")


class Reply(Record, frozen=True, kw_only=True):
    """The unit's own words in reply to a step or status against it."""

    date: Date
    text: Prose
    evidence: EvidenceList = ()


class Figure(Record, frozen=True, kw_only=True):
    """A figure that the source states, with its unit and what it counts."""

    value: FigureValue
    unit: Title
    what: Title


class Signatory(Record, frozen=True, kw_only=True):
    """Who signed the statement, and with which title, exactly as printed."""

    name: Title
    title: Title


class PublicNotice(Record, frozen=True, kw_only=True):
    """The first and last day of a public notice, both included, and where objections go."""

    begin: Date
    end: Date
    contact: IfFilled[Title] = None

    def __post_init__(self) -> None:
        if self.end < self.begin:
            raise invalid("notice_backwards", begin=self.begin, end=self.end)


class Reached(Record, frozen=True, kw_only=True):
    """Progress of a countable pledge: `value`, the total `of` if stated, and their unit."""

    value: FigureValue
    of: IfFilled[FigureValue] = None
    unit: Title

    def __post_init__(self) -> None:
        negative = next((each for each in (self.value, self.of) if each is not None and each < 0), None)
        if negative is not None:
            raise invalid("reached_negative", found=negative)
        if self.of is not None and self.value > self.of:
            raise invalid("reached_beyond", found=self.value, of=self.of)


class Granted(Record, frozen=True, kw_only=True):
    """A grant that replaces a stated value: when, `to` what, by whom and why. The stated value stays on record."""

    date: Date
    to: Any
    by: Title
    reason: Sentences
    evidence: EvidenceList = ()


class Moved(Granted, frozen=True, kw_only=True):
    """A deadline that replaces the stated one from the day on which it was granted."""

    to: StatedDeadline


class TargetChange(Granted, frozen=True, kw_only=True):
    """A figure that replaces the stated one, in the same unit, from the day on which it was granted."""

    to: FigureValue


class Withdrawn(Record, frozen=True, kw_only=True):
    """When and why a pledge or notice was withdrawn; its address stays."""

    date: Date
    reason: Sentences


def _section(value: Any, languages: Languages) -> dict[str, str] | str:
    return dict(TITLE.read(value, languages)) if isinstance(value, dict) else str(_printed_section.read(value, ()))


_printed_section = line(TITLE_LIMIT)


class Source(Record, frozen=True, kw_only=True):
    """Where the source states this: the heading (as printed, or in each language), the paragraph (from 1), the printed
    item, and the source's address and date."""

    section: Annotated[dict[str, str] | str, FieldType(_section, {"anyOf": [_printed_section.schema, TITLE.schema]})]
    paragraph: IfFilled[Annotated[int, whole(1, 999)]] = None
    item: IfFilled[Annotated[str, line(12)]] = None
    url: IfFilled[Url] = None
    date: IfFilled[Date] = None
