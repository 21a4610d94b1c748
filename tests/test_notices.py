"""Notices: acceptance notices, circulars, accountability; where they are shown, and what is made again."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from noticed import ACCOUNTABILITY, CIRCULAR, CLOSING, edit, made, page
from program import SITE, run, tree
from published import rows
from whole import open_content

import build
from gazette.model.life.announced import with_notices
from gazette.model.life.history import history
from gazette.model.life.notice_status import has_begun, notice_state
from gazette.model.records.notices import Notice, NoticePeriod, NoticeResult

DAYS = st.dates(datetime.date(2031, 1, 1), datetime.date(2031, 12, 31))


def notice(**more: Any) -> Notice:
    text = {"zh": "公示", "en": "Notice"}
    fields = {"kind": "acceptance", "title": text, "date": datetime.date(2031, 1, 1), "body": text, "intro": text}
    return Notice(**{**fields, "pledges": ("dengmi-3",), **more})


@given(DAYS, DAYS, DAYS)
def test_a_public_notice_is_open_on_its_days_and_on_no_others(one: Any, other: Any, day: Any) -> None:
    begin, end = sorted((one, other))
    found = notice_state(notice(period=NoticePeriod(begin=begin, end=end)), day)
    assert found == ("ahead" if day < begin else "over" if day > end else "open")


@given(DAYS)
def test_what_came_of_it_is_told_whatever_the_day(day: Any) -> None:
    result = NoticeResult(date=datetime.date(2031, 2, 1), outcome="not-upheld")
    period = NoticePeriod(begin=datetime.date(2031, 1, 1), end=datetime.date(2031, 1, 8))
    assert notice_state(notice(period=period, result=result), day) == "not-upheld"
    assert notice_state(notice(period=period), None) is None
    assert notice_state(notice(), day) is None


# ── the invented city ────────────────────────────────────────────────────────


def test_an_edited_notice_remakes_its_pages_those_of_its_units_and_the_lists(posted: Path) -> None:
    made(posted)
    edit(posted, CIRCULAR, "Circular on the progress", "Circular about the progress")
    found = made(posted)
    own = {
        *(f"en/notices/{CIRCULAR}.html", "en/notices.html", "en/changes.html"),
        *("en/districts/zhiyuan.html", "en/pledges/zhiyuan-3.html"),
        *("en/districts/wuyu-gang.html", "en/pledges/wuyu-gang-2.html"),
    }
    assert {path for path in found if path.endswith(".html")} == own
    data = {path for path in found if path.startswith("data/")}
    tables = {f"data/{name}.{ending}" for name in ("notices", "history") for ending in ("csv", "json")}
    assert data == tables | {"data/datapackage.json"}


def test_what_a_notice_does_not_say_remakes_nothing(posted: Path) -> None:
    made(posted)
    edit(posted, CIRCULAR, "kind: circular", "# a remark\n\nkind: circular")
    assert made(posted) == []


def test_its_text_is_on_its_own_page_only(posted: Path) -> None:
    made(posted)
    edit(posted, CIRCULAR, "Both are to report", "The two are to report")
    found = {path for path in made(posted) if path.endswith(".html")}
    assert found == {f"en/notices/{CIRCULAR}.html"}


def test_without_notices_there_is_no_page_and_nothing_leads_there(posted: Path) -> None:
    first = made(posted)
    assert "zh/notices.html" in first and "notices.html" in page(posted, "zh/glossary.html")
    shutil.rmtree(posted / "content" / "notices")
    made(posted)
    assert not [path for path in tree(posted / "output") if "notices" in path]
    assert "notices.html" not in page(posted, "zh/glossary.html")


def test_a_draft_is_not_public(posted: Path) -> None:
    edit(posted, ACCOUNTABILITY, "kind: accountability", "kind: accountability\ndraft: true")
    found = made(posted)
    assert not [path for path in found if ACCOUNTABILITY in path]
    assert not [path for path, data in tree(posted / "output").items() if ACCOUNTABILITY.encode() in data]


def undecided(posted: Path) -> None:
    """Nothing has come of the acceptance notice, and what is later than its last day has not happened."""
    edit(posted, CLOSING, "result:\n  date: 2031-07-13\n  outcome: unopposed\n", "")
    (posted / "content" / "notices" / f"{ACCOUNTABILITY}.yaml").unlink()
    (posted / "content" / "notices" / f"{CIRCULAR}.yaml").unlink()
    for path in (posted / "content" / "districts").glob("*.yaml"):  # what is later than that day
        text = path.read_text("utf-8")
        text = re.sub(r"(?m)^      - date: 2031-0[89].*\n(?:        .*\n)*", "", text)
        text = re.sub(r"(?m)^    reply:\n(?:      .*\n)*", "", text)
        text = re.sub(r"(?m)^(?:ended|took_over):\n(?:  .*\n)*", "", text)
        text = re.sub(r"(?m)^        until: 2031-08-31\n", "", text)
        path.write_text(text.replace("date: 2031-07-20", "date: 2031-07-12"), "utf-8")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2031-07-12", "Open for objections</p>"), ("2031-07-13", "Notice ended as of 13 July 2031")],
)
def test_a_page_says_where_the_public_notice_is(posted: Path, day: str, words: str) -> None:
    undecided(posted)
    made(posted, "--as-of", day)
    state = re.search(r'openness__state">(.*?</p>)', page(posted, f"en/notices/{CLOSING}.html"))
    assert state and words in state[1].replace("</p>", "" if "as of" in words else "</p>")


@pytest.mark.parametrize(("day", "is_open"), [("2031-07-12", True), ("2031-07-13", False)])
def test_lists_show_which_notices_are_open_and_those_first(posted: Path, day: str, *, is_open: bool) -> None:
    undecided(posted)
    made(posted, "--as-of", "2031-07-12")
    made(posted, "--as-of", day)
    pages = [page(posted, f"en/{path}.html") for path in ("notices", "districts/dengmi", "pledges/dengmi-3")]
    for text in pages:
        mark = re.search(r'<span class="notices__state notices__state--(\w+)">(.*?)</span>', text)
        words = ("open", "Open for objections, ") if is_open else ("over", "Notice ended")
        assert mark and (mark[1], mark[2].partition("<")[0]) == words
        assert ("until 12 July 2031" in text) == is_open
    assert ('id="notices_open"' in pages[0]) == is_open
    assert not is_open or pages[0].index('id="notices_open"') < pages[0].index('id="acceptance"')


def announced(posted: Path) -> None:
    """The acceptance notice of 12 July stands before its days, of which no pledge tells itself."""
    undecided(posted)
    edit(posted, CLOSING, "date: 2031-07-05", "date: 2031-07-12")
    edit(posted, CLOSING, "{begin: 2031-07-05, end: 2031-07-12}", "{begin: 2031-07-13, end: 2031-07-20}")
    edit(posted, CLOSING, "contact:", "inspected: 2031-07-01\ncontact:")
    file = posted / "content" / "districts" / "dengmi.yaml"
    text, n = re.subn(r"(?m)^      - date: 2031-07-12\n(?:        .*\n)*", "", file.read_text("utf-8"))
    assert n == 1
    file.write_text(text, "utf-8")
    return file


def test_a_notice_may_stand_before_its_days_and_puts_its_pledge_on_notice_when_they_come(posted: Path) -> None:
    announced(posted)
    made(posted, "--as-of", "2031-07-12")
    for path in ("notices", "districts/dengmi", "pledges/dengmi-3"):
        mark = re.search(r'<span class="notices__state notices__state--ahead">(.*)', page(posted, f"en/{path}.html"))
        assert mark and mark[1].startswith('Not yet open, <span class="whole">from 13 July 2031</span></span>')
    own = page(posted, f"en/notices/{CLOSING}.html")
    assert "Not yet open</p>" in own and "may be made within the period" in own
    before = rows(posted / "output", "history")
    made(posted, "--as-of", "2031-07-13")
    assert "Open for objections, " in page(posted, "en/pledges/dengmi-3.html")
    own_rows = [row for row in rows(posted / "output", "pledges") if row["id"] == "dengmi-3"]
    assert [(row["status"], row["status_since"]) for row in own_rows] == [("notice", "2031-07-13")]
    after = rows(posted / "output", "history")
    (new,) = [row for row in after if {**row, "as_of": "2031-07-12"} not in before]
    assert (new["event"], new["date"], new["inspected"]) == ("notice", "2031-07-13", "2031-07-01")
    assert len(after) == len(before) + 1, "what was told before is told on"


def test_without_a_day_a_notice_is_measured_against_its_own() -> None:
    period = NoticePeriod(begin=datetime.date(2031, 1, 2), end=datetime.date(2031, 1, 8))
    assert not has_begun(notice(period=period), None)
    assert has_begun(notice(period=period), period.begin) and has_begun(notice(), None)
    assert has_begun(notice(period=period, date=period.begin), None)


def test_lists_show_what_came_of_a_notice_or_that_it_was_withdrawn(posted: Path) -> None:
    made(posted)
    told = 'notices__state--unopposed">No objection was received, 13 July 2031</span>'
    assert told in page(posted, "en/notices.html") and 'id="notices_open"' not in page(posted, "en/notices.html")
    edit(
        posted,
        CLOSING,
        "kind: acceptance",
        "kind: acceptance\nwithdrawn: {date: 2031-07-14, reason: {zh: 误。, en: Wrong.}}",
    )
    unit = posted / "content" / "districts" / "dengmi.yaml"
    text = "{zh: 重办。, en: Again.}"
    again = f"\n      - {{date: 2031-07-21, state: reopened, reason: {text}, text: {text}}}"
    following = "\n  - id: dengmi-4"
    unit.write_text(unit.read_text("utf-8").replace(following, again + following), "utf-8")
    made(posted)
    assert '<span class="notices__state">withdrawn</span>' in page(posted, "en/notices.html")
    assert "notices__state--" not in page(posted, "en/notices.html")


def test_a_notice_has_one_line_in_the_data_and_an_event_for_each_pledge(posted: Path) -> None:
    made(posted)
    found = rows(posted / "output", "notices")
    assert sorted(row["id"] for row in found) == sorted([CLOSING, CIRCULAR, ACCOUNTABILITY])
    told = [(row["pledge"], row["event"]) for row in rows(posted / "output", "history")]
    assert told.count(("zhiyuan-3", "circular")) == told.count(("wuyu-gang-2", "circular")) == 1
    assert ("dengmi-4", "reply") in told and ("zhiyuan-2", "reply") in told
    assert ("dengmi-3", "acceptance") not in told  # the step of the acceptance tells of it


def test_an_acceptance_notice_belongs_to_the_step_of_the_same_days() -> None:
    opened = open_content(SITE)
    unit_file = next(each for each in opened.unit_files if each.id == "dengmi")
    pledge = next(each for each in unit_file.unit.pledges if each.id == "dengmi-3")
    files = [file for file in unit_file.notices if file.id == CLOSING]

    def told(**changed: object) -> list[str]:
        own = [replace(file, notice=replace(file.notice, **changed)) for file in files]
        return [event.what for event in history(with_notices(pledge, own), own)]

    assert told() == ["under-way", "notice", "accepted"]
    assert told(period=None) == ["under-way", "acceptance", "accepted"]
    assert told(date=datetime.date(2031, 7, 4)) == ["under-way", "acceptance", "notice", "accepted"]


def test_a_step_and_a_state_show_the_reply_as_the_units_own_words(posted: Path) -> None:
    made(posted)
    for id, words in (("dengmi-4", "The leaking pipe was replaced"), ("zhiyuan-2", "too high for the dredgers")):
        text = page(posted, f"en/pledges/{id}.html")
        reply = re.search(r'(?s)<div class="reply".*?</div>', text)
        assert reply and words in reply[0] and "own words" in reply[0]
        assert 'href="#pledge_' in text


# ── what was published ───────────────────────────────────────────────────────


def test_a_published_notice_is_kept_or_renamed(posted: Path) -> None:
    content = posted / "content"
    assert build.main(["register", "--content", str(content), "--at", "2031-10-01"]) == 0
    for unit in ("zhiyuan", "wuyu-gang"):
        assert f"{CIRCULAR}\tnotice\ten\t2031-10-01" in (content / "register" / f"{unit}.tsv").read_text("utf-8")
    own = content / "notices" / f"{CIRCULAR}.yaml"
    own.rename(own.with_name("circular-1.yaml"))
    told = run("check", content=content).stderr
    assert told.count("has been public since 2031-10-01") == 2
    edit(posted, "circular-1", "kind: circular", f"kind: circular\nformerly: [{CIRCULAR}]")
    assert run("check", content=content).returncode == 0
    made(posted)
    assert "circular-1.html" in page(posted, f"zh/notices/{CIRCULAR}.html")


def test_a_wrong_notice_is_told_beside_all_else_and_nothing_is_written(posted: Path) -> None:
    edit(posted, CIRCULAR, "kind: circular", "kind: circulars")
    unit = posted / "content" / "districts" / "yinghuo.yaml"
    unit.write_text(unit.read_text("utf-8").replace("themes: [mechanism]", "themes: [mechanics]"), "utf-8")
    done = run("--output", str(posted / "output"), "--cache", str(posted / "cache"), content=posted / "content")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"notices/{CIRCULAR}.yaml:1:7" in done.stderr and "yinghuo.yaml" in done.stderr
    assert not (posted / "output").exists() or tree(posted / "output") == {}
