"""What came of a notice, pledge by pledge: told where it is not the same for all that the notice names."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from compiled import compiled
from published import rows
from registers import register_on
from test_announced import CLOSED, NOT_UPHELD, OBJECTION, ON_NOTICE, city, closing, told
from whole import open_content

import build
from gazette.model.life.notice_status import notice_state, result_date
from gazette.model.life.status import status

DAY = datetime.date.fromisoformat
OTHER = "zhiyuan-1"
SOME = {"pledges": [OTHER], "date": "2031-05-26", "outcome": "upheld", "text": {"zh": "经核实。", "en": "It was so."}}


def of_two(**more: Any) -> dict[str, Any]:
    """A notice of two pledges, that of the other unit inspected by the notice's own word."""
    own = closing("2031-05-10", "2031-05-16", result={"date": "2031-05-24", "outcome": "not-upheld"}, results=[SOME])
    return {**own, "pledges": ["yinghuo-1", OTHER], "inspected": "2031-04-20", **more}


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, []),
        ({"result": None}, []),
        ({"result": None, "results": [{**SOME, "pledges": ["yinghuo-1", OTHER]}]}, ["“accepted”", "“answered”"]),
        ({"results": [{**SOME, "pledges": ["yinghuo-1", OTHER]}]}, ["Delete “result:”"]),
        ({"results": [{**SOME, "pledges": ["yinghuo-2"]}]}, ["Write one of: yinghuo-1, zhiyuan-1"]),
        ({"results": [SOME, SOME]}, ["is in this list twice"]),
        ({"results": [{**SOME, "date": "2031-05-01"}]}, ["before the notice began"]),
        ({"results": [{**SOME, "date": "2031-05-12", "outcome": "unopposed"}]}, ["it could not yet be said"]),
        (
            {"result": {"date": "2031-05-24", "outcome": "upheld"}, "results": None},
            ["add it under “results:”: - {pledges: [yinghuo-1], date"],
        ),
    ],
)
def test_each_pledge_agrees_with_its_own_result(
    more: dict[str, Any], words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notice = {name: value for name, value in of_two(**more).items() if value is not None}
    found = told(city(tmp_path / "c", [*ON_NOTICE, OBJECTION, NOT_UPHELD, CLOSED], notice), capsys)
    assert len(found) == len(words[:1]) and all(any(word in line for word in words) for line in found), found


RESULT = {"date": "2031-05-24", "outcome": "not-upheld"}
REVISED = {"kind": "correction", "reason": {"zh": "另有异议。", "en": "Another objected."}, "was": {"result": RESULT}}


def test_a_result_of_some_beside_one_that_was_published_needs_a_dated_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    updates = [*ON_NOTICE, OBJECTION, NOT_UPHELD, CLOSED]
    common = {name: value for name, value in of_two().items() if name != "results"}
    folder = city(tmp_path / "c", updates, common)
    register_on(folder, DAY("2031-05-25"))
    path = folder / "notices" / "own-0.yaml"
    written = json.loads(path.read_text("utf-8"))

    def said(**more: Any) -> list[str]:
        now = {name: value for name, value in {**written, **more}.items() if value is not None}
        path.write_text(json.dumps(now, ensure_ascii=False), "utf-8")
        return told(folder, capsys)

    (line,) = said(results=[SOME])
    assert "“was: {result: {date: 2031-05-24, outcome: not-upheld}}”" in line and "since 2031-05-25" in line
    early, late = ({**REVISED, "date": day} for day in ("2031-05-25", "2031-05-27"))
    assert len(said(results=[SOME], revisions=[early])) == 1
    assert said(results=[SOME], revisions=[late]) == []
    register_on(folder, DAY("2031-05-28"))
    again = {**SOME, "pledges": ["yinghuo-1"], "date": "2031-06-01", "outcome": "not-upheld"}
    found = said(result=None, results=[SOME, again], revisions=[late])
    assert any("another result" in line for line in found), found


def test_a_pledge_has_the_state_of_its_own_result(tmp_path: Path) -> None:
    folder = city(
        tmp_path / "c", ON_NOTICE, of_two(result=None) | {"result": {"date": "2031-05-24", "outcome": "unopposed"}}
    )
    files = {each.id: each for each in open_content(folder).unit_files}
    (notice,) = files["yinghuo"].notices
    (pledge,) = files["yinghuo"].unit.pledges
    assert status(pledge, DAY("2031-05-24"), files["yinghuo"].notices).code == "notice-result"
    day = DAY("2031-05-30")
    assert [notice_state(notice.notice, day, id) for id in ("", "yinghuo-1", OTHER)] == [
        "several",
        "unopposed",
        "upheld",
    ]
    assert [str(result_date(notice.notice, id)) for id in ("", OTHER)] == ["2031-05-26"] * 2


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    made = city(folder / "content", [*ON_NOTICE, OBJECTION, NOT_UPHELD, CLOSED], of_two())
    place = ["--content", str(made), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    assert build.main([*place, "--as-of", "2031-09-30", "--only", "pages,data", "--jobs", "1"]) == 0
    return folder / "site"


def words_of(page: Path) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.read_text("utf-8")))


def test_pages_tell_each_pledges_own_result(site: Path) -> None:
    own, other = "An objection was received and not upheld", "An objection was received and upheld"
    assert own in words_of(site / "en" / "pledges" / "yinghuo-1.html")
    assert other not in words_of(site / "en" / "pledges" / "yinghuo-1.html")
    assert other in words_of(site / "en" / "pledges" / f"{OTHER}.html")
    notice = words_of(site / "en" / "notices" / "own-0.html")
    assert "Results known, not the same for each pledge" in notice
    assert f"{own}, 24 May 2031" in notice and f"{other}, 26 May 2031" in notice and "It was so." in notice
    assert "各项不同" in words_of(site / "zh" / "notices.html")


def test_the_data_have_the_results_of_some_beside_that_of_all(site: Path) -> None:
    (row,) = (row for row in rows(site, "notices") if row["id"] == "own-0")
    assert (row["outcome"], row["outcome_date"]) == ("not-upheld", "2031-05-24")
    assert row["outcomes"] == f"{OTHER} upheld 2031-05-26"
    record = json.loads((site / "data" / "notices.json").read_text("utf-8"))
    (found,) = (each for each in record["notices"] if each["id"] == "own-0")
    assert found["outcomes"] == [f"{OTHER} upheld 2031-05-26"]
