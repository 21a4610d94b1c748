"""Who held what, and when: the heads of a unit, and those to whom a pledge is assigned.

One problem, one plan, one leader, one task force (一个问题、一套方案、一名领导、一个专班): each may be another later.
"""

from __future__ import annotations

from typing import Literal

from gazette.model.forms.dates import Date
from gazette.model.forms.fields import IfFilled, invalid
from gazette.model.forms.record import Record
from gazette.model.forms.texts import Title
from gazette.model.records.evidence import EvidenceList

Role = Literal["lead", "plan", "task-force", "responsible", "accepting"]
"""What is assigned to a pledge: who leads it, under which plan it is done, by which task force; which body answers for
it, and which accepts the result."""


class Tenure(Record, frozen=True, kw_only=True):
    """`name` from the day `since` up to the day `until`, both included. Without `until` it goes on; without `since`
    nobody said from when. Days that are written have come: a term that is only planned has no `until` yet."""

    name: Title
    since: IfFilled[Date] = None
    until: IfFilled[Date] = None
    evidence: EvidenceList = ()

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise invalid("tenure_backwards", since=self.since, until=self.until)


class Head(Tenure, frozen=True, kw_only=True):
    """Who heads a unit. Who signed its statement stays who signed it."""

    title: Title


class Assignment(Tenure, frozen=True, kw_only=True):
    """A person, plan, task force or body that a pledge is assigned to, in one `role`."""

    role: Role
