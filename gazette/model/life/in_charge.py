"""What is stated of a pledge by the rule “one problem, one plan, one leader, one task force”
(一个问题、一套方案、一名领导、一个专班)."""

from __future__ import annotations

from gazette.model.records.tenures import Role
from gazette.model.records.units import Pledge

OF_EACH: tuple[Role, ...] = ("plan", "lead", "task-force")
"""What each pledge is to have one of, in the order of that rule."""


def stated_of(pledge: Pledge) -> frozenset[Role]:
    """What the records of a pledge state that it has now. A term that was ended has come to its end: no written day is
    after the day that states are measured against."""
    return frozenset(each.role for each in pledge.assigned if each.until is None and each.role in OF_EACH)
