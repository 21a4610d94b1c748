"""The steps that follow from notices: what is told of a pledge on the days of a notice, and which notices cannot be."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lives import FIELDS, TEXT, content, step
from msgspec.structs import replace
from reached import at_least_one
from whole import open_content

import build
from gazette.model.life.announced import as_told
from gazette.model.life.status import status
from gazette.model.records.lifecycle import NONE, STEPS
from gazette.model.records.successions import Ended, OtherUnit
from gazette.reading.loader import load_shared
from gazette.reading.validation.notices import check_notices_of
from gazette.reading.validation.units import check_unit

ROOT = Path(__file__).resolve().parent.parent
DAY = datetime.date.fromisoformat
BODY = FIELDS["body"]


def city(folder: Path, updates: list[dict[str, object]], *notices: dict[str, Any], **more: object) -> Path:
    """The small city with one pledge that has these updates, and notices about it."""
    content(folder, updates, **more)
    for number, own in enumerate(notices):
        file = {"kind": "acceptance", "title": TEXT, "body": BODY, "pledges": ["yinghuo-1"], "intro": TEXT, **own}
        (folder / "notices" / f"own-{number}.yaml").write_text(json.dumps(file, ensure_ascii=False), "utf-8")
    return folder


def closing(begin: str, end: str, date: str = "", **more: object) -> dict[str, object]:
    return {"date": date or begin, "period": {"begin": begin, "end": end}, **more}


def told(folder: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What `check` says of the city."""
    build.main(["check", "--content", str(folder), "--messages", "en"])
    return re.findall(r"(?m)^.*?\.yaml:\d+:\d+: (.*)$", capsys.readouterr().err)


def steps(folder: Path, as_of: str) -> list[tuple[str, str]]:
    """The steps of the pledge on a day, and its state."""
    unit_file = next(each for each in open_content(folder).unit_files if each.id == "yinghuo")
    pledge = as_told(unit_file, DAY(as_of)).unit.pledges[0]
    return [*((str(each.date), each.state) for each in pledge.updates), ("", status(pledge, DAY(as_of)).code)]


PASSED = step("inspected", "2031-04-20")


def test_the_step_is_there_from_the_first_day_on(tmp_path: Path) -> None:
    folder = city(tmp_path / "c", [PASSED], closing("2031-05-10", "2031-05-16", "2031-05-08"))
    own = ("2031-04-20", "inspected")
    assert steps(folder, "2031-05-09") == [own, ("", "inspected")]
    assert steps(folder, "2031-05-10") == [own, ("2031-05-10", "notice"), ("", "notice")]
    assert steps(folder, "2031-05-17") == [own, ("2031-05-10", "notice"), ("", "notice-over")]


def test_a_step_that_is_written_is_not_there_twice(tmp_path: Path) -> None:
    written = step("notice", "2031-05-11", inspected="2031-04-20", notice={"begin": "2031-05-10", "end": "2031-05-16"})
    folder = city(tmp_path / "c", [PASSED, written], closing("2031-05-10", "2031-05-16"))
    assert steps(folder, "2031-05-12")[1:] == [("2031-05-11", "notice"), ("", "notice")]


def test_what_comes_on_the_first_day_stands_on_its_side_of_the_step(tmp_path: Path) -> None:
    updates = [step("inspected", "2031-05-10"), step("objection", "2031-05-10")]
    folder = city(tmp_path / "c", updates, closing("2031-05-10", "2031-05-16"))
    assert [state for _, state in steps(folder, "2031-05-12")] == ["inspected", "notice", "objection", "objection"]


def test_each_turn_has_its_notice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pledge that was accepted on one notice and reopened is on public notice again by another."""
    first = [PASSED, step("accepted", "2031-05-20", inspected="2031-04-20", notice=days("2031-05-10", "2031-05-16"))]
    again = [step("reopened", "2031-06-01"), step("inspected", "2031-06-10")]
    notices = closing("2031-05-10", "2031-05-16"), closing("2031-06-12", "2031-06-18")
    folder = city(tmp_path / "c", [*first, *again], *notices)
    assert told(folder, capsys) == []
    found = [day for day, state in steps(folder, "2031-06-13") if state == "notice" and day]
    assert found == ["2031-05-10", "2031-06-12"]
    other = step("notice", "2031-06-12", inspected="2031-06-10", notice=days("2031-06-12", "2031-06-19"))
    (line,) = told(city(tmp_path / "d", [*first, *again, other], *notices), capsys)
    assert "2031-06-12 to 2031-06-18" in line and line.endswith("2031-06-12 – 2031-06-19. Correct one of the two.")


def days(begin: str, end: str) -> dict[str, str]:
    return {"begin": begin, "end": end}


AHEAD = closing("2031-12-01", "2031-12-07", "2031-09-20")
SENT_BACK = step("inspected", "2031-04-20", result="sent-back", reason=TEXT)


@pytest.mark.parametrize(
    ("updates", "notice", "more", "words"),
    [
        ([], AHEAD, {}, "nothing says when “yinghuo-1” was inspected"),
        ([PASSED, SENT_BACK], AHEAD, {}, "nothing says when “yinghuo-1” was inspected"),
        ([SENT_BACK], {**AHEAD, "inspected": "2031-09-01"}, {}, "a notice cannot follow “sent-back”"),
        (
            [PASSED],
            AHEAD,
            {"withdrawn": {"date": "2031-06-01", "reason": TEXT}},
            "was withdrawn or split on 2031-06-01",
        ),
        ([], {**AHEAD, "inspected": "2031-09-01"}, {"deadline": "monthly"}, "recurs (monthly)"),
    ],
)
def test_what_could_not_be_on_notice_is_told_before_the_day(
    updates: list[dict[str, object]],
    notice: dict[str, Any],
    more: dict[str, object],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (line,) = told(city(tmp_path / "c", updates, notice, **more), capsys)
    assert "2031-12-01 to 2031-12-07" in line and words in line


@pytest.mark.parametrize(
    "notice", [{**AHEAD, "draft": True}, {**AHEAD, "withdrawn": {"date": "2031-09-21", "reason": TEXT}}]
)
def test_a_draft_and_a_notice_that_was_withdrawn_put_nothing_on_notice(notice: dict[str, Any], tmp_path: Path) -> None:
    assert steps(city(tmp_path / "c", [], notice), "2031-12-02") == [("", NONE)]


@pytest.mark.parametrize("folder", ["tests/site", "examples/linjiang/content"])
def test_no_day_makes_an_error_of_what_was_right(folder: str) -> None:
    """Each unit is checked on each day that is told of after the day that its site speaks of, and a day before and
    after it; and each month."""
    opened = load_shared(ROOT / folder)
    content = opened.content
    assert content is not None and content.site.as_of is not None
    as_of, units, told = content.site.as_of, [], set[datetime.date]()
    for source, file in opened.load_units(as_of):
        units.append(file)
        told.update(map(DAY, re.findall(r"\d{4}-\d\d-\d\d", source.data.decode())))
    assert opened.diagnostics.problems == []
    near = {day + datetime.timedelta(days=n) for day in told for n in (-1, 0, 1)}
    months = {as_of + datetime.timedelta(days=30 * n) for n in range(13)}
    for day in at_least_one(sorted(day for day in near | months if day >= as_of)):
        for unit in units:
            assert unit is not None
            check_unit(opened.diagnostics, unit, opened.known, day)
            check_notices_of(opened.diagnostics, unit, opened.known.since)
        assert [problem.show("en") for problem in opened.diagnostics.problems] == [], day


def test_the_step_has_what_the_table_asks_for(tmp_path: Path) -> None:
    folder = city(tmp_path / "c", [], {**closing("2031-05-10", "2031-05-16"), "inspected": "2031-05-01"})
    unit_file = next(each for each in open_content(folder).unit_files if each.id == "yinghuo")
    (own,) = as_told(unit_file, DAY("2031-05-10")).unit.pledges[0].updates
    assert all(getattr(own, name) is not None for name in STEPS["notice"].needs)
    assert (own.inspected, own.body, own.text) == (DAY("2031-05-01"), BODY, TEXT)


def test_the_next_step_may_be_entered_on_the_first_day(tmp_path: Path) -> None:
    folder = city(tmp_path / "c", [PASSED], closing("2031-09-30", "2031-10-06"))
    entered = {"state": "objection", "date": "2031-09-30", "pledge": "yinghuo-1"}
    entered |= {f"{name}.{language}": "文" for name in ("text", "by") for language in ("zh", "en")}
    given = [f"--set={name}={value}" for name, value in entered.items()]
    assert build.main(["new", "update", "--content", str(folder), *given]) == 0
    assert steps(folder, "2031-09-30")[-2:] == [("2031-09-30", "objection"), ("", "objection")]


# ── what came of a notice ────────────────────────────────────────────────────

ON_NOTICE = [PASSED, step("notice", "2031-05-10", inspected="2031-04-20", notice=days("2031-05-10", "2031-05-16"))]
OBJECTION = step("objection", "2031-05-12")
UPHELD = step("answered", "2031-05-20", upheld="yes", reason=TEXT)
NOT_UPHELD = step("answered", "2031-05-20")
CLOSED = step("accepted", "2031-05-25", inspected="2031-04-20", notice=days("2031-05-10", "2031-05-16"))


def resulted(outcome: str, *pledges: str) -> dict[str, Any]:
    own = closing("2031-05-10", "2031-05-16", result={"date": "2031-05-24", "outcome": outcome})
    return {**own, "pledges": ["yinghuo-1", *pledges]}


@pytest.mark.parametrize(
    ("outcome", "after", "denied"),
    [
        ("unopposed", [], False),
        ("unopposed", [CLOSED], False),
        ("unopposed", [OBJECTION], True),
        ("unopposed", [OBJECTION, NOT_UPHELD, CLOSED], True),
        ("not-upheld", [OBJECTION, NOT_UPHELD, CLOSED], False),
        ("not-upheld", [OBJECTION, UPHELD], True),
        ("upheld", [OBJECTION, {**UPHELD, "date": "2031-05-24"}], False),
        ("upheld", [OBJECTION, NOT_UPHELD], True),
        ("upheld", [CLOSED], True),
    ],
)
def test_the_result_of_a_notice_and_the_steps_of_its_pledge_agree(
    outcome: str,
    after: list[dict[str, object]],
    denied: bool,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(city(tmp_path / "c", [*ON_NOTICE, *after], resulted(outcome)), capsys)
    assert ["which contradicts it" in line for line in found] == ([True] if denied else [])


def test_a_pledge_says_that_the_result_is_known(tmp_path: Path) -> None:
    folder = city(tmp_path / "c", ON_NOTICE, resulted("unopposed"))
    (unit_file,) = (each for each in open_content(folder).unit_files if each.id == "yinghuo")
    (pledge,) = unit_file.unit.pledges
    found = [status(pledge, DAY(day), unit_file.notices) for day in ("2031-05-17", "2031-05-24")]
    assert [(each.code, str(each.since)) for each in found] == [
        ("notice-over", "2031-05-17"),
        ("notice-result", "2031-05-24"),
    ]


# ── after the end of a unit ──────────────────────────────────────────────────


def test_what_is_reported_after_the_end_is_reported_by_who_took_over(tmp_path: Path) -> None:
    updates = [
        step("under-way", "2031-03-01"),
        step("under-way", "2031-05-01"),
        step("milestone", "2031-06-01", by=BODY),
        step("inspected", "2031-06-05"),
    ]
    unit_file = next(each for each in open_content(city(tmp_path / "c", updates)).unit_files if each.id == "yinghuo")
    one, other = (OtherUnit(unit=id, name={"zh": id, "en": id}) for id in ("zhiyuan", "dengmi"))

    def by(*into: OtherUnit) -> list[object]:
        ended = Ended(date=DAY("2031-04-01"), into=into, reason=TEXT)
        told = as_told(replace(unit_file, unit=replace(unit_file.unit, ended=ended)), DAY("2031-07-01"))
        return [update.by for update in told.unit.pledges[0].updates]

    assert by(one) == [None, one.name, BODY, None], "an inspection is that of its body"
    assert by(one, other) == [None, None, BODY, None], "nobody is named who may not have said it"


def test_a_notice_after_the_end_of_a_unit_is_none_of_its_successors_reports(tmp_path: Path) -> None:
    folder = city(tmp_path / "c", [PASSED], closing("2031-05-10", "2031-05-16"))
    unit_file = next(each for each in open_content(folder).unit_files if each.id == "yinghuo")
    ended = Ended(date=DAY("2031-05-01"), into=(OtherUnit(unit="zhiyuan", name=TEXT),), reason=TEXT)
    told = as_told(replace(unit_file, unit=replace(unit_file.unit, ended=ended)), DAY("2031-07-01"))
    assert [(each.state, each.by) for each in told.unit.pledges[0].updates] == [("inspected", None), ("notice", None)]
