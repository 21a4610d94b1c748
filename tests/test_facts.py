"""Facts that move keep their history: on pages and in the open data."""

from __future__ import annotations

import datetime
import html
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lives import TEXT, read
from published import rows
from reached import at_least_one

from gazette.model.life.history import history
from gazette.model.life.status import status
from gazette.model.life.target_changes import figure_changes, figure_of
from gazette.model.records.units import Pledge, Unit
from gazette.planning.valid_days import ALWAYS, ValidDays, valid_days

DAY = datetime.date(2031, 9, 30)


def made(**more: object) -> Pledge:
    """A pledge with some facts."""
    figure = {"value": 12, "unit": TEXT, "what": TEXT}
    own = {"id": "a-1", "covers": [1], "title": TEXT, "text": TEXT, "themes": ["water"], "checkable": "yes"}
    pledge: Pledge = read(
        Pledge, {**own, "done_when": TEXT, "target": figure, "deadline": 2031, "source": {"section": "一"}, **more}
    )
    return pledge


def change(day: datetime.date, to: object) -> dict[str, object]:
    return {"date": day.isoformat(), "to": to, "by": TEXT, "reason": TEXT}


def text_of(page: Path) -> str:
    words = re.sub(r"<(script|style).*?</\1>", "", page.read_text("utf-8"), flags=re.S)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", words)))


# ── pages ────────────────────────────────────────────────────────────────────

TOLD = {
    "zh/pledges/zhiyuan-1.html": [
        "现为10座",
        "牵头领导 戊某 2031年6月1日起",
        "甲某 2031年2月1日至2031年5月31日",
        "任命公告，2031年6月1日",
        "水站专班",
        "验收单位 虚城验收组",
        "由“12座”调整为“10座”",
        "1、3-2 虚构的上级问题清单，2031年1月10日",
    ],
    "en/pledges/zhiyuan-1.html": ["now 10 stations", "Leader Person E since 1 June 2031", "“12 stations” changed to"],
    "zh/pledges/zhiyuan-2.html": ["联合承诺单位 灯谜区", "3-2"],
    "en/pledges/zhiyuan-3.html": ["Heading Zhiyuan District, paragraph 2", "15 January 2031 Read the source"],
    "zh/districts/dengmi.html": [
        "署名 乙某",
        "主要负责人 己某，区长2031年7月1日起",
        "与其他单位的联合承诺 六月底前清完河道",
        "方案、领导与专班 各项承诺目前都没有写明没有写明，不等于没有。",
    ],
    "en/districts/dengmi.html": [
        "Signed by Person B",
        "Not stated at present for any pledge",
        "Person B, Acting Head of the District until 30 June 2031",
    ],
    "zh/districts/wuyu-gang.html": ["2031年3月1日更名，此前称“雾屿区”。", "本单位已于2031年9月1日并入：纸鸢区。"],
    "zh/districts/zhiyuan.html": [
        "2031年9月1日起，本单位接续以下单位的承诺：雾屿港区。",
        "整改方案1/7（第1项）牵头领导1/7（第1项）工作专班：目前没有写明的",
    ],
    "en/districts/zhiyuan.html": [
        "On 1 September 2031 this unit took over the pledges of: Wuyu Harbour Zone.",
        "They keep their pages and numbers",
        "Plan, leader, task force Plan 1/7 (pledge 1) Leader 1/7 (pledge 1) Task force: none stated at present",
    ],
    "zh/units.html": ["2031年9月1日撤并"],
    "en/pledges/wuyu-gang-1.html": [
        "On 10 April 2031 this pledge was split into: Install shore power at the east pier, Install",
        "Status Split",
    ],
    "en/pledges/wuyu-gang-3.html": ["Split from Install shore power"],
}
"""What some pages of the small city say, by page."""


def squeezed(words: str) -> str:
    return words.replace(" ", "")


@pytest.mark.parametrize("page", TOLD)
def test_a_page_tells_the_facts_that_moved(page: str, small: Path) -> None:
    text = squeezed(text_of(small / page))
    assert [words for words in TOLD[page] if squeezed(words) not in text] == []


def test_pages_lead_to_those_of_others(small: Path) -> None:
    for page, link in (
        ("districts/dengmi.html", "../pledges/zhiyuan-2.html"),
        ("pledges/zhiyuan-2.html", "../districts/dengmi.html"),
        ("districts/wuyu-gang.html", "zhiyuan.html"),
        ("districts/zhiyuan.html", "wuyu-gang.html#unit_pledges"),
        ("pledges/wuyu-gang-1.html", "wuyu-gang-4.html"),
    ):
        assert f'href="{link}"' in (small / "en" / page).read_text("utf-8"), page


def test_the_ledger_finds_numbers_and_former_names(small: Path, real: Path) -> None:
    ledger = (small / "zh" / "ledger.html").read_text("utf-8")
    unit = re.search(r"wuyu-gang\\t(.*?)\\n", (small / "zh" / "ledger-1.js").read_text("utf-8"))
    assert unit and "雾屿区" in unit[1].split(), "all its rows are found by what it was called"
    found = re.findall(r'<tr id="([\w-]+)"(?:(?!</tr>).)*?data-sort="[^"]*3-2"', ledger, re.S)
    assert found == ["zhiyuan-1", "zhiyuan-2"]
    assert "ledger__numbers" not in (real / "zh" / "ledger.html").read_text("utf-8"), "no column without a list"


def test_a_heading_of_the_source_is_marked_as_its_language_unless_it_is_translated(small: Path) -> None:
    printed = (small / "en" / "pledges" / "zhiyuan-2.html").read_text("utf-8")
    translated = (small / "en" / "pledges" / "zhiyuan-3.html").read_text("utf-8")
    assert (
        '<span lang="zh-Hans">纸鸢区</span>' in printed and "Zhiyuan District</span>" not in printed.split("<main")[0]
    )
    assert "heading Zhiyuan District" in translated


# ── the open data ────────────────────────────────────────────────────────────


def test_the_open_data_have_the_facts(small: Path) -> None:
    assert [(row["unit"], row["name_en"], row["since"], row["until"]) for row in rows(small, "heads")] == [
        ("dengmi", "Person B", "", "2031-06-30"),
        ("dengmi", "Person F", "2031-07-01", ""),
    ]
    assert [(row["role"], row["name_zh"]) for row in rows(small, "assignments")][:2] == [
        ("lead", "甲某"),
        ("lead", "戊某"),
    ]
    assert [(row["number"], row["pledge"]) for row in rows(small, "numbers")] == [
        *(("1", "zhiyuan-1"), ("3-2", "zhiyuan-1"), ("3-2", "zhiyuan-2")),
    ]
    pledges = {row["id"]: row for row in rows(small, "pledges")}
    assert (pledges["zhiyuan-1"]["target_value"], pledges["zhiyuan-1"]["target_now"]) == ("12", "10")
    assert pledges["zhiyuan-2"]["joint"] == "dengmi" and pledges["zhiyuan-1"]["numbers"] == "1;3-2"
    assert (pledges["wuyu-gang-1"]["status"], pledges["wuyu-gang-1"]["split_into"]) == (
        "split",
        "wuyu-gang-3;wuyu-gang-4",
    )
    third = pledges["zhiyuan-3"]
    assert (third["source_section"], third["source_section_words_en"]) == ("纸鸢区", "Zhiyuan District")
    assert (third["source_url"], third["source_date"]) == ("https://example.org/daily", "2031-01-15")
    units = {row["id"]: row for row in rows(small, "units")}
    harbour = units["wuyu-gang"]
    assert (harbour["former_names_zh"], harbour["renamed"]) == ("雾屿区", "2031-03-01")
    assert (harbour["ended"], harbour["ended_into"]) == ("2031-09-01", "zhiyuan")
    assert (units["zhiyuan"]["took_over"], units["zhiyuan"]["took_over_on"]) == ("wuyu-gang", "2031-09-01")
    assert units["dengmi"]["joint_pledges"] == "zhiyuan-2"
    in_charge = ("with_plan", "with_lead", "with_task_force")  # the task force has ended
    assert [[units[id][name] for name in in_charge] for id in ("zhiyuan", "dengmi")] == [["1", "1", "0"], ["0"] * 3]
    told = [(row["event"], row["role"]) for row in rows(small, "history") if row["pledge"] == "zhiyuan-1"]
    assert (
        ("target-changed", "") in told and told.count(("assigned", "lead")) == 2 and ("released", "task-force") in told
    )


def test_the_shipped_site_has_none_of_it(real: Path) -> None:
    assert sorted(path.name for path in (real / "data").glob("*.csv")) == ["history.csv", "pledges.csv", "units.csv"]
    for page in at_least_one([*(real / "zh" / "pledges").iterdir(), *(real / "zh" / "districts").iterdir()]):
        text = page.read_text("utf-8")
        assert not re.search('class="tenures"|主要负责人|上级清单|联合承诺单位|查看原文', text), page


# ── what happened, and what holds ────────────────────────────────────────────


@given(st.lists(st.tuples(st.dates(datetime.date(2031, 1, 1), DAY), st.integers(0, 99)), max_size=8))
def test_each_change_of_a_figure_knows_the_one_before_it(changes: list[tuple[datetime.date, int]]) -> None:
    pledge = made(target_changed=[change(day, to) for day, to in changes])
    found = figure_changes(pledge)
    assert [each.date for each in found] == sorted(day for day, _ in changes)
    assert [each.before for each in found] == [Decimal(12), *(each.to for each in found)][: len(found)]
    assert figure_of(pledge) == (found[-1].to if found else Decimal(12))
    assert pledge.target and pledge.target.value == Decimal(12), "what was stated stays"


def test_a_successor_tells_that_the_one_before_left() -> None:
    lead = {"role": "lead", "name": TEXT}
    for gap, expected in ((0, 2), (1, 2), (2, 3)):
        since = datetime.date(2031, 6, 1) + datetime.timedelta(days=gap)
        pledge = made(
            assigned=[{**lead, "since": "2031-02-01", "until": "2031-06-01"}, {**lead, "since": since.isoformat()}]
        )
        assert len(history(pledge)) == expected, "who left is told where nobody follows on that day or the next"


def test_a_split_pledge_is_never_late_and_not_withdrawn() -> None:
    pledge = made(deadline="2031-03-01", split={"date": "2031-02-01", "into": ["a-2"], "reason": TEXT})
    found = status(pledge, DAY)
    assert (found.code, found.since, found.alerts) == ("split", datetime.date(2031, 2, 1), ())


def test_days_that_are_told_bound_how_long_a_unit_stays_as_it_is() -> None:
    """A page that was right for one day is looked at again on another, if a day that it tells lies between them."""
    unit = {"name": TEXT, "short": TEXT, "kind": "zone", "order": 1, "commitments": 1, "summary": TEXT}
    head = {"name": TEXT, "title": TEXT, "since": "2031-07-01"}
    pledge = {"id": "a-1", "covers": [1], "title": TEXT, "text": TEXT, "themes": ["water"], "checkable": "yes"}
    pledge |= {"done_when": TEXT, "deadline": "unstated", "source": {"section": "一", "date": "2031-01-15"}}
    own: Unit = read(Unit, {**unit, "signed_by": {"name": TEXT, "title": TEXT}, "heads": [head], "pledges": [pledge]})
    change = datetime.date(2031, 7, 1)
    before, after = valid_days(own, datetime.date(2031, 3, 1)), valid_days(own, DAY)
    assert before == ValidDays(datetime.date(2031, 1, 15), change - datetime.timedelta(days=1), undated=False)
    assert after == ValidDays(change, undated=False)
    assert valid_days(own, None).hold(None) and not valid_days(own, None).hold(DAY) and not after.hold(None)
    assert not before.also(after).hold(change) and before.also(ALWAYS) == before
