"""What a day said of a pledge: that its deadline had passed, or that a check after closure was due. It is what editions
and `diff` tell, it follows from the content and its day alone, and it stays true."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import FIELDS, TEXT, moved, step
from msgspec.structs import replace
from program import ROOT
from test_alerts import DAY, FIRST, lives, unit_of
from test_status import pledge
from whole import open_content

from gazette.model.life.earlier import notices_until, until
from gazette.model.life.passed import passed_dates
from gazette.model.life.status import PASSED
from gazette.model.published.day_differences import of_days
from gazette.model.published.snapshot_lines import lines_of
from gazette.model.published.snapshots import Entry, gathered
from gazette.model.records.content import UnitFile
from gazette.model.records.notices import Notice, NoticeFile, NoticeResult
from gazette.model.records.unit_parts import Withdrawn
from gazette.model.records.units import Pledge, Unit

LAST = datetime.date(2033, 12, 31)
SINCE = datetime.date(2031, 1, 15)


def said(own: Pledge, as_of: datetime.date | None = LAST, notices: tuple[NoticeFile, ...] = ()) -> list[str]:
    """What the days said of a pledge: day, alert and the deadline that had passed."""
    found = passed_dates(own, notices, SINCE, as_of)
    return [" ".join(filter(None, (f"{e.date} {e.what}", e.passed and e.passed.stated))) for e in found]


def revised(kind: str, day: str, before: str) -> dict[str, Any]:
    by = {"by": FIELDS["body"]} if kind == "change" else {}
    return {"kind": kind, "date": day, "reason": TEXT, "was": {"deadline": before}, **by}


REPORT = step("under-way", "2031-03-01")
CLOSED = {"inspected": "2031-03-10", "notice": {"begin": "2031-03-12", "end": "2031-03-20"}}
IN_TIME, LATE_BY_FAR = step("accepted", "2031-05-31", **CLOSED), step("accepted", "2031-10-01", **CLOSED)
CHECKED = step("accepted", "2031-05-31", **CLOSED, recheck="2032-05-31")


# ── on a day ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (pledge("2031-06"), ["2031-07-01 past 2031-06"]),
        (pledge("2031-06", REPORT), ["2031-07-01 overdue 2031-06"]),
        (pledge("2031-06", REPORT, IN_TIME), []),
        # what came later leaves it true
        (pledge("2031-06", REPORT, LATE_BY_FAR), ["2031-07-01 overdue 2031-06"]),
        (pledge("2031-06", step("under-way", "2031-07-05")), ["2031-07-01 past 2031-06"]),
        (pledge("2031-06", withdrawn={"date": "2031-07-05", "reason": TEXT}), ["2031-07-01 past 2031-06"]),
        (pledge("2031-06", withdrawn={"date": "2031-06-30", "reason": TEXT}), []),
        # a report of the day after counts on it
        (pledge("2031-06", step("under-way", "2031-07-01")), ["2031-07-01 overdue 2031-06"]),
        # moved before it passed, after it did, and again
        (pledge("2031-06", moved=[moved("2031-06-30", "2031-09")]), ["2031-10-01 past-moved 2031-09"]),
        (
            pledge("2031-06", REPORT, moved=[moved("2031-07-10", "2031-09")]),
            ["2031-07-01 overdue 2031-06", "2031-10-01 overdue-moved 2031-09"],
        ),
        (
            pledge("2031-06", REPORT, moved=[moved("2031-05-10", "2031-09"), moved("2031-09-10", "2031-12")]),
            ["2032-01-01 overdue-moved 2031-12"],
        ),
        # granted when it was over already: late from that day on by that date
        (
            pledge("2031-06", REPORT, moved=[moved("2031-10-10", "2031-09")]),
            ["2031-07-01 overdue 2031-06", "2031-10-10 overdue-moved 2031-09"],
        ),
        # the unit changed what it stated: it was late until then; the editors' mistake never made it late
        (pledge("2031-12", REPORT, revisions=[revised("change", "2031-07-10", "2031-06")]), [
            "2031-07-01 overdue 2031-06", "2032-01-01 overdue 2031-12"]),
        (pledge("2031-12", REPORT, revisions=[revised("correction", "2031-07-10", "2031-06")]), [
            "2032-01-01 overdue 2031-12"]),
        (
            pledge(
                "2032-03",
                revisions=[revised("change", "2031-07-10", "2031-06"), revised("change", "2031-08-10", "2031-12")],
            ),
            ["2031-07-01 past 2031-06", "2032-04-01 past 2032-03"],
        ),
        # a check after closure, done on the day, later, and set again
        (pledge("2031-06", CHECKED), ["2032-05-31 recheck"]),
        (pledge("2031-06", CHECKED, step("rechecked", "2032-05-31")), []),
        (pledge("2031-06", CHECKED, step("rechecked", "2032-06-10")), ["2032-05-31 recheck"]),
        (
            pledge("2031-06", CHECKED, step("rechecked", "2032-05-20", recheck="2033-05-20")),
            ["2033-05-20 recheck"],
        ),
        (pledge("2031-06", CHECKED, step("reopened", "2032-05-20", deadline="2032-09")), [
            "2032-10-01 overdue-moved 2032-09"]),
        # reopened after its date, without another: late from that day on
        (pledge("2031-06", IN_TIME, step("reopened", "2031-09-01")), ["2031-09-01 overdue 2031-06"]),
        # dates before the statements count from their day
        (pledge("2030-12"), ["2031-01-15 past 2030-12"]),
        (pledge("unstated", REPORT), []),
        (pledge("quarterly"), []),
        (pledge("2031-06", moved=[moved("2031-06-30", "standing")]), []),
    ],
)  # fmt: skip
def test_what_was_true_on_a_day_is_told_of_that_day(made: Pledge, told: list[str]) -> None:
    assert said(made) == told
    assert said(made, None) == [], "no clock says what day it is"
    for line in told:
        day = datetime.date.fromisoformat(line[:10])
        assert line not in said(until(made, day - DAY), day - DAY) and line in said(until(made, day), day)


def notice(day: str, **more: Any) -> NoticeFile:
    fields = {"kind": "acceptance", "title": TEXT, "date": datetime.date.fromisoformat(day), "body": TEXT}
    return NoticeFile("n", "n.yaml", Notice(**{**fields, "intro": TEXT, "pledges": ("yun-1",), **more}))


def test_a_notice_is_known_from_its_day_on_and_its_end_too() -> None:
    gone = Withdrawn(date=datetime.date(2031, 5, 9), reason=TEXT)
    result = NoticeResult(date=datetime.date(2031, 5, 12), outcome="unopposed")
    own = (notice("2031-05-01", withdrawn=gone, result=result),)
    day = datetime.date.fromisoformat
    assert notices_until(own, day("2031-04-30")) == ()
    assert notices_until(own, day("2031-05-08")) == (notice("2031-05-01"),)
    assert notices_until(own, day("2031-05-11")) == (notice("2031-05-01", withdrawn=gone),)
    assert notices_until(own, day("2031-05-12")) == own


# ── as editions tell it ──────────────────────────────────────────────────────


def on_day(unit: Unit, day: datetime.date) -> Entry:
    """The pledge of a unit as a snapshot of that day knows it."""
    own = replace(unit, pledges=tuple(until(each.without_drafts(), day) for each in unit.pledges))
    return gathered(lines_of(UnitFile("a", "a.yaml", own), day, FIRST))["a-1"]


def differences(unit: Unit, before: datetime.date, now: datetime.date) -> list[tuple[str, str]]:
    """What editions of two days tell of dates that passed: the kind and the date of what still holds; of what is over
    the alert and the day."""
    found = [*of_days(on_day(unit, before), on_day(unit, now))]
    holds = [(each.kind, each.before[""]) for each in found if each.kind in ("overdue", "past", "recheck")]
    return holds + [(each.what, each.day) for each in found if each.what in PASSED]


def test_what_is_late_once_more_is_told_once_more() -> None:
    again = [step("under-way", "2031-01-15"), step("accepted", "2031-03-18"), step("reopened", "2031-03-19")]
    unit = unit_of({**LIFE, "deadline": "2031-03-16", "updates": again})
    day = datetime.date.fromisoformat
    assert differences(unit, day("2031-03-17"), day("2031-03-19")) == [("overdue", "2031-03-19")]
    assert differences(unit, day("2031-03-15"), day("2031-03-19")) == [
        ("overdue", "2031-03-16"),
        ("overdue", "2031-03-17"),
    ]
    assert differences(unit, day("2031-03-19"), day("2031-03-25")) == []


LIFE = {"id": "a-1", "covers": [1], "title": TEXT, "text": TEXT, "themes": ["water"], "checkable": "yes",
        "done_when": TEXT, "source": {"section": "甲"}}  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(lives(), st.data())
def test_day_by_day_it_is_what_editions_tell(life: dict[str, Any], data: st.DataObject) -> None:
    """Two editions of days that follow each other tell what the second day said; of days far apart, each thing that a
    day between them said, once."""
    unit = unit_of(life)
    own = unit.pledges[0].without_drafts()
    events = [*passed_dates(own, (), FIRST, FIRST + 900 * DAY)]
    told = {day: [] for day in [FIRST + n * DAY for n in data.draw(st.lists(st.integers(1, 900), max_size=5))]}
    told |= {event.date: [] for event in events if event.date > FIRST}
    for event in events:
        what = event.what.removesuffix("-moved"), event.passed.stated if event.passed else event.date.isoformat()
        if event.date in told:
            told[event.date].append(what)
    for day, expected in told.items():
        assert differences(unit, day - DAY, day) == expected, day
    first, last = sorted(data.draw(st.tuples(st.integers(0, 900), st.integers(0, 900))))
    between = [each for each in events if first < (each.date - FIRST).days <= last]
    dates = {(each.passed.stated if each.passed else str(each.date), str(each.date)) for each in between}
    told = [when for _, when in differences(unit, FIRST + first * DAY, FIRST + last * DAY)]
    assert len(told) == len(between) and all({*told} & {*each} for each in dates)


def test_the_page_tells_all_that_the_editions_of_the_example_told() -> None:
    opened = open_content(ROOT / "examples" / "linjiang" / "content")
    assert opened.content is not None
    site, editions = opened.content.site, ROOT / "examples" / "linjiang" / "content" / "editions"
    days = {
        f"{own.id} {event.date}": event
        for file in opened.unit_files
        for own in file.unit.pledges
        for event in passed_dates(own.without_drafts(), file.notices, site.statements_date, site.as_of)
    }
    told = [each for path in editions.glob("*/changes.json") for each in json.loads(path.read_text("utf-8"))]
    late = [each for each in told if each["kind"] in ("overdue", "past")]
    assert late and {event.what for event in days.values()} == {*PASSED}
    found = {(key.split()[0], event.passed.stated) for key, event in days.items() if event.passed}
    assert {(each["id"], each["before"][""]) for each in late} <= found
