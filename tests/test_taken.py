"""The pledges that a unit took over, and joint ones, on its page and in the data: counted once, as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from desks import Desk
from lives import TEXT, read, step
from msgspec.structs import replace
from published import rows
from reached import at_least_one
from test_facts import text_of

from gazette.model.life.answering import answered_for, answering
from gazette.model.records.content import UnitFile
from gazette.model.records.units import Unit
from gazette.reading.other_units import units_named

OWN = {"name": TEXT, "short": TEXT, "kind": "zone", "order": 1, "commitments": 1, "summary": TEXT}


def unit(id: str, into: str = "", updates: tuple[object, ...] = (), **more: object) -> UnitFile:
    """A unit with one pledge; it ended on 1 March and goes on as others."""
    ended = {"date": "2031-03-01", "into": [other(each) for each in into.split()], "reason": TEXT}
    own = {**OWN, "name": named(id), "signed_by": {"name": TEXT, "title": TEXT}, **({"ended": ended} if into else {})}
    pledge = PLEDGE | {"id": f"{id}-1", "updates": [*updates], **more}
    record = read(Unit, {**own, "pledges": [pledge]})
    return UnitFile(id, f"{id}.yaml", record)


PLEDGE = {
    "covers": [1],
    "title": TEXT,
    "text": TEXT,
    "themes": ["water"],
    "checkable": "yes",
    "done_when": TEXT,
    "deadline": 2031,
    "source": {"section": "一"},
}


def named(id: str) -> dict[str, str]:
    return {"zh": f"{id}区", "en": f"{id.title()} District"}


def other(id: str) -> dict[str, object]:
    return {"unit": id, "name": named(id)}


def report(by: str, day: str = "2031-06-01") -> dict[str, object]:
    return step("under-way", day, by=named(by))


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"a": unit("a")}, []),
        ({"a": unit("a", "b"), "b": unit("b")}, ["b"]),
        ({"a": unit("a", "b"), "b": unit("b", "c"), "c": unit("c")}, ["c"]),
        ({"a": unit("a", "b")}, ["b"]),  # whose file cannot be read
        ({"a": unit("a", "b c"), "b": unit("b"), "c": unit("c")}, ["b", "c"]),
        ({"a": unit("a", "b c", (report("c"),)), "b": unit("b"), "c": unit("c")}, ["c"]),
        ({"a": unit("a", "b c", (report("c", "2031-02-01"),)), "b": unit("b"), "c": unit("c")}, ["b", "c"]),
        ({"a": unit("a", "b c", (report("c"),)), "b": unit("b"), "c": unit("c", "d")}, ["d"]),
        ({"a": unit("a", "b c", (report("c"), report("b"))), "b": unit("b"), "c": unit("c")}, ["b"]),
        ({"a": unit("a", "b c", (report("x"),)), "b": unit("b"), "c": unit("c")}, ["b", "c"]),
        ({"a": unit("a", "b"), "b": unit("b", "a")}, []),  # a circle, which the checks tell
        ({"a": unit("a", "b c"), "b": unit("b", "d"), "c": unit("c", "d"), "d": unit("d")}, ["d"]),
        ({"a": unit("a", "b", withdrawn={"date": "2031-02-01", "reason": TEXT}), "b": unit("b")}, []),
    ],
)
def test_who_answers_for_a_pledge_follows_mergers_and_reports(files: Mapping[str, UnitFile], found: list[str]) -> None:
    own = replace(files["a"], others=tuple(file for id, file in files.items() if id != "a"))
    assert [each.unit for each in answering(own, own.unit.pledges[0])] == found
    for id, file in at_least_one(files.items()):
        beside = replace(file, others=tuple(each for name, each in files.items() if name != id))
        assert ("a-1" in [pledge.id for _, pledge in answered_for(beside)]) == (id in found)


@pytest.mark.parametrize(
    "written",
    [
        "took_over:\n  - {date: 2031-09-01, unit: wuyu-gang, name: x}\njoint_pledges:\n- pledge: deng-2\n  title: x\n",
        '"took_over" : [{"unit" : "wuyu-gang"}]\nname: x\njoint_pledges:\r\n\r\n  # unit\r\n  - pledge: \'deng-2\'\r\n',
        "ended:\n  into:\n    - name: x\n      unit: wuyu-gang\n\npledges: [{id: a-1, joint: [{unit: other}]}]\n"
        "joint_pledges: [{pledge: deng-2}]\n",
        "took_over: [\n{unit: wuyu-gang, name: x}\n]\njoint_pledges:\n- pledge:\n    deng-2\n  title: x\n",
        "joint_pledges:\n- pledge: >-\n    deng-2\nended:\n  into: [{unit:\n    wuyu-gang}]\n",
        '? ended  # now\n: into: [{unit: wuyu-gang}]\n"joint\\x5fpledges": [{pledge: deng-2}]\n',
        "{took_over: [{unit: wuyu-gang}], joint_pledges: [{pledge: deng-2}]}\n",
    ],
)
def test_the_units_that_a_file_names_are_found_however_it_is_written(written: str) -> None:
    found = units_named(written.encode())
    assert "wuyu-gang" in found.followed and "deng" in found.joint
    assert found == ({"wuyu-gang"}, {"deng"})


@pytest.mark.parametrize(
    "written",
    [
        *("", "took_over", "took_over:\n", "took_over: x\n", "took_over: [x]\n", "took_over: [{unit: [a]}]\n"),
        *("ended: x\n", "ended: {into: x}\n", "[took_over]\n", "took_over: [\n", "\ttook_over: [{unit: a}]\n"),
        "summary: {en: A road that took_over: unit: other}\n",
    ],
)
def test_a_file_that_is_wrong_names_no_other(written: str) -> None:
    assert units_named(written.encode()) == units_named(b"\xfftook_over: [{unit: a}]") == (set(), set())


def test_the_page_lists_what_was_taken_over_and_counts_it_once(city_desk: Desk) -> None:
    page = city_desk.page("en/districts/zhiyuan.html")
    listed = page.xpath('//section[@id="unit_taken"]//a[@class="others__title"]/@href')
    assert [Path(each).stem for each in listed] == ["wuyu-gang-2", "wuyu-gang-3", "wuyu-gang-4"]
    words = re.sub(r"\s+", " ", page.xpath('string(//section[@id="unit_taken"])'))
    assert "3 pledges" in words and "Promised by: Wuyu Harbour Zone · wuyu-gang-2" in words and "Every month" in words
    assert "now answered for by" in text_of(city_desk.site / "en/pledges/wuyu-gang-2.html").lower()
    pledges = {row["id"]: row for row in rows(city_desk.site, "pledges")}
    assert (pledges["wuyu-gang-2"]["answered_by"], pledges["wuyu-gang-1"]["answered_by"]) == ("zhiyuan", "")
    assert pledges["zhiyuan-1"]["answered_by"] == "zhiyuan"
    units = {row["id"]: row for row in rows(city_desk.site, "units")}
    assert units["zhiyuan"]["answers_for"] == "wuyu-gang-2;wuyu-gang-3;wuyu-gang-4"
    counted = sum(int(row["pledges"]) for row in units.values())
    assert counted == len([row for row in pledges.values() if row["status"] != "split"])


def test_a_joint_pledge_stands_with_its_state_on_the_page_of_each_that_promised_it(city_desk: Desk) -> None:
    joint = city_desk.page("en/districts/dengmi.html").xpath('string(//section[@id="unit_joint"])')
    own = city_desk.page("en/pledges/zhiyuan-2.html")
    state = own.xpath('string(//dl[@class="facts"]//span[starts-with(@class, "status ")]/span/text()[1])')
    deadline = own.xpath('string(//dl[@class="facts"]//span[starts-with(@class, "deadline ")])')
    assert state and state in joint and deadline in joint and "Zhiyuan District" in joint


def test_what_happens_to_such_a_pledge_makes_the_page_anew_and_nothing_else(city_desk: Desk) -> None:
    report = "{date: 2031-09-20, state: under-way, period: 2031-08, text: {zh: 查了。, en: Checked.}}"
    city_desk.edit("    deadline: monthly\n", f"    deadline: monthly\n    updates:\n      - {report}\n", "wuyu-gang")
    made = city_desk.build("--explain", "en/districts/zhiyuan.html")
    assert "en/districts/zhiyuan.html" in made["made"] and "en/pledges/zhiyuan-1.html" not in made["made"]
    assert "en/districts/yinghuo.html" not in made["made"]
    assert "Under way" in city_desk.page("en/districts/zhiyuan.html").xpath('string(//section[@id="unit_taken"])')
    assert city_desk.build()["made"] == []


NOTICE = {
    "kind": "acceptance",
    "title": TEXT,
    "date": "2031-09-20",
    "body": TEXT,
    "pledges": ["zhiyuan-2"],
    "intro": TEXT,
    "accepted_by": TEXT,
    "inspected": "2031-09-19",
    "contact": {"phone": "000-0000000"},
    "period": {"begin": "2031-09-20", "end": "2031-10-20"},
}


def test_a_notice_about_such_a_pledge_makes_the_page_anew(city_desk: Desk) -> None:
    (city_desk.content / "notices" / "closing-2031-9.yaml").write_text(json.dumps(NOTICE), "utf-8")
    assert "en/districts/dengmi.html" in city_desk.build()["made"]
    joint = city_desk.page("en/districts/dengmi.html").xpath('string(//section[@id="unit_joint"])')
    assert "On public notice" in joint
