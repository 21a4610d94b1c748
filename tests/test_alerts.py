"""What a day says of a pledge beside its state, over whole lives, and how long a unit's pages stay as they are."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import FIELDS, TEXT, moved, read, step

from gazette.model.life.deadline_changes import deadline_of
from gazette.model.life.status import ALERTS, LATE, WATCHED, Status, status
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import CLOSED, STEPS, state_after
from gazette.model.records.units import Pledge, Unit, Update
from gazette.planning.counting import entries
from gazette.planning.valid_days import valid_days

DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2031, 1, 15)


# ── lives ────────────────────────────────────────────────────────────────────


def day(n: int) -> str:
    return (FIRST + n * DAY).isoformat()


@st.composite
def lives(draw: st.DrawFn) -> dict[str, Any]:
    """A pledge with any life that the steps allow: days, deadlines, checks, periods, drafts."""
    deadlines = st.sampled_from(
        ["unstated", "standing", "quarterly", "monthly", "2031", "2031-06", "2031/2032", day(60), day(90)]
    )
    updates: list[dict[str, Any]] = []
    state, now = "none", 0
    for _ in range(draw(st.integers(0, 5))):
        now += draw(st.integers(0, 90))
        code = draw(st.sampled_from([code for code, each in STEPS.items() if state in each.after]))
        more: dict[str, Any] = {}
        if "recheck" in STEPS[code].may and draw(st.booleans()):
            more["recheck"] = day(now + draw(st.integers(1, 200)))
        if code == "reopened" and draw(st.booleans()):
            more["deadline"] = draw(deadlines)
        if code == "notice":
            more["notice"] = {"begin": day(now), "end": day(now + draw(st.integers(0, 20)))}
        updates.append(step(code, day(now), **more))
        state = state_after(read(Update, updates[-1]))
    if updates and draw(st.booleans()):
        updates[-1]["draft"] = "true"
    own = {"id": "a-1", "covers": [1], "title": TEXT, "text": TEXT, "themes": ["water"], "checkable": "yes",
           "done_when": TEXT, "deadline": draw(deadlines), "source": {"section": "甲"}}  # fmt: skip
    own |= {"updates": updates} if updates else {}
    grants = sorted(draw(st.lists(st.integers(0, 300), max_size=2)))
    return own | ({"moved": [moved(day(n), draw(deadlines)) for n in grants]} if grants else {})


def unit_of(pledge: dict[str, Any]) -> Unit:
    stated = {"name": TEXT, "short": TEXT, "kind": "zone", "order": 1, "commitments": 1, "summary": TEXT,
              "signed_by": {"name": TEXT, "title": FIELDS["body"]}, "pledges": [pledge]}  # fmt: skip
    found: Unit = read(Unit, stated)
    return found


def told(unit: Unit, as_of: datetime.date) -> list[object]:
    """All that pages can say on a day: with drafts, as a preview does, and without."""
    public = UnitFile("a", "a.yaml", unit_without_drafts(unit))
    return [
        (each.status, each.periods, each.history)
        for file in (UnitFile("a", "a.yaml", unit), public)
        for each in entries(file, as_of, FIRST)
    ]


def unit_without_drafts(unit: Unit) -> Unit:
    from msgspec.structs import replace

    return replace(unit, pledges=tuple(pledge.without_drafts() for pledge in unit.pledges))


@pytest.mark.long
@settings(max_examples=60, deadline=None)
@given(lives())
def test_while_a_unit_is_said_to_hold_no_day_says_anything_else(life: dict[str, Any]) -> None:
    """Walked day by day: where the interval goes on, so does all that is said."""
    unit = unit_of(life)
    as_of = FIRST
    while as_of < FIRST + 900 * DAY:
        days = valid_days(unit, as_of)
        assert days.hold(as_of)
        after = as_of + DAY
        if days.hold(after):
            assert told(unit, as_of) == told(unit, after), as_of
        as_of = after


@settings(max_examples=200, deadline=None)
@given(lives(), st.integers(0, 900))
def test_an_alert_says_no_more_than_the_record(life: dict[str, Any], later: int) -> None:
    own: Pledge = unit_of(life).pledges[0]
    as_of = FIRST + later * DAY
    found, deadline = status(own, as_of), deadline_of(own)
    assert status(own, None).alerts == () and (not found.alerts or found.as_of == as_of)
    assert found.is_late == bool({*LATE} & {*found.alerts}) and (len(found.alerts) == 1 or not found.is_late)
    if found.code in CLOSED:
        assert found.alerts in ((), ("recheck",))
    if "recheck" in found.alerts:
        last = own.updates[-1]
        assert last.recheck is not None and last.recheck <= as_of and last.state in ("accepted", "rechecked")
    elif deadline.last is None or found.code in CLOSED:
        assert found.alerts == ()
    else:
        _judge(own, found, as_of, (deadline.last - as_of).days)


def _judge(own: Pledge, found: Status, as_of: datetime.date, left: int) -> None:
    """The alerts of an open pledge whose deadline has so many days `left`."""
    assert found.is_late == (left < 0) and ("due" in found.alerts) == (0 <= left <= 30)
    for alert in {*found.alerts} & {*LATE}:
        assert alert.startswith("past") == (not own.updates) and alert.endswith("-moved") == found.is_moved
    if all(update.state != "reopened" for update in own.updates):
        is_past = own.deadline.last is not None and own.deadline.last < as_of
        assert ("extended" in found.alerts) == (left >= 0 and is_past)


def test_late_and_watched_are_all_there_is() -> None:
    assert {*LATE, *WATCHED} == {*ALERTS} and not {*LATE} & {*WATCHED}
