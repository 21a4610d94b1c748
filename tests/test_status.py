"""What state a pledge is in, from its updates and the day it is measured against."""

from __future__ import annotations

import datetime
import json

import pytest

from gazette.model.life.status import status
from gazette.model.records.units import Pledge
from gazette.reading.decode import decode
from gazette.reading.yaml.parser import compose

T = {"zh": "文", "en": "text"}


def pledge(deadline: str, *updates: dict[str, object], **more: object) -> Pledge:
    stated = {
        "id": "yun-1", "covers": [1], "title": T, "text": T, "themes": ["water"], "checkable": "yes",
        "done_when": T, "deadline": deadline, "source": {"section": "云"}, "updates": list(updates), **more,
    }  # fmt: skip
    return decode("x.yaml", compose("x.yaml", json.dumps(stated)), Pledge, ("zh", "en"))


REPORT = {"date": "2017-03-01", "state": "under-way", "text": T}
ACCEPTED = {
    "date": "2017-05-01", "state": "accepted", "text": T, "inspected": "2017-04-01", "body": T, "basis": T,
    "notice": {"begin": "2017-04-10", "end": "2017-04-20"},
}  # fmt: skip


NOTICE = {
    "date": "2017-04-10", "state": "notice", "text": T, "inspected": "2017-04-01", "body": T,
    "notice": {"begin": "2017-04-10", "end": "2017-04-20"},
}  # fmt: skip


HELD = {"date": "2018-05-20", "state": "rechecked", "text": T, "body": T, "held": "yes"}
NOT_HELD = {**HELD, "held": "no", "reason": T}
MOVED = {"date": "2017-05-20", "to": "2017-09", "by": T, "reason": T}


@pytest.mark.parametrize(
    ("made", "as_of", "code", "alert"),
    [
        (pledge("2017"), None, "none", ""),
        (pledge("2017"), "2017-11-30", "none", ""),
        (pledge("2017"), "2017-12-01", "none", "due"),
        (pledge("2017"), "2017-12-31", "none", "due"),
        (pledge("2017"), "2018-01-01", "none", "past"),
        (pledge("2017", REPORT), "2018-01-01", "under-way", "overdue"),
        (pledge("2017", REPORT), "2017-11-30", "under-way", ""),
        (pledge("2017", REPORT), "2017-12-31", "under-way", "due"),
        (pledge("2017", REPORT, ACCEPTED), "2017-12-31", "accepted", ""),
        (pledge("2017", REPORT, ACCEPTED), "2030-01-01", "accepted", ""),
        (pledge("2017", {**ACCEPTED, "recheck": "2018-05-01"}), "2018-04-30", "accepted", ""),
        (pledge("2017", {**ACCEPTED, "recheck": "2018-05-01"}), "2018-05-01", "accepted", "recheck"),
        (pledge("2017", {**ACCEPTED, "recheck": "2018-05-01"}, HELD), "2018-06-01", "accepted", ""),
        (
            pledge("2017", {**ACCEPTED, "recheck": "2018-05-01"}, {**HELD, "recheck": "2019-01-01"}),
            "2019-01-01",
            "accepted",
            "recheck",
        ),
        (pledge("2017", {**ACCEPTED, "recheck": "2018-05-01"}, NOT_HELD), "2018-06-01", "not-held", ""),
        (pledge("2017-06", moved=[MOVED]), "2017-07-01", "none", "extended"),
        (pledge("2017-06", REPORT, moved=[MOVED]), "2017-06-30", "under-way", ""),
        (pledge("2017-06", REPORT, moved=[MOVED]), "2017-07-01", "under-way", "extended"),
        (pledge("2017-06", REPORT, moved=[MOVED]), "2017-08-30", "under-way", "extended"),
        (pledge("2017-06", REPORT, moved=[MOVED]), "2017-08-31", "under-way", "due extended"),
        (pledge("2017-06", REPORT, moved=[MOVED]), "2017-10-01", "under-way", "overdue-moved"),
        (pledge("2017-06", moved=[MOVED]), "2017-10-01", "none", "past-moved"),
        (pledge("2017-06", moved=[{**MOVED, "to": "standing"}]), "2017-10-01", "none", ""),
        (pledge("unstated", NOTICE), None, "notice", ""),
        (pledge("unstated", NOTICE), "2017-04-20", "notice", ""),
        (pledge("unstated", NOTICE), "2017-04-21", "notice-over", ""),
        (pledge("2017-04", NOTICE), "2017-05-01", "notice-over", "overdue"),
        (pledge("unstated", NOTICE, ACCEPTED), "2017-06-01", "accepted", ""),
        (pledge("unstated", NOTICE, withdrawn={"date": "2017-05-02", "reason": T}), "2017-06-01", "withdrawn", ""),
        (pledge("unstated"), "2099-01-01", "none", ""),
        (pledge("limit", REPORT), "2099-01-01", "under-way", ""),
        (pledge("monthly"), "2099-01-01", "none", ""),
        (pledge("2017", withdrawn={"date": "2017-02-01", "reason": T}), "2099-01-01", "withdrawn", ""),
    ],
)
def test_status(made: Pledge, as_of: str | None, code: str, alert: str) -> None:
    found = status(made, datetime.date.fromisoformat(as_of) if as_of else None)
    assert (found.code, found.alerts) == (code, tuple(alert.split()))
    depends = status(made, None) != status(made, datetime.date.fromisoformat(as_of) if as_of else None)
    assert bool(found.as_of) == depends, "what depends on the date says the date, and nothing else does"


@pytest.mark.parametrize(
    ("granted", "in_time"),
    [
        ([("2017-04-20", "2017-09")], True),
        ([("2017-04-20", "2017-04-30")], False),
        ([("2017-05-01", "2017-09")], True),
        ([("2017-05-02", "2017-09")], False),  # nobody had granted it when it was accepted
        ([("2017-04-20", "2017-04-30"), ("2017-05-02", "2017-09")], False),
        ([("2017-04-20", "2017-09"), ("2017-05-02", "2017-04-30")], True),
    ],
)
def test_only_a_deadline_that_was_granted_by_then_was_kept(granted: list[tuple[str, str]], in_time: bool) -> None:
    changes = [{**MOVED, "date": day, "to": to} for day, to in granted]
    found = status(pledge("2017-03", REPORT, ACCEPTED, moved=changes), datetime.date(2018, 1, 1))
    assert (found.code, found.days_late, found.in_moved_time) == ("accepted", 31, in_time)
