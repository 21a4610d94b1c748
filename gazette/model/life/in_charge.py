"""Says what a pledge states under the rule “one problem, one plan, one leader, one task force”
(一个问题、一套方案、一名领导、一个专班)."""

from __future__ import annotations

from gazette.model.records.tenures import Role
from gazette.model.records.units import Pledge

OF_EACH: tuple[Role, ...] = ("plan", "lead", "task-force")
"""The roles of which each pledge needs one, in the order of the rule."""


def stated_of(pledge: Pledge) -> frozenset[Role]:
    """The roles that the pledge states as filled now. A term with an `until` day is over, since no recorded day lies
    after the reference date."""
    return frozenset(each.role for each in pledge.assigned if each.until is None and each.role in OF_EACH)
