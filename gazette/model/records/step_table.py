"""Describes the fields of an update and the table of steps for editors' programs, in the JSON Schema.

The editors' guide has the same table; a test compares them.
"""

from __future__ import annotations

from gazette.model.records.lifecycle import BY_OTHERS, NONE, STEPS, Step

MEANS = {
    "under-way": "work is under way",
    "milestone": "part of it is done",
    "applied": "acceptance applied for",
    "inspected": "inspected on site",
    "notice": "on public notice",
    "objection": "an objection to the notice was received",
    "answered": "the objection is answered",
    "accepted": "accepted and closed",
    "rechecked": "checked again after acceptance",
    "reopened": "work taken up again",
}
"""The meaning of each step."""

_AGAINST = {"inspected": "result: sent-back", "answered": "upheld: yes", "rechecked": "held: no"}
"""How a step that ends against the unit is written."""


def _row(state: str, step: Step) -> str:
    needs = f" Requires {', '.join(step.needs)}." if step.needs else ""
    may = f" May give {', '.join(step.may)}." if step.may else ""
    against = f" With {_AGAINST[state]} it leads to {step.or_else} and requires reason." if step.or_else else ""
    body = " The body is never the unit itself, nor its government or committee." if state in BY_OTHERS else ""
    after = ", ".join("no report yet" if each == NONE else each for each in step.after)
    return f"{state}: {MEANS[state]}.{needs}{body}{may}{against} May come after {after}."


def _table() -> str:
    head = "What is reported. No status is written: it follows from the last update."
    return "\n".join((head, *(_row(state, step) for state, step in STEPS.items())))


UPDATE_FIELDS = {
    "date": "The day on which it was reported or done.",
    "state": _table(),
    "text": "What happened, in every language.",
    "by": "Who says it, where that is not the unit; of an objection, who raised it (no private person’s name).",
    "evidence": "Documents and pictures that show it.",
    "reached": "How much is done.",
    "result": "How an inspection ended.",
    "inspected": "The day of the inspection.",
    "body": "The body that inspected, answered, accepted or checked; never the unit itself.",
    "basis": "What the acceptance rests on.",
    "notice": "The first and last day of the public notice, and where objections go.",
    "upheld": "Whether the objection was upheld.",
    "held": "Whether the check after acceptance was passed.",
    "reason": "Why it ended against the unit, was taken up again, or a figure is lower than one reported before.",
    "recheck": "The day on which a closed pledge is to be looked at again.",
    "deadline": "The new deadline of a pledge that was reopened.",
    "period": "The period that a report on a recurring pledge speaks of.",
    "reply": "What the unit says to a step against it.",
    "draft": "Not finished: left out of the site.",
}
"""The description of each field of an update; that of `state` is the table."""
