"""Defines who held which role and when: heads of units, and those to whom pledges are assigned.

One problem, one plan, one leader, one task force (一个问题、一套方案、一名领导、一个专班): each may change over time.
"""

from __future__ import annotations

from typing import Literal

from gazette.model.forms.dates import Date
from gazette.model.forms.fields import IfFilled, invalid
from gazette.model.forms.record import Record
from gazette.model.forms.texts import Title
from gazette.model.records.evidence import EvidenceList

Role = Literal["lead", "plan", "task-force", "responsible", "accepting"]
"""What is assigned to a pledge: its leader, plan or task force, the body responsible, or the body that accepts the
result."""


class Tenure(Record, frozen=True, kw_only=True):
    """`name` holds a role from `since` to `until`, both included. Without `until` the term goes on; without `since` its
    beginning is unknown. Recorded days are past: a term whose end is only planned has no `until` yet."""

    name: Title
    since: IfFilled[Date] = None
    until: IfFilled[Date] = None
    evidence: EvidenceList = ()

    def __post_init__(self) -> None:
        if self.since is not None and self.until is not None and self.until < self.since:
            raise invalid("tenure_backwards", since=self.since, until=self.until)


class Head(Tenure, frozen=True, kw_only=True):
    """A head of a unit. The signatory of the unit's statement does not change with it."""

    title: Title


class Assignment(Tenure, frozen=True, kw_only=True):
    """A person, plan, task force or body to which a pledge is assigned in one `role`."""

    role: Role
