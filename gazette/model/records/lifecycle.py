"""The life of a pledge as one table: which steps an update may report, what each follows, what each must say.

The checks read this table, and tests hold the editors' guides to it. A pledge's state follows from its last update; no
editor types a state.
"""

from __future__ import annotations

from typing import NamedTuple, Protocol

NONE = "none"
"""The state of a pledge of which nothing was reported."""

OPEN = (NONE, "under-way", "applied", "inspected", "sent-back", "notice", "reopened")
"""The states in which work goes on, or its result is looked at, and nobody has objected to it."""

CLOSED = ("accepted", "not-held")
"""The states after an acceptance that was not taken back."""


class Step(NamedTuple):
    """A step that an update may report. `after` are the states in which it may come; `needs` the fields that it must
    fill in beside its date and text; `may` those of `OWN_FIELDS` that it may fill in as well. `leads_to` is the state
    that it makes; where it ends against the unit (`result: sent-back`, `upheld: yes`, `held: no`), that is `or_else`,
    and it needs a `reason`."""

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
"""What an acceptance rests on (rectification practice: 现场核查 → 审核签字 → 公示 → 备案销号)."""

_AFTER_INSPECTION = (NONE, "under-way", "applied", "inspected", "notice", "reopened")
"""The states from which a notice or an acceptance may be reported. Earlier steps need not have been reported: an
acceptance says itself what it rests on. One that was sent back must be inspected again, and an objection answered."""

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
"""Every step, in the order in which they usually come (rectification practice: 申请销号 → 现场核查 → 公示 → 备案销号;
objections and checks after closure as the notices of several cities provide for them)."""

OWN_REPORTS = ("under-way", "milestone", "applied")
"""The steps that a unit reports itself; in all others somebody else acts, or objects."""

BY_OTHERS = ("inspected", "answered", "accepted", "rechecked")
"""The steps that say what a unit's work is worth: their `body` is never the unit itself, nor its government."""

CLOSING = ("applied", "notice", "accepted")
"""The steps that lead to the closing of a pledge. What recurs is never done once and for all, and never closed."""

OWN_FIELDS = ("reached", "result", "upheld", "held", "recheck", "deadline", "period")
"""The fields that mean something in some steps only: elsewhere they are a slip."""


class Reported(Protocol):
    """What the table must know of an update."""

    @property
    def state(self) -> str: ...

    @property
    def outcome(self) -> str:
        """How the step ended where it can end in several ways: a key of `OUTCOMES`; else empty."""
        ...

    @property
    def is_against(self) -> bool:
        """Whether that is against the unit: sent back, upheld, not held."""
        ...


def state_after(update: Reported) -> str:
    """The state that a step leads to."""
    step = STEPS[update.state]
    return step.or_else if step.or_else and update.is_against else step.leads_to


OUTCOMES: dict[str, dict[str, str]] = {
    "inspected": {"passed": "passed", "sent-back": "sent-back"},
    "answered": {"no": "answered", "yes": "upheld"},
    "rechecked": {"yes": "held", "no": "not-held"},
}
"""How the steps that can end in several ways are called then, by their outcome."""

NOTICE_WITHDRAWN = "notice-withdrawn"
"""That a notice which names the pledge was withdrawn: it is as far as it was before that notice."""

EVENTS = (
    *(code for code in STEPS if code not in OUTCOMES),
    *dict.fromkeys(event for events in OUTCOMES.values() for event in events.values()),
    *("inspected", "moved", "target-changed", "assigned", "released", "split", "withdrawn"),
    *("reply", "acceptance", "circular", "supervision", "accountability", NOTICE_WITHDRAWN),
)
"""What a history tells: the steps by their outcomes, deadlines and figures that were changed, who was put in charge and
who no longer is, a division into several pledges, a withdrawal, what the unit replied, the notices (an acceptance
notice where the step that follows from it does not tell of its publication too) and their withdrawal."""


OF_UNITS = ("renamed", "merged", "divided", "took-over", "head", "head-left")
"""What a history tells of a unit, beside what was corrected or changed: another name, an end, what it took over from
another that ended, who came to head it and who no longer does."""


def event_of(update: Reported) -> str:
    """What a step is called in a history."""
    return OUTCOMES.get(update.state, {}).get(update.outcome, update.state)


def may_follow(state: str) -> tuple[str, ...]:
    """The steps that may come in a state."""
    return tuple(code for code, step in STEPS.items() if state in step.after)
