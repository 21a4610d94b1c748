"""Owns what state a pledge is in: derived from its updates and the date it is measured against, never typed."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec

from gazette.model import Pledge, State, choices

Alert = Literal["", "overdue", "past"]

STATES: tuple[str, ...] = ("none", *choices(State), "withdrawn")
"""Every state, in the order of an item's life."""


class Status(msgspec.Struct, frozen=True):
    """`since` is the date of the update that made the state. `alert` is `overdue` where the stated date has passed
    on reported work, `past` where it has passed and nothing was ever reported."""

    code: str
    since: datetime.date | None = None
    alert: Alert = ""


def status(pledge: Pledge, as_of: datetime.date | None) -> Status:
    """The state of a pledge on `as_of`. Without `as_of`, or without a stated date, nothing is ever overdue."""
    if pledge.withdrawn is not None:
        return Status("withdrawn", pledge.withdrawn.date)
    last = pledge.updates[-1] if pledge.updates else None
    late = as_of is not None and pledge.deadline.last is not None and pledge.deadline.last < as_of
    if last is None:
        return Status("none", None, "past" if late else "")
    return Status(last.state, last.date, "overdue" if late and last.state != "accepted" else "")
