"""What a unit's file is made of in several places: steps, notes, figures, signatories."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.dates import Date
from gazette.model.evidence import EvidenceList
from gazette.model.fields import IfFilled, invalid
from gazette.model.numbers import FigureValue
from gazette.model.record import Record
from gazette.model.texts import Prose, Sentences, Title
from gazette.model.values import line

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

NoteKind = Literal["doubtful", "remark"]


class Note(Record, frozen=True, kw_only=True):
    """What the editors add: a doubtful spot of the source, or a remark. Never part of the pledge."""

    kind: NoteKind
    date: IfFilled[Date] = None
    printed: IfFilled[Annotated[str, line(60)]] = None
    text: Prose
    outside: IfFilled[Sentences] = None

    def __post_init__(self) -> None:
        if self.kind == "doubtful" and self.printed is None:
            raise invalid("note_printed_missing")


class Reply(Record, frozen=True, kw_only=True):
    """What the unit itself says where a status speaks against it, in its own words."""

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
