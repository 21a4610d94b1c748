"""Pledges that recur: their periods, what was reported of each, and what editors are told."""

from __future__ import annotations

import csv
import datetime
import json
import re
from pathlib import Path

import pytest
from compiled import compiled
from hypothesis import given
from hypothesis import strategies as st
from lives import ROOT, TEXT, moved, read, step
from lxml import html

import build
from gazette.model.forms.fields import InvalidValue
from gazette.model.forms.periods import MONTHS, following, period_with, read_period
from gazette.model.life.recurrence import last_unreported, period_records, recurs_still
from gazette.model.records.units import Pledge

DAY = datetime.date.fromisoformat
SINCE = DAY("2031-01-15")
days = st.dates(datetime.date(1900, 1, 1), datetime.date(2998, 12, 31))


def pledge(deadline: str, *updates: dict[str, object], **more: object) -> Pledge:
    base = {"id": "a-1", "covers": [1], "title": TEXT, "text": TEXT, "themes": ["water"], "checkable": "yes",
            "done_when": TEXT, "deadline": deadline, "source": {"section": "甲"}}  # fmt: skip
    found: Pledge = read(Pledge, base | ({"updates": [*updates]} if updates else {}) | more)
    return found


def report(period: str, day: str, **more: object) -> dict[str, object]:
    return step("under-way", day, period=period, **more)


# ── periods ──────────────────────────────────────────────────────────────────


@given(st.sampled_from([*MONTHS]), days)
def test_periods_follow_each_other_without_a_gap(rhythm: str, day: datetime.date) -> None:
    own = period_with(rhythm, day)
    assert own.first <= day <= own.last and read_period(own.stated) == own
    after = following(own)
    assert after.first - own.last == datetime.timedelta(days=1) and after.rhythm == rhythm
    assert (own.last.year - own.first.year) * 12 + own.last.month - own.first.month + 1 == MONTHS[rhythm]


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        *(("2031Q3", "2031-Q3"), ("q3 2031", "2031-Q3"), ("2031年第三季度", "2031-Q3"), ("2031年3季度", "2031-Q3")),
        *(("2031年上半年", "2031-H1"), ("2031-h2", "2031-H2"), ("2031年7月", "2031-07"), ("2031-7", "2031-07")),
        *(("2031年", "2031"), ("2031-13", ""), ("2031-Q5", ""), ("三季度", ""), ("", "")),
    ],
)
def test_a_period_that_is_written_otherwise_is_told_as_it_should_be(found: str, meant: str) -> None:
    with pytest.raises(InvalidValue) as error:
        read_period(found)
    assert (error.value.code, error.value.values["near"]) == ("period_form", meant)


def stated(own: Pledge, as_of: str | None, since: datetime.date | None = SINCE) -> list[str]:
    """The periods that are over, with * behind those that were reported."""
    records = period_records(own, since, DAY(as_of) if as_of else None)
    return [f"{record.period.stated}{'*' * bool(record.updates)}" for record in records]


@pytest.mark.parametrize(
    ("own", "as_of", "expected"),
    [
        (pledge("quarterly"), None, []),
        (pledge("2031"), "2033-01-01", []),
        (pledge("standing"), "2033-01-01", []),
        (pledge("quarterly"), "2031-06-30", []),
        (pledge("quarterly"), "2031-07-01", ["2031-Q2"]),
        (pledge("quarterly", report("2031-Q1", "2031-04-02")), "2031-07-01", ["2031-Q1*", "2031-Q2"]),
        (pledge("quarterly", first_period="2031-Q1"), "2031-07-01", ["2031-Q1", "2031-Q2"]),
        (pledge("quarterly", first_period="2031-Q4"), "2031-12-31", []),
        (pledge("monthly"), "2031-05-01", ["2031-02", "2031-03", "2031-04"]),
        (pledge("half-yearly"), "2032-07-01", ["2031-H2", "2032-H1"]),
        (pledge("yearly"), "2033-01-01", ["2032"]),
        (pledge("yearly", step("under-way", "2032-03-01")), "2033-01-01", ["2032"]),
        (pledge("yearly", withdrawn={"date": "2033-06-01", "reason": TEXT}), "2036-01-01", ["2032"]),
        (pledge("yearly", split={"date": "2033-06-01", "into": ["a-2"], "reason": TEXT}), "2036-01-01", ["2032"]),
        (pledge("yearly", moved=[moved("2034-02-01", "2035")]), "2036-01-01", ["2032", "2033"]),
        (pledge("yearly", step("inspected", "2033-02-01", period="2032")), "2033-03-01", ["2032*"]),
    ],
)
def test_periods_that_are_over_are_counted_from_the_statements_or_the_stated_first(
    own: Pledge, as_of: str | None, expected: list[str]
) -> None:
    assert stated(own, as_of) == expected


def test_on_the_first_day_of_a_period_the_statements_speak_of_it() -> None:
    assert stated(pledge("quarterly"), "2031-07-01", DAY("2031-04-01")) == ["2031-Q2"]
    assert stated(pledge("quarterly"), "2031-07-01", None) == [], "nothing says since when"
    assert stated(pledge("quarterly", report("2031-Q1", "2031-04-02")), "2031-04-02", None) == ["2031-Q1*"]


@given(st.sampled_from([*MONTHS]), days, st.integers(0, 2000))
def test_as_days_go_by_periods_are_only_added(rhythm: str, since: datetime.date, later: int) -> None:
    own = pledge(rhythm)
    as_of = since + datetime.timedelta(days=later)
    before = period_records(own, since, as_of)
    after = period_records(own, since, as_of + datetime.timedelta(days=1))
    assert after[: len(before)] == before and len(after) - len(before) in (0, 1)
    assert all(record.period.last < as_of and record.period.first >= since for record in before)


def test_what_got_a_date_in_place_of_its_rhythm_can_be_closed() -> None:
    assert recurs_still(pledge("monthly")) and recurs_still(pledge("monthly", moved=[moved("2031-02-02", "yearly")]))
    assert not recurs_still(pledge("monthly", moved=[moved("2031-02-02", "2032")])) and not recurs_still(pledge("2031"))


# ── what is published ────────────────────────────────────────────────────────


Q1, Q2 = report("2031-Q1", "2031-04-10"), report("2031-Q2", "2031-07-02")


@pytest.mark.parametrize(
    ("updates", "day", "likely"),
    [
        ([], "2031-06-30", "2031-Q1"),
        ([], "2031-07-01", "2031-Q2"),
        ([Q2], "2031-07-01", "2031-Q1"),
        ([Q1, Q2], "2031-07-01", "None"),  # then it can only be about the quarter that goes on
        ([Q1, step("inspected", "2031-07-02", period="2031-Q2")], "2031-07-01", "2031-Q2"),
        ([], "2031-03-31", "None"),
    ],
)
def test_a_report_without_a_period_is_asked_for_one_that_is_over_and_has_none(
    updates: list[dict[str, object]], day: str, likely: str
) -> None:
    own = pledge("quarterly", *updates, first_period="2031-Q1")
    found = last_unreported(own, None, DAY(day))
    assert (found.stated if found else "None") == likely


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city on a day on which two quarters, and seven months, are over."""
    folder = tmp_path_factory.mktemp("periods")
    place = ["--content", str(ROOT / "tests" / "site"), "--output", str(folder / "site")]
    assert build.main([*place, "--cache", str(compiled(folder / "cache")), "--as-of", "2031-10-01", "--no-pdf"]) == 0
    return folder / "site"


def words_of(page: Path) -> str:
    return " ".join(html.document_fromstring(page.read_bytes()).text_content().split())


def test_pages_count_the_periods_and_the_page_of_the_pledge_lists_them(site: Path) -> None:
    counted = {"en": "Periods reported: 1 of 2 (to Q3 2031)", "zh": "共2个报告期，有报告的1个（至2031年第3季度）"}
    for language, words in counted.items():
        for name in ("pledges/zhiyuan-5", "deadlines", "ledger", "districts/zhiyuan", "themes/mechanism"):
            assert words in words_of(site / language / f"{name}.html"), name
    page = html.document_fromstring((site / "en" / "pledges" / "zhiyuan-5.html").read_bytes())
    listed = [" ".join(each.text_content().split()) for each in page.xpath("//ol[@class='periods']/li")]
    assert listed == ["Q2 2031 Reported 10 July 2031", "Q3 2031 No report received"]
    assert "fail" not in words_of(site / "en" / "pledges" / "zhiyuan-5.html").lower()
    assert "Periods reported" not in words_of(site / "en" / "pledges" / "zhiyuan-1.html")


def test_the_data_have_a_row_for_each_period_that_is_over(site: Path) -> None:
    text = (site / "data" / "periods.csv").read_text("utf-8-sig")
    rows = [*csv.DictReader(text.splitlines())]
    quarters = [(row["period"], row["report"], row["reported_on"]) for row in rows if row["pledge"] == "zhiyuan-5"]
    assert quarters == [("2031-Q2", "reported", "2031-07-10"), ("2031-Q3", "none", "")]
    assert [row["period"] for row in rows if row["pledge"] == "wuyu-gang-2"] == [f"2031-{n:02}" for n in range(2, 10)]
    assert {row["as_of"] for row in rows} == {"2031-10-01"}
    records = json.loads((site / "data" / "periods.json").read_text("utf-8"))["periods"]
    assert [record["period"] for record in records] == [row["period"] for row in rows]
    pledges = json.loads((site / "data" / "pledges.json").read_text("utf-8"))["pledges"]
    counts = {each["id"]: (each["periods"], each["periods_reported"]) for each in pledges}
    assert (counts["zhiyuan-5"], counts["wuyu-gang-1"], counts["zhiyuan-1"]) == ((2, 1), (0, 0), (None, None))


def test_a_report_says_its_period_in_the_history(site: Path) -> None:
    rows = [*csv.DictReader((site / "data" / "history.csv").read_text("utf-8-sig").splitlines())]
    assert [row["period"] for row in rows if row["pledge"] == "zhiyuan-5"] == ["2031-Q2"]
    assert re.search(r"Q2 2031: It met in April", words_of(site / "en" / "changes.html"))
