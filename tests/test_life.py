"""The life of a pledge: which step may follow which, what each says, and what is derived from them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from lives import AGAINST, FIELDS, TEXT, WAYS, content, moved, read, step
from msgspec.structs import replace
from reached import at_least_one

import build
from gazette.model.life.deadline_changes import deadline_history, deadline_of
from gazette.model.life.status import STATES, Status, status
from gazette.model.records.lifecycle import (
    CLOSED,
    EVENTS,
    NONE,
    OPEN,
    OUTCOMES,
    OWN_FIELDS,
    STEPS,
    event_of,
    state_after,
)
from gazette.model.records.revisions import PledgeRevision
from gazette.model.records.units import Pledge, Update

# ── the table ────────────────────────────────────────────────────────────────


def test_the_table_names_states_and_fields_that_exist() -> None:
    for code, each in at_least_one(STEPS.items()):
        assert {each.leads_to, each.or_else or each.leads_to} <= {*STATES}, code
        assert {*each.after} <= {*STATES} and {*each.fields} <= {*Update.__struct_fields__}, code
    assert {*OPEN, *CLOSED, "objection"} == {*STATES} - {"notice-over", "notice-result", "withdrawn", "split"}
    assert {*OWN_FIELDS} <= {*Update.__struct_fields__}
    reached = {state for each in STEPS.values() for state in (each.leads_to, each.or_else) if state}
    assert reached | {NONE, "notice-over", "notice-result", "withdrawn", "split"} == {*STATES}, (
        "every state can be reached"
    )


def test_every_step_says_what_happened() -> None:
    told = {event_of(read(Update, each)) for each in WAYS}
    told.add(event_of(read(Update, step("inspected", result="passed"))))
    others = {"moved", "target-changed", "assigned", "released", "split", "withdrawn"}
    assert told | others | {"reply", "acceptance", "circular", "supervision", "accountability", "notice-withdrawn"} == {
        *EVENTS
    }
    assert {event for events in OUTCOMES.values() for event in events.values()} <= told


# ── what may follow ──────────────────────────────────────────────────────────


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    status = build.main(["check", "--content", str(folder), "--messages", "en"])
    return status, capsys.readouterr().err


WAY_TO: Mapping[str, list[dict[str, object]]] = {
    NONE: [],
    "under-way": [step("under-way")],
    "applied": [step("applied")],
    "inspected": [step("inspected")],
    "sent-back": [step("inspected", result="sent-back", reason=TEXT)],
    "notice": [step("notice")],
    "objection": [step("notice"), step("objection")],
    "accepted": [step("accepted")],
    "not-held": [step("accepted"), step("rechecked", held="no", reason=TEXT)],
    "reopened": [step("accepted"), step("reopened")],
}
"""A way to each state that a step may come in."""


LATER = {"inspected": "2031-02-10", "notice": {"begin": "2031-02-11", "end": "2031-02-20"}}
"""What a step of the turn after that rests on."""


@pytest.mark.long
@pytest.mark.parametrize("state", WAY_TO)
def test_a_step_may_follow_where_the_table_says_and_nowhere_else(
    state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = WAY_TO[state]
    assert ([NONE] + [state_after(read(Update, each)) for each in before])[-1] == state
    rests_on = LATER | ({"inspected": before[-1]["date"]} if state == "inspected" else {})
    for number, way in at_least_one(enumerate(WAYS)):
        after = {**way, "date": "2031-03-01", **{name: rests_on[name] for name in rests_on if name in way}}
        code, told = checked(content(tmp_path / str(number), [*before, after]), capsys)
        if state in STEPS[str(way["state"])].after:
            assert code == 0, (state, way["state"], told)
        else:
            (line,) = [line for line in told.splitlines() if "yinghuo.yaml:" in line]
            assert code == 1 and re.search("only these|can be reopened", line), told


@pytest.mark.parametrize(("state", "name"), [(state, name) for state in STEPS for name in STEPS[state].needs])
def test_what_a_step_needs_is_told_when_it_is_missing(state: str, name: str) -> None:
    with pytest.raises(Exception) as error:
        read(Update, {key: value for key, value in step(state).items() if key != name})
    assert name in str(error.value)


@pytest.mark.parametrize("state", AGAINST)
def test_who_sends_back_says_why(state: str) -> None:
    with pytest.raises(Exception, match="reason"):
        read(Update, step(state, **AGAINST[state]))


def test_what_belongs_to_another_step_is_a_slip() -> None:
    own = {"result": "passed", "recheck": "2032-01-01", "deadline": "2032", "period": "2031-Q1"}
    own |= {n: FIELDS[n] for n in FIELDS}
    strange = [(state, name) for state in STEPS for name in OWN_FIELDS if name not in STEPS[state].fields]
    for state, name in at_least_one(strange):
        with pytest.raises(Exception, match="update_strange"):
            read(Update, step(state, **{name: own[name]}))


# ── what is derived ──────────────────────────────────────────────────────────

DAY = datetime.date.fromisoformat


def test_a_revised_deadline_leads_to_what_the_next_revision_found() -> None:
    was = [("2031-03-01", "correction", "2031-01"), ("2031-05-01", "change", "2031-02")]
    own = pledge("2031-04", moved=[moved("2031-04-01", "2031-06")])
    revised = tuple(
        read(PledgeRevision, {"date": day, "kind": kind, "reason": TEXT, "by": TEXT, "was": {"deadline": before}})
        for day, kind, before in reversed(was)
    )
    told = [
        (step.event, step.before.stated, step.to.stated) for step in deadline_history(replace(own, revisions=revised))
    ]
    assert told == [
        ("correction", "2031-01", "2031-02"),
        ("moved", "2031-04", "2031-06"),
        ("change", "2031-02", "2031-04"),
    ]
    assert deadline_history(pledge("2031-04", step("reopened", deadline="2032")))[0].event == "reopened"


def pledge(deadline: str, *updates: dict[str, object], moved: list[dict[str, object]] | None = None) -> Pledge:
    base = {
        "id": "a-1",
        "covers": [1],
        "title": TEXT,
        "text": TEXT,
        "themes": ["water"],
        "checkable": "yes",
        "done_when": TEXT,
        "deadline": deadline,
        "source": {"section": "甲"},
        "updates": [*updates],
    }
    if moved:
        base["moved"] = moved
    found: Pledge = read(Pledge, {key: value for key, value in base.items() if value != []})
    return found


@pytest.mark.parametrize(
    ("own", "as_of", "expected"),
    [
        (
            pledge("2031-01", step("under-way"), moved=[moved("2031-02-02", "2031-06")]),
            "2031-05-01",
            Status("under-way", DAY("2031-02-01"), ("extended",), DAY("2031-05-01"), is_moved=True),
        ),
        (
            pledge("2031-01", step("under-way"), moved=[moved("2031-02-02", "2031-06")]),
            "2031-07-01",
            Status("under-way", DAY("2031-02-01"), ("overdue-moved",), DAY("2031-07-01"), is_moved=True),
        ),
        (pledge("2031-01", moved=[moved("2031-02-02", "unstated")]), "2039-01-01", Status(NONE, is_moved=True)),
        (
            pledge("2031-01-01", step("accepted", "2031-03-23")),
            "2039-01-01",
            Status("accepted", DAY("2031-03-23"), days_late=81),
        ),
        (
            pledge(
                "2031",
                step("accepted"),
                step("reopened", "2032-06-01", deadline="2032-12"),
                step("accepted", "2033-01-10"),
            ),
            "2039-01-01",
            Status("accepted", DAY("2033-01-10"), is_moved=True, days_late=10, is_again=True),
        ),
        (
            pledge("2031", step("accepted"), step("reopened", "2032-06-01"), step("accepted", "2033-01-10")),
            "2039-01-01",
            Status("accepted", DAY("2033-01-10")),
        ),
        (pledge("2031-12", step("accepted")), "2039-01-01", Status("accepted", DAY("2031-02-01"))),
        (
            pledge("2031", step("accepted"), step("rechecked", "2032-06-01", held="no", reason=TEXT)),
            "2039-01-01",
            Status("not-held", DAY("2032-06-01")),
        ),
        (
            pledge("2031", step("accepted"), step("reopened", "2032-06-01", deadline="2033")),
            "2033-12-31",
            Status("reopened", DAY("2032-06-01"), ("due",), DAY("2033-12-31"), is_moved=True),
        ),
        (
            pledge("2031", step("accepted"), step("reopened", "2032-06-01", deadline="2033")),
            "2034-01-01",
            Status("reopened", DAY("2032-06-01"), ("overdue-moved",), DAY("2034-01-01"), is_moved=True),
        ),
        (
            pledge("unstated", step("notice"), step("objection"), step("answered")),
            "2031-02-01",
            Status("notice-over", DAY("2031-02-01"), as_of=DAY("2031-02-01"), ended=DAY("2031-01-25")),
        ),
        (
            pledge("unstated", step("notice"), step("objection")),
            "2039-01-01",
            Status("objection", DAY("2031-02-01")),
        ),
    ],
)
def test_states_and_deadlines_follow_from_the_record(own: Pledge, as_of: str, expected: Status) -> None:
    assert status(own, DAY(as_of)) == expected


def test_the_deadline_that_holds_is_the_last_that_was_granted() -> None:
    own = pledge("2031-01", moved=[moved("2031-02-02", "2031-06"), moved("2031-05-02", "2031-09")])
    assert deadline_of(own).stated == "2031-09" and own.deadline.stated == "2031-01"
    own = pledge("2031-01", moved=[moved("2031-02-02", "2031-06"), moved("2031-02-02", "2031-09")])
    assert deadline_of(own).stated == "2031-09", "of one day the later in the file"
