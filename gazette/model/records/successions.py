"""Defines what became of a unit or pledge: another name, an end, parts; and what units promised jointly."""

from __future__ import annotations

from typing import Annotated

from gazette.model.forms.dates import Date
from gazette.model.forms.fields import FILLED, IfFilled, ListRule
from gazette.model.forms.record import Record
from gazette.model.forms.texts import Sentences, Title
from gazette.model.forms.values import PledgeId, Reference
from gazette.model.records.evidence import EvidenceList


class OtherUnit(Record, frozen=True, kw_only=True):
    """Another unit by id, with its name, because a unit's pages read no file but their own."""

    unit: Reference
    name: Title


class OtherPledge(Record, frozen=True, kw_only=True):
    """A pledge of another unit by id, with its title."""

    pledge: PledgeId
    title: Title


class Renamed(Record, frozen=True, kw_only=True):
    """The unit took another name on `date`; `before` is the name until then."""

    date: Date
    before: Title
    short: IfFilled[Title] = None
    reason: IfFilled[Sentences] = None
    evidence: EvidenceList = ()


class Ended(Record, frozen=True, kw_only=True):
    """The unit ended on `date`: it was merged into another, or divided into several, which continue its pledges. Pledge
    ids and pages stay."""

    date: Date
    into: Annotated[tuple[OtherUnit, ...], ListRule(most=20, needed=True)]
    reason: Sentences
    evidence: EvidenceList = ()


class TookOver(OtherUnit, frozen=True, kw_only=True):
    """From `date` on, the unit continues some or all pledges of another that ended. The reason and evidence are in the
    other unit's file."""

    date: Date


class Split(Record, frozen=True, kw_only=True):
    """From `date` on, several other pledges of the unit continue this one, and cover what it covered."""

    date: Date
    into: Annotated[tuple[PledgeId, ...], ListRule(most=20, needed=True, words=True)]
    reason: Sentences
    evidence: EvidenceList = ()


JointUnits = Annotated[tuple[OtherUnit, ...], ListRule(most=20), FILLED]
"""The units that made a promise together with the one whose file holds it."""
