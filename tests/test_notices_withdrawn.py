"""A notice that was withdrawn: what it put on public notice stays told, and the pledge is as far as it was before."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from compiled import compiled
from lives import TEXT, step
from published import rows
from test_announced import CLOSED, DAY, OBJECTION, ON_NOTICE, PASSED, SENT_BACK, UPHELD, city, closing, steps, told
from whole import open_content

import build
from gazette.model.life.announced import as_told
from gazette.model.life.history import history
from gazette.model.life.status import status

AGAIN = step("inspected", "2031-05-14")
AGAIN_ON = {"begin": "2031-05-18", "end": "2031-05-24"}


def withdrawn(on: str, **more: Any) -> dict[str, Any]:
    """The notice of 10 to 16 May, withdrawn on a day."""
    return closing("2031-05-10", "2031-05-16", withdrawn={"date": on, "reason": TEXT}, **more)


@pytest.mark.parametrize(
    ("updates", "own", "expected", "state"),
    [
        ([PASSED], withdrawn("2031-05-12"), "inspected notice", "inspected"),
        ([PASSED], withdrawn("2031-05-10"), "inspected notice", "inspected"),
        ([PASSED], withdrawn("2031-05-09", date="2031-05-08"), "inspected", "inspected"),
        ([PASSED], withdrawn("2031-05-20"), "inspected notice", "inspected"),
        (ON_NOTICE, withdrawn("2031-05-12"), "inspected notice", "inspected"),
        ([], withdrawn("2031-05-12"), "", "none"),
        ([], withdrawn("2031-05-12", inspected="2031-05-01"), "notice", "none"),
        ([PASSED, OBJECTION], withdrawn("2031-05-13"), "inspected notice objection", "inspected"),
        ([PASSED, OBJECTION, AGAIN], withdrawn("2031-05-13"), "inspected notice objection inspected", "inspected"),
        ([PASSED, OBJECTION, UPHELD], withdrawn("2031-05-21"), "inspected notice objection answered", "sent-back"),
        ([SENT_BACK], withdrawn("2031-05-12", inspected="2031-04-20"), "inspected", "sent-back"),
    ],
)
def test_it_was_on_notice_until_the_day_of_withdrawal(
    updates: list[dict[str, object]],
    own: dict[str, Any],
    expected: str,
    state: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = city(tmp_path / "c", updates, own)
    assert told(folder, capsys) == []
    assert [each for _, each in steps_of(folder)] == [*expected.split(), state]


def steps_of(folder: Path) -> list[tuple[str, str]]:
    """The steps of the pledge in the end, and its state by its notices."""
    unit_file = next(each for each in open_content(folder).unit_files if each.id == "yinghuo")
    found = steps(folder, "2031-06-01")[:-1]
    pledge = as_told(unit_file, DAY("2031-06-01")).unit.pledges[0]
    return [*found, ("", status(pledge, DAY("2031-06-01"), unit_file.notices).code)]


def test_another_notice_follows_one_that_was_withdrawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With an objection to the first, which needs no answer any more."""
    again = closing("2031-05-20", "2031-05-26")
    folder = city(tmp_path / "c", [PASSED, OBJECTION, AGAIN], withdrawn("2031-05-13"), again)
    assert told(folder, capsys) == []
    assert [each for _, each in steps_of(folder)][-3:] == ["inspected", "notice", "notice-over"]


@pytest.mark.parametrize(
    ("updates", "date"), [([OBJECTION], "2031-05-13"), ([PASSED, step("objection", "2031-05-14")], "2031-05-13")]
)
def test_an_objection_that_is_none_to_it_is_told_with_what_to_write(
    updates: list[dict[str, object]], date: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = told(city(tmp_path / "c", updates, withdrawn(date)), capsys)
    assert "own-0.yaml) was withdrawn on 2031-05-13" in line and "“inspected: DATE”" in line


@pytest.mark.parametrize(
    ("updates", "notices", "words"),
    [
        ([PASSED, CLOSED], [withdrawn("2031-05-30")], "rests on a notice that was withdrawn on 2031-05-30"),
        ([PASSED, CLOSED], [withdrawn("2031-05-12")], "rests on a notice that was withdrawn on 2031-05-12"),
        ([PASSED, CLOSED, step("rechecked", "2031-06-02")], [withdrawn("2031-05-30")], "rests on a notice"),
        ([PASSED, CLOSED, step("reopened", "2031-06-02")], [withdrawn("2031-05-30")], ""),
        ([PASSED, {**CLOSED, "draft": "true"}], [withdrawn("2031-05-30")], ""),
        ([PASSED, CLOSED], [withdrawn("2031-05-30"), closing("2031-05-10", "2031-05-16")], ""),
        ([PASSED, {**CLOSED, "notice": AGAIN_ON}], [withdrawn("2031-05-09", date="2031-05-08")], ""),
    ],
)
def test_an_acceptance_that_rests_on_it_is_questioned(
    updates: list[dict[str, object]],
    notices: list[dict[str, Any]],
    words: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = told(city(tmp_path / "c", updates, *notices), capsys)
    assert len(found) == bool(words) and all(words in line for line in found), found


@pytest.mark.parametrize(
    ("updates", "since", "is_back"),
    [
        ([PASSED], "2031-05-12", True),
        ([PASSED, OBJECTION], "2031-05-12", True),
        ([PASSED, step("applied", "2031-05-14")], "2031-05-14", False),
        ([PASSED, OBJECTION, UPHELD], "2031-05-20", False),
        ([], "None", False),
    ],
)
def test_the_state_that_it_is_back_in_holds_from_the_withdrawal(
    updates: list[dict[str, object]], since: str, is_back: bool, tmp_path: Path
) -> None:
    """Until then it was on public notice: an earlier day would say that it was not."""
    own = withdrawn("2031-05-12" if UPHELD not in updates else "2031-05-21")
    unit_file = next(e for e in open_content(city(tmp_path / "c", updates, own)).unit_files if e.id == "yinghuo")
    found = status(as_told(unit_file, DAY("2031-06-01")).unit.pledges[0], DAY("2031-06-01"), unit_file.notices)
    assert (str(found.since), found.is_back) == (since, is_back)


def test_a_mistake_in_one_notice_makes_no_mistake_of_an_objection_to_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = {**closing("2031-05-10", "2031-05-16"), "kind": "acceptence", "pledges": ["zhiyuan-1"]}
    (line,) = told(city(tmp_path / "c", [PASSED, OBJECTION], closing("2031-05-10", "2031-05-16"), wrong), capsys)
    assert "acceptence" in line


def test_a_state_by_a_notice_that_has_run_out_holds_from_the_day_after(tmp_path: Path) -> None:
    unit_file = next(each for each in open_content(city(tmp_path / "c", ON_NOTICE)).unit_files if each.id == "yinghuo")
    found = status(unit_file.unit.pledges[0], DAY("2031-06-01"))
    assert (found.code, str(found.since), str(found.ended)) == ("notice-over", "2031-05-17", "2031-05-16")


# ── as it is told ────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("withdrawn")
    made = city(folder / "content", [PASSED], withdrawn("2031-05-12", date="2031-05-10"))
    place = ["--content", str(made), "--output", str(folder / "site"), "--cache", str(compiled(folder / "cache"))]
    assert build.main([*place, "--as-of", "2031-09-30", "--only", "pages,data", "--jobs", "1"]) == 0
    return folder / "site"


def test_both_days_are_in_the_history_on_the_page_and_in_the_data(site: Path) -> None:
    own = [row for row in rows(site, "history") if row["pledge"] == "yinghuo-1" and row["date"] > "2031-05-01"]
    assert [(row["date"], row["event"], row["notice_begin"]) for row in own[:2]] == [
        ("2031-05-10", "notice", "2031-05-10"),
        ("2031-05-12", "notice-withdrawn", "2031-05-10"),
    ]
    (pledge,) = (row for row in rows(site, "pledges") if row["id"] == "yinghuo-1")
    assert (pledge["status"], pledge["status_since"]) == ("inspected", "2031-05-12")
    page = (site / "en" / "pledges" / "yinghuo-1.html").read_text("utf-8")
    found = re.findall(r'(?s)<p class="step__head"><time datetime="(\S+?)">.*?</svg><span>(.*?)</span>', page)
    assert found[:2] == [("2031-05-12", "Notice withdrawn"), ("2031-05-10", "Public notice")]
    assert "Inspected<br>notice withdrawn on 12 May 2031" in page
    unit = (site / "zh" / "districts" / "yinghuo.html").read_text("utf-8")
    assert "公示、通报撤回" in unit, "it is the last that is known of the pledge"


def test_a_circular_that_was_withdrawn_is_told_twice_as_well(tmp_path: Path) -> None:
    own = {"kind": "circular", "date": "2031-05-10", "withdrawn": {"date": "2031-05-12", "reason": TEXT}}
    unit_file = next(each for each in open_content(city(tmp_path / "c", [], own)).unit_files if each.id == "yinghuo")
    events = history(unit_file.unit.pledges[0], [file for file in unit_file.notices if file.id == "own-0"])
    assert [(str(each.date), each.what) for each in events] == [
        ("2031-05-10", "circular"),
        ("2031-05-12", "notice-withdrawn"),
    ]
