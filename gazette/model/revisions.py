"""Why something that was published reads otherwise now: each revision keeps what stood there before."""

from __future__ import annotations

from typing import Annotated, Literal

from gazette.model.dates import Date, StatedDeadline
from gazette.model.evidence import EvidenceList, FileName
from gazette.model.fields import IfFilled, invalid
from gazette.model.record import Record
from gazette.model.texts import Prose, Sentences, Title
from gazette.model.unit_parts import Figure, Signatory, State
from gazette.model.values import matching

RevisionKind = Literal["correction", "change"]
"""A `correction` puts a mistake of the editors right; a `change` follows what the unit, or whoever decides it, said."""


class StepBefore(Record, frozen=True, kw_only=True):
    """A step that was reported and is told otherwise, or no longer."""

    date: Date
    state: State


class EvidenceBefore(Record, frozen=True, kw_only=True):
    """A file that was published as evidence, with the SHA-256 that it had: it is another now, or no longer there."""

    file: FileName
    sha256: Annotated[str, matching(r"[0-9a-f]{64}", "sha256_form", 64)]

    @property
    def stated(self) -> str:
        """How the register has it."""
        return f"{self.file} {self.sha256}"


class PledgeBefore(Record, frozen=True, kw_only=True):
    """What was published of a pledge and has changed; the rest is left out."""

    title: IfFilled[Title] = None
    text: IfFilled[Prose] = None
    done_when: IfFilled[Prose] = None
    target: IfFilled[Figure] = None
    deadline: IfFilled[StatedDeadline] = None
    step: IfFilled[StepBefore] = None
    evidence: IfFilled[EvidenceBefore] = None

    def __post_init__(self) -> None:
        something_is_said(self)


class UnitBefore(Record, frozen=True, kw_only=True):
    """What was published of a unit and has changed; the rest is left out."""

    name: IfFilled[Title] = None
    signed_by: IfFilled[Signatory] = None
    summary: IfFilled[Prose] = None
    evidence: IfFilled[EvidenceBefore] = None

    def __post_init__(self) -> None:
        something_is_said(self)


def something_is_said(before: Record) -> None:
    """Raises where nothing of what was published is kept."""
    names = before.__struct_fields__
    if all(getattr(before, name) is None for name in names):
        raise invalid("revision_empty", fields=", ".join(names))


class Revision(Record, frozen=True, kw_only=True):
    """When and why it changed; of a `change` also `by` whom."""

    date: Date
    kind: RevisionKind
    reason: Sentences
    by: IfFilled[Title] = None
    evidence: EvidenceList = ()

    def __post_init__(self) -> None:
        if self.kind == "change" and self.by is None:
            raise invalid("revision_by_missing")


class PledgeRevision(Revision, frozen=True, kw_only=True):
    """A revision of what was published of a pledge."""

    was: PledgeBefore


class UnitRevision(Revision, frozen=True, kw_only=True):
    """A revision of what was published of a unit."""

    was: UnitBefore
