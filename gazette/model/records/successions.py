"""What became of a unit or a pledge: another name, an end, parts; and what two units promised together."""

from __future__ import annotations

from typing import Annotated

from gazette.model.forms.dates import Date
from gazette.model.forms.fields import FILLED, IfFilled, ListRule
from gazette.model.forms.record import Record
from gazette.model.forms.texts import Sentences, Title
from gazette.model.forms.values import PledgeId, Reference
from gazette.model.records.evidence import EvidenceList


class OtherUnit(Record, frozen=True, kw_only=True):
    """Another unit by its id, and its name: the pages of a unit know no file but their own."""

    unit: Reference
    name: Title


class OtherPledge(Record, frozen=True, kw_only=True):
    """A pledge of another unit by its id, and its title."""

    pledge: PledgeId
    title: Title


class Renamed(Record, frozen=True, kw_only=True):
    """On the day `date` a unit took another name; `before` is what it was called until then."""

    date: Date
    before: Title
    short: IfFilled[Title] = None
    reason: IfFilled[Sentences] = None
    evidence: EvidenceList = ()


class Ended(Record, frozen=True, kw_only=True):
    """A unit ended on the day `date`: merged into another, or split into several, which go on with its pledges. The
    ids of these, and its pages, stay."""

    date: Date
    into: Annotated[tuple[OtherUnit, ...], ListRule(most=20, needed=True)]
    reason: Sentences
    evidence: EvidenceList = ()


class TookOver(OtherUnit, frozen=True, kw_only=True):
    """From the day `date` on a unit goes on with the pledges of another that ended, or with some of them. Why, and what
    that rests on, stands in the file of the other."""

    date: Date


class Split(Record, frozen=True, kw_only=True):
    """From the day `date` on a pledge goes on as several others of its unit, which cover what it covered."""

    date: Date
    into: Annotated[tuple[PledgeId, ...], ListRule(most=20, needed=True, words=True)]
    reason: Sentences
    evidence: EvidenceList = ()


JointUnits = Annotated[tuple[OtherUnit, ...], ListRule(most=20), FILLED]
"""The units that promise something together with the one whose file has it."""
