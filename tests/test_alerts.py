"""What a day says of a pledge beside its state, over whole lives, and how long a unit's pages stay as they are."""

from __future__ import annotations

import csv
import datetime
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from compiled import compiled
from hypothesis import given, settings
from hypothesis import strategies as st
from lives import FIELDS, TEXT, content, moved, read, step
from lxml import html

import build
from gazette.model.life.deadline_changes import deadline_of
from gazette.model.life.status import ALERTS, LATE, WATCHED, Status, status
from gazette.model.records.content import UnitFile
from gazette.model.records.lifecycle import CLOSED, STEPS, state_after
from gazette.model.records.units import Pledge, Unit, Update
from gazette.planning.counting import entries
from gazette.planning.valid_days import valid_days

DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2031, 1, 15)
WORDS = yaml.load((Path(__file__).parent / "site" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)


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
        (each.status, each.periods)
        for file in (UnitFile("a", "a.yaml", unit), public)
        for each in entries(file, as_of, FIRST)
    ]


def unit_without_drafts(unit: Unit) -> Unit:
    from msgspec.structs import replace

    return replace(unit, pledges=tuple(pledge.without_drafts() for pledge in unit.pledges))


@settings(max_examples=60, deadline=None)
@given(lives())
def test_while_a_unit_is_said_to_hold_no_day_says_anything_else(life: dict[str, Any]) -> None:
    """Walked day by day: where the interval goes on, so does all that is said."""
    unit = unit_of(life)
    as_of = FIRST
    while as_of < FIRST + 900 * DAY:
        begin, end = valid_days(unit, as_of)
        assert begin <= as_of.isoformat() <= (end or "9999")
        after = as_of + DAY
        if after.isoformat() <= (end or "9999"):
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


# ── what is published ────────────────────────────────────────────────────────

AS_OF = "2031-09-30"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented city with a pledge in each of the ways in which a day speaks of one."""
    folder = tmp_path_factory.mktemp("alerts")
    made = content(folder / "content", [step("accepted", "2031-03-01", recheck="2031-09-01")])
    path = made / "districts" / "zhiyuan.yaml"
    unit = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)
    own = {pledge["id"]: pledge for pledge in unit["pledges"]}
    own["zhiyuan-1"]["deadline"] = "2031-10-30"
    own["zhiyuan-2"]["moved"] = [moved("2031-06-20", "2031-12")]
    own["zhiyuan-3"]["moved"] = [moved("2031-06-20", "2031-08")]
    own["zhiyuan-4"] |= {"deadline": "2031-05", "moved": [moved("2031-06-20", "2031-08")]}
    own["zhiyuan-5"] |= {"deadline": "2031-06", "moved": [moved("2031-06-20", "2031-10-15")]}
    own["zhiyuan-5"]["updates"] = [step("under-way", "2031-03-01")]
    own["zhiyuan-6"]["deadline"] = "2031-08"
    own["zhiyuan-7"] |= {"deadline": "2031-08", "updates": [step("under-way", "2031-03-01")]}
    path.write_text(json.dumps(unit, ensure_ascii=False, indent=1), "utf-8")
    place = ["--content", str(made), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    assert build.main([*place, "--as-of", AS_OF, "--no-pdf", "--jobs", "1"]) == 0
    return folder / "site"


def main_of(page: Path) -> html.HtmlElement:
    (found,) = html.document_fromstring(page.read_bytes()).xpath("//main")
    return found


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(site: Path) -> list[dict[str, str]]:
    return [*csv.DictReader((site / "data" / "pledges.csv").read_text("utf-8-sig").splitlines())]


def alerts(row: dict[str, str]) -> list[str]:
    return row["alert"].split(";") if row["alert"] else []


def test_where_two_things_hold_both_are_said_and_counted(site: Path) -> None:
    """Past the stated date, in the time that was granted, and this is nearly over, too."""
    (row,) = (row for row in rows(site) if row["id"] == "zhiyuan-5")
    assert alerts(row) == ["due", "extended"]
    unit = json.loads((site / "data" / "units" / "zhiyuan.json").read_bytes())
    assert [each["alert"] for each in unit["pledges"] if each["id"] == "zhiyuan-5"] == [["due", "extended"]]
    for code in ("zh", "en"):
        due, extended = WORDS["alert"]["due"][code], WORDS["alert"]["extended"][code]
        for place in ("pledges/zhiyuan-5", "ledger"):
            page = said(main_of(site / code / f"{place}.html"))
            assert due in page and extended in page, place
        lanes = main_of(site / code / "deadlines.html")
        for listed, other in (("due", extended), ("extended", due)):
            entry = lanes.xpath(f"//section[@id='{listed}']//li[.//a[contains(@href, 'zhiyuan-5')]]")
            assert [other in said(each) for each in entry] == [True]
        counted = said(main_of(site / code / "status.html"))
        assert {"zh": "其中1项30天内到期", "en": "1 of them is due within 30 days, and counted"}[code] in counted
        words = {"zh": "而现行期限未到2项（其中1项30天内到期）", "en": "deadline (1 of them due within 30 days)"}
        for place in ("index", "units", "deadlines", "status", "districts/zhiyuan"):
            assert words[code] in said(main_of(site / code / f"{place}.html")), place


def test_each_way_is_in_the_data_and_has_a_place_on_the_page_of_deadlines(site: Path) -> None:
    found = {alert: {row["id"] for row in rows(site) if alert in alerts(row)} for alert in ALERTS}
    assert found == {
        "due": {"zhiyuan-1", "zhiyuan-5"},
        "extended": {"zhiyuan-2", "zhiyuan-5"},
        "past-moved": {"zhiyuan-3"},
        "overdue-moved": {"zhiyuan-4"},
        "past": {"zhiyuan-6"},
        "overdue": {"zhiyuan-7"},
        "recheck": {"yinghuo-1"},
    }
    for language in ("zh", "en"):
        main = main_of(site / language / "deadlines.html")
        sections = [section.get("id") for section in main.xpath("//section[@id]")][: len(ALERTS)]
        assert sections == [*ALERTS], "what is late first, then what is to be watched"
        for alert, ids in found.items():
            (section,) = main.xpath(f"//section[@id='{alert}']")
            assert WORDS["alert"][alert][language] in said(section)
            assert {Path(link.get("href")).stem for link in section.iter("a")} == ids


def test_each_says_its_day_on_the_page_of_its_pledge(site: Path) -> None:
    for row in rows(site):
        for language, date in (("zh", "2031年9月30日"), ("en", "30 September 2031")):
            facts = said(main_of(site / language / "pledges" / f"{row['id']}.html").find_class("facts")[0])
            for alert in ALERTS:
                words = WORDS["alert"][alert][language]
                if alert in alerts(row):
                    assert words in facts and date in facts, row["id"]
            assert row["alert"] or date not in facts or row["status"] == "notice-over", row["id"]


def test_red_is_only_for_what_is_late(site: Path) -> None:
    for row in rows(site):
        (status_,) = main_of(site / "en" / "ledger.html").xpath(f"//tr[@id='{row['id']}']/td[@class='ledger__state']")
        classes = " ".join(each.get("class", "") for each in status_.iter())
        watched = re.compile("status__alert status__alert--watched( status__alert--below)?")
        is_red = "status--past" in classes or "status__alert" in watched.sub("", classes)
        assert is_red == bool({*alerts(row)} & {*LATE}), (row["id"], classes)


# ── the page of states ───────────────────────────────────────────────────────


def numbers(row: html.HtmlElement) -> list[int]:
    return [int(said(cell).replace("·", "0")) for cell in row.xpath("./td[contains(@class, 'num')]")]


def test_the_page_of_states_counts_what_the_data_say(site: Path) -> None:
    counts = Counter(row["status"] for row in rows(site))
    held = Counter(alert for row in rows(site) for alert in alerts(row))
    main, total = main_of(site / "en" / "status.html"), len(rows(site)) - counts["split"]
    told_ = main.xpath("//table[@class='plain states']/tbody/tr")
    states = {said(row.find("th")): said(row.findall("td")[0]) for row in told_}
    by_word = {WORDS["state"][code]["en"]: f"{n} of {total}" for code, n in counts.items()}
    by_word[WORDS["state"]["split"]["en"]] = str(counts["split"])  # its parts are counted in its place
    by_word |= {WORDS["alert"][code]["en"]: f"{n} of {total}" for code, n in held.items()}
    assert states == by_word
    (whole,) = main.xpath("//table[@class='progress']/tfoot/tr")
    assert numbers(whole)[0] == total and sum(numbers(whole)[1:6]) == total
    assert numbers(whole)[6] == sum(held[code] for code in LATE)
    own = main.xpath("//table[@class='progress']/tbody/tr[@id]")
    assert [sum(column) for column in zip(*map(numbers, own), strict=True)] == numbers(whole)


def test_units_stand_in_the_official_order_districts_and_zones_apart(site: Path) -> None:
    """However many of their pledges are closed."""
    for language in ("zh", "en"):
        main = main_of(site / language / "status.html")
        groups = {group.get("id"): [row.get("id") for row in group.xpath("./tr[@id]")] for group in main.iter("tbody")}
        assert {kind: ids for kind, ids in groups.items() if kind} == {
            "of_district": ["zhiyuan", "dengmi"],
            "of_zone": ["wuyu-gang", "yinghuo"],
        }
        for row in main.xpath("//table[@class='progress']//tr[.//*[name()='svg']]"):
            ends = [path.get("d") for path in row.iter() if path.tag == "path"]
            assert ends and ends[0].startswith("M0 ") and ends[-1].endswith("H1000"), "a bar is a whole"


def test_every_state_and_alert_is_explained_where_it_stands(site: Path) -> None:
    for language in ("zh", "en"):
        page = said(main_of(site / language / "status.html"))
        for code in {row["status"] for row in rows(site)} | {alert for row in rows(site) for alert in alerts(row)}:
            assert WORDS["means"][code][language] in page, code


def test_a_site_without_a_day_counts_states_and_says_nothing_of_dates(real: Path) -> None:
    page = said(main_of(real / "en" / "status.html"))
    assert "217 of 217" in page and "No reference date has been set" in page
    assert not [word for word in WORDS["alert"].values() if word["en"] in page]
    assert not (real / "en" / "changes.html").exists(), "nothing has happened"
    assert "changes.html" not in (real / "en" / "status.html").read_text("utf-8")
