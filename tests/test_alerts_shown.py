"""What pages and data show of what a day says of pledges: each of the ways, on every page that counts them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from compiled import compiled
from lives import content, moved, step
from lxml import html
from reached import at_least_one

import build
from gazette.model.life.status import ALERTS, LATE

WORDS = yaml.load((Path(__file__).parent / "site" / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)
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
    for row in at_least_one(rows(site)):
        for language, date in (("zh", "2031年9月30日"), ("en", "30 September 2031")):
            facts = said(main_of(site / language / "pledges" / f"{row['id']}.html").find_class("facts")[0])
            for alert in ALERTS:
                words = WORDS["alert"][alert][language]
                if alert in alerts(row):
                    assert words in facts and date in facts, row["id"]
            assert row["alert"] or date not in facts or row["status"] == "notice-over", row["id"]


def test_red_is_only_for_what_is_late(site: Path) -> None:
    for row in at_least_one(rows(site)):
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
    by_word = {WORDS["state"][code]["en"]: f"{n} of {total}" for code, n in counts.items() if code != "split"}
    split = f"{WORDS['state']['split']['en']} {counts['split']}"
    assert any(said(each).startswith(split) for each in main.find_class("after"))
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
        codes = {row["status"] for row in rows(site)} | {alert for row in rows(site) for alert in alerts(row)}
        for code in at_least_one(codes):
            assert WORDS["means"][code][language] in page, code


def test_a_site_without_a_day_counts_states_and_says_nothing_of_dates(real: Path) -> None:
    page = said(main_of(real / "en" / "status.html"))
    assert "217 of 217" in page and "No reference date has been set" in page
    assert not [word for word in WORDS["alert"].values() if word["en"] in page]
    assert not (real / "en" / "changes.html").exists(), "nothing has happened"
    assert "changes.html" not in (real / "en" / "status.html").read_text("utf-8")
