"""Defines the life of a pledge as one table: the steps, what each may follow, and what each must state.

The checks read this table; tests compare the editors' guides with it. A pledge's state follows from its last update; no
editor types a state.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

NONE = "none"
"""The state of a pledge on which nothing was reported."""

OPEN = (NONE, "under-way", "applied", "inspected", "sent-back", "notice", "reopened")
"""The states in which work goes on or its result is being examined, without an objection."""

CLOSED = ("accepted", "not-held")
"""The states after an acceptance that was not revoked."""


class Step(NamedTuple):
    """A step that an update may report.

    `after` are the states in which it may come, `needs` the fields required besides date and text, `may` those of
    `OWN_FIELDS` that are optional. It leads to the state `leads_to`, or to `or_else` if it ends against the unit
    (`result: sent-back`, `upheld: yes`, `held: no`), which requires a `reason`.
    """

    after: tuple[str, ...]
    leads_to: str
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    or_else: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that the step must or may fill in."""
        return (*self.needs, *self.may)


ACCEPTANCE = ("inspected", "body", "basis", "notice")
"""The fields on which an acceptance rests (rectification practice: 现场核查 → 审核签字 → 公示 → 备案销号)."""

_AFTER_INSPECTION = (NONE, "under-way", "applied", "inspected", "notice", "reopened")
"""The states in which a notice or an acceptance may be reported. Earlier steps need not have been reported, since an
acceptance states what it rests on. A pledge sent back must be inspected again, an objection answered."""

STEPS: dict[str, Step] = {
    "under-way": Step(OPEN, "under-way", (), ("period",)),
    "milestone": Step(OPEN, "under-way", ("reached",), ("period",)),
    "applied": Step(OPEN, "applied"),
    "inspected": Step(OPEN, "inspected", ("body",), ("result", "period"), "sent-back"),
    "notice": Step(_AFTER_INSPECTION, "notice", ("inspected", "body", "notice")),
    "objection": Step(("notice",), "objection", ("by",)),
    "answered": Step(("objection",), "notice", ("body", "upheld"), (), "sent-back"),
    "accepted": Step(_AFTER_INSPECTION, "accepted", ACCEPTANCE, ("recheck",)),
    "rechecked": Step(CLOSED, "accepted", ("body", "held"), ("recheck",), "not-held"),
    "reopened": Step(CLOSED, "reopened", ("reason",), ("deadline",)),
}
"""All steps, in their usual order (rectification practice: 申请销号 → 现场核查 → 公示 → 备案销号). Objections and
checks after closure follow the notices of several cities."""

OWN_REPORTS = ("under-way", "milestone", "applied")
"""The steps that a unit reports itself. In all others another body acts or objects."""

BY_OTHERS = ("inspected", "answered", "accepted", "rechecked")
"""The steps that judge a unit's work. Their `body` may not be the unit itself or its government."""

CLOSING = ("applied", "notice", "accepted")
"""The steps that lead to the closing of a pledge. Recurring pledges are never done for good, and never closed."""

OWN_FIELDS = ("reached", "result", "upheld", "held", "recheck", "deadline", "period")
"""The fields that only some steps may have; in any other step they are a mistake."""


class Reported(Protocol):
    """The attributes of an update that the table uses."""

    @property
    def state(self) -> str: ...

    @property
    def outcome(self) -> str:
        """The result of a step with several results, a key of `OUTCOMES`; otherwise ""."""
        ...

    @property
    def is_against(self) -> bool:
        """True if the step ended against the unit: sent back, objection upheld, or result not held."""
        ...


def state_after(update: Reported) -> str:
    """The state to which the step leads."""
    step = STEPS[update.state]
    return step.or_else if step.or_else and update.is_against else step.leads_to


OUTCOMES: dict[str, dict[str, str]] = {
    "inspected": {"passed": "passed", "sent-back": "sent-back"},
    "answered": {"no": "answered", "yes": "upheld"},
    "rechecked": {"yes": "held", "no": "not-held"},
}
"""`{step: {outcome: event}}` for steps that can end in several ways."""

NOTICE_WITHDRAWN = "notice-withdrawn"
"""A notice that names the pledge was withdrawn. The pledge is as far as it was before that notice."""

EVENTS = (
    *(code for code in STEPS if code not in OUTCOMES),
    *dict.fromkeys(event for events in OUTCOMES.values() for event in events.values()),
    *("inspected", "moved", "target-changed", "assigned", "released", "split", "withdrawn"),
    *("reply", "acceptance", "circular", "supervision", "accountability", NOTICE_WITHDRAWN),
)
"""The events of a pledge's history: steps by outcome, changes of deadline and figure, changes of those in charge,
split, withdrawal, replies, notices and their withdrawal. An acceptance notice is an event only if its own step does not
report its publication too."""


OF_UNITS = ("renamed", "merged", "divided", "took-over", "head", "head-left")
"""The events of a unit's history, besides revisions: another name, its end, a takeover, heads who came or left."""


def event_of(update: Reported) -> str:
    """The event that a step is in a history."""
    return OUTCOMES.get(update.state, {}).get(update.outcome, update.state)


def may_follow(state: str) -> tuple[str, ...]:
    """The steps that may be reported in `state`."""
    return tuple(code for code, step in STEPS.items() if state in step.after)
