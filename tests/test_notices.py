"""Notices: acceptance notices, circulars, accountability; where they are shown, and what is made again."""

from __future__ import annotations

import datetime
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import verapdf
from browser import on_paper
from chromium import needs_chromium
from compiled import compiled
from hypothesis import given
from hypothesis import strategies as st
from laid_out import documents
from laid_out import notices as printed
from lxml import html
from msgspec.structs import replace
from program import SITE, run, tree
from published import rows
from pypdf import PdfReader
from verapdf import validated
from whole import open_content

import build
from gazette.model.announced import with_notices
from gazette.model.history import history
from gazette.model.notice_records import Notice, NoticePeriod, NoticeResult
from gazette.model.notice_status import has_begun, notice_state

DAYS = st.dates(datetime.date(2031, 1, 1), datetime.date(2031, 12, 31))
CLOSING, CIRCULAR, ACCOUNTABILITY = "closing-2031-7", "circular-2031-1", "accountability-2031-1"


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


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "content")
    compiled(tmp_path / "cache")
    return tmp_path


def made(city: Path, *more: str) -> list[str]:
    """What a build makes."""
    asked = [f"--{name}={city / name}" for name in ("content", "output", "cache")]
    report = city / "report.json"
    only = () if any(word.startswith("--only") for word in more) else ("--only", "pages,data")
    assert build.main([*asked, "--executor", "serial", *only, "--report", str(report), *more]) == 0
    return sorted(json.loads(report.read_text("utf-8"))["made"])


def edit(city: Path, id: str, old: str, new: str) -> None:
    path = city / "content" / "notices" / f"{id}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def page(city: Path, path: str) -> str:
    return (city / "output" / path).read_text("utf-8")


def test_an_edited_notice_remakes_its_pages_those_of_its_units_and_the_lists(city: Path) -> None:
    made(city)
    edit(city, CIRCULAR, "Circular on the progress", "Circular about the progress")
    found = made(city)
    own = {
        *(f"en/notices/{CIRCULAR}.html", "en/notices.html", "en/changes.html"),
        *("en/districts/zhiyuan.html", "en/pledges/zhiyuan-3.html"),
        *("en/districts/wuyu-gang.html", "en/pledges/wuyu-gang-2.html"),
    }
    assert {path for path in found if path.endswith(".html")} == own
    data = {path for path in found if path.startswith("data/")}
    tables = {f"data/{name}.{ending}" for name in ("notices", "history") for ending in ("csv", "json")}
    assert data == tables | {"data/datapackage.json"}


def test_what_a_notice_does_not_say_remakes_nothing(city: Path) -> None:
    made(city)
    edit(city, CIRCULAR, "kind: circular", "# a remark\n\nkind: circular")
    assert made(city) == []


def test_its_text_is_on_its_own_page_only(city: Path) -> None:
    made(city)
    edit(city, CIRCULAR, "Both are to report", "The two are to report")
    found = {path for path in made(city) if path.endswith(".html")}
    assert found == {f"en/notices/{CIRCULAR}.html"}


def test_without_notices_there_is_no_page_and_nothing_leads_there(city: Path) -> None:
    first = made(city)
    assert "zh/notices.html" in first and "notices.html" in page(city, "zh/glossary.html")
    shutil.rmtree(city / "content" / "notices")
    made(city)
    assert not [path for path in tree(city / "output") if "notices" in path]
    assert "notices.html" not in page(city, "zh/glossary.html")


def test_a_draft_is_not_public(city: Path) -> None:
    edit(city, ACCOUNTABILITY, "kind: accountability", "kind: accountability\ndraft: true")
    found = made(city)
    assert not [path for path in found if ACCOUNTABILITY in path]
    assert not [path for path, data in tree(city / "output").items() if ACCOUNTABILITY.encode() in data]


def undecided(city: Path) -> None:
    """Nothing has come of the acceptance notice, and what is later than its last day has not happened."""
    edit(city, CLOSING, "result:\n  date: 2031-07-13\n  outcome: unopposed\n", "")
    (city / "content" / "notices" / f"{ACCOUNTABILITY}.yaml").unlink()
    (city / "content" / "notices" / f"{CIRCULAR}.yaml").unlink()
    for path in (city / "content" / "districts").glob("*.yaml"):  # what is later than that day
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
def test_a_page_says_where_the_public_notice_is(city: Path, day: str, words: str) -> None:
    undecided(city)
    made(city, "--as-of", day)
    state = re.search(r'openness__state">(.*?</p>)', page(city, f"en/notices/{CLOSING}.html"))
    assert state and words in state[1].replace("</p>", "" if "as of" in words else "</p>")


@pytest.mark.parametrize(("day", "is_open"), [("2031-07-12", True), ("2031-07-13", False)])
def test_lists_show_which_notices_are_open_and_those_first(city: Path, day: str, *, is_open: bool) -> None:
    undecided(city)
    made(city, "--as-of", "2031-07-12")
    made(city, "--as-of", day)
    pages = [page(city, f"en/{path}.html") for path in ("notices", "districts/dengmi", "pledges/dengmi-3")]
    for text in pages:
        mark = re.search(r'<span class="notices__state notices__state--(\w+)">(.*?)</span>', text)
        words = ("open", "Open for objections, ") if is_open else ("over", "Notice ended")
        assert mark and (mark[1], mark[2].partition("<")[0]) == words
        assert ("until 12 July 2031" in text) == is_open
    assert ('id="notices_open"' in pages[0]) == is_open
    assert not is_open or pages[0].index('id="notices_open"') < pages[0].index('id="acceptance"')


def announced(city: Path) -> None:
    """The acceptance notice of 12 July stands before its days, of which no pledge tells itself."""
    undecided(city)
    edit(city, CLOSING, "date: 2031-07-05", "date: 2031-07-12")
    edit(city, CLOSING, "{begin: 2031-07-05, end: 2031-07-12}", "{begin: 2031-07-13, end: 2031-07-20}")
    edit(city, CLOSING, "contact:", "inspected: 2031-07-01\ncontact:")
    file = city / "content" / "districts" / "dengmi.yaml"
    text, n = re.subn(r"(?m)^      - date: 2031-07-12\n(?:        .*\n)*", "", file.read_text("utf-8"))
    assert n == 1
    file.write_text(text, "utf-8")
    return file


def test_a_notice_may_stand_before_its_days_and_puts_its_pledge_on_notice_when_they_come(city: Path) -> None:
    announced(city)
    made(city, "--as-of", "2031-07-12")
    for path in ("notices", "districts/dengmi", "pledges/dengmi-3"):
        mark = re.search(r'<span class="notices__state notices__state--ahead">(.*)', page(city, f"en/{path}.html"))
        assert mark and mark[1].startswith('Not yet open, <span class="whole">from 13 July 2031</span></span>')
    own = page(city, f"en/notices/{CLOSING}.html")
    assert "Not yet open</p>" in own and "may be made within the period" in own
    before = rows(city / "output", "history")
    made(city, "--as-of", "2031-07-13")
    assert "Open for objections, " in page(city, "en/pledges/dengmi-3.html")
    own_rows = [row for row in rows(city / "output", "pledges") if row["id"] == "dengmi-3"]
    assert [(row["status"], row["status_since"]) for row in own_rows] == [("notice", "2031-07-13")]
    after = rows(city / "output", "history")
    (new,) = [row for row in after if {**row, "as_of": "2031-07-12"} not in before]
    assert (new["event"], new["date"], new["inspected"]) == ("notice", "2031-07-13", "2031-07-01")
    assert len(after) == len(before) + 1, "what was told before is told on"


def test_without_a_day_a_notice_is_measured_against_its_own() -> None:
    period = NoticePeriod(begin=datetime.date(2031, 1, 2), end=datetime.date(2031, 1, 8))
    assert not has_begun(notice(period=period), None)
    assert has_begun(notice(period=period), period.begin) and has_begun(notice(), None)
    assert has_begun(notice(period=period, date=period.begin), None)


def test_lists_show_what_came_of_a_notice_or_that_it_was_withdrawn(city: Path) -> None:
    made(city)
    told = 'notices__state--unopposed">No objection was received, 13 July 2031</span>'
    assert told in page(city, "en/notices.html") and 'id="notices_open"' not in page(city, "en/notices.html")
    edit(
        city,
        CLOSING,
        "kind: acceptance",
        "kind: acceptance\nwithdrawn: {date: 2031-07-14, reason: {zh: 误。, en: Wrong.}}",
    )
    made(city)
    assert '<span class="notices__state">withdrawn</span>' in page(city, "en/notices.html")
    assert "notices__state--" not in page(city, "en/notices.html")


def test_a_notice_has_one_line_in_the_data_and_an_event_for_each_pledge(city: Path) -> None:
    made(city)
    found = rows(city / "output", "notices")
    assert sorted(row["id"] for row in found) == sorted([CLOSING, CIRCULAR, ACCOUNTABILITY])
    told = [(row["pledge"], row["event"]) for row in rows(city / "output", "history")]
    assert told.count(("zhiyuan-3", "circular")) == told.count(("wuyu-gang-2", "circular")) == 1
    assert ("dengmi-4", "reply") in told and ("zhiyuan-2", "reply") in told
    assert ("dengmi-3", "acceptance") not in told  # the step of the acceptance tells of it


def test_an_acceptance_notice_belongs_to_the_step_of_the_same_days() -> None:
    opened = open_content(SITE)
    unit_file = next(each for each in opened.shards if each.id == "dengmi")
    pledge = next(each for each in unit_file.unit.pledges if each.id == "dengmi-3")
    files = [file for file in unit_file.notices if file.id == CLOSING]

    def told(**changed: object) -> list[str]:
        own = [replace(file, notice=replace(file.notice, **changed)) for file in files]
        return [event.what for event in history(with_notices(pledge, own), own)]

    assert told() == ["under-way", "notice", "accepted"]
    assert told(period=None) == ["under-way", "acceptance", "accepted"]
    assert told(date=datetime.date(2031, 7, 4)) == ["under-way", "acceptance", "notice", "accepted"]


def test_a_step_and_a_state_show_the_reply_as_the_units_own_words(city: Path) -> None:
    made(city)
    for id, words in (("dengmi-4", "The leaking pipe was replaced"), ("zhiyuan-2", "too high for the dredgers")):
        text = page(city, f"en/pledges/{id}.html")
        reply = re.search(r'(?s)<div class="reply".*?</div>', text)
        assert reply and words in reply[0] and "own words" in reply[0]
        assert 'href="#pledge_' in text


# ── what was published ───────────────────────────────────────────────────────


def test_a_published_notice_is_kept_or_renamed(city: Path) -> None:
    content = city / "content"
    assert build.main(["register", "--content", str(content), "--at", "2031-10-01"]) == 0
    for unit in ("zhiyuan", "wuyu-gang"):
        assert f"{CIRCULAR}\tnotice\ten\t2031-10-01" in (content / "register" / f"{unit}.tsv").read_text("utf-8")
    own = content / "notices" / f"{CIRCULAR}.yaml"
    own.rename(own.with_name("circular-1.yaml"))
    told = run("check", content=content).stderr
    assert told.count("has been public since 2031-10-01") == 2
    edit(city, "circular-1", "kind: circular", f"kind: circular\nformerly: [{CIRCULAR}]")
    assert run("check", content=content).returncode == 0
    made(city)
    assert "circular-1.html" in page(city, f"zh/notices/{CIRCULAR}.html")


def test_a_wrong_notice_is_told_beside_all_else_and_nothing_is_written(city: Path) -> None:
    edit(city, CIRCULAR, "kind: circular", "kind: circulars")
    unit = city / "content" / "districts" / "yinghuo.yaml"
    unit.write_text(unit.read_text("utf-8").replace("themes: [mechanism]", "themes: [mechanics]"), "utf-8")
    done = run("--output", str(city / "output"), "--cache", str(city / "cache"), content=city / "content")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert f"notices/{CIRCULAR}.yaml:1:7" in done.stderr and "yinghuo.yaml" in done.stderr
    assert not (city / "output").exists() or tree(city / "output") == {}


# ── on paper ─────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder, found = tmp_path_factory.mktemp("notices"), {}
    for path, data in printed(SITE, folder / "cache"):
        file = folder / path.replace("/", "-")
        file.write_bytes(data)
        found[path] = file
    return found


def test_the_notice_is_printed_with_its_parts_in_their_order(papers: dict[str, Path]) -> None:
    assert sorted(papers) == [f"{code}/notices/{CLOSING}.pdf" for code in ("en", "zh")]
    reader = PdfReader(papers[f"zh/notices/{CLOSING}.pdf"])
    text = re.sub(r"\s", "", "".join(each.extract_text() for each in reader.pages))
    parts = ["清单第7、9-1项", "一、反馈问题", "二、整改目标", "三、整改措施", "四、整改完成情况", "五、涉及的承诺"]
    parts += ["灯谜区：停用旧锅炉", "公示时间：2031年7月5日至2031年7月12日", "000-00000000", "虚城验收组2031年7月5日"]
    places = [text.find(part) for part in parts]
    assert -1 not in places and places == sorted(places), list(zip(parts, places, strict=True))


@validated
def test_it_keeps_the_rules_of_accessible_and_lasting_documents(papers: dict[str, Path]) -> None:
    assert {path: verapdf.broken_rules(file, "ua1", "2a") for path, file in papers.items()} == {
        path: [] for path in papers
    }


@pytest.mark.parametrize("more", [0, 2, 4, 6, 8, 10])
def test_the_signature_is_never_on_a_page_without_text(city: Path, more: int) -> None:
    lines = "".join(f"\n\n    公示材料{n}。" for n in range(more))
    edit(city, CLOSING, "\n\n    公示内容摘自验收材料。", f"\n\n    公示内容摘自验收材料。{lines}")
    data = next(data for path, data in printed(city / "content", city / "cache") if path.startswith("zh/"))
    last = PdfReader(io.BytesIO(data)).pages[-1].extract_text()
    assert last.index("\n虚城验收组") > 0 and not last.startswith(("虚城验收组", "按公文版面"))


def test_in_documents_a_notice_stands_with_the_step_that_tells_of_it(tmp_path: Path) -> None:
    """Not by itself as well, as those do that no step tells of."""
    own, alone = "关于灯谜区停用旧锅炉整改任务完成情况的公示", "关于上半年整改进度的通报"
    texts = {path: text for path, text in documents(SITE, tmp_path) if "bulletin" in path and "en/" not in path}
    assert sorted(texts) == ["bulletin-parallel.pdf", "zh/bulletin-official.pdf", "zh/bulletin.pdf"]
    for path, text in texts.items():
        paragraphs = [each.text_content() for each in html.document_fromstring(text).xpath("//p")]
        told = [each for each in paragraphs if f"销号公示：{own}" in each]
        assert len(told) == 1 and "公示时间：2031年7月5日至2031年7月12日" in told[0], path
        assert not [each for each in paragraphs if "2031年7月5日 销号公示" in each], path
        assert [each for each in paragraphs if f"通报：{alone}" in each], path


@needs_chromium
def test_in_a_list_printed_from_a_browser_no_notice_is_torn(city: Path) -> None:
    source = city / "content" / "notices" / f"{CIRCULAR}.yaml"
    title = re.search(r"(?m)^title: .*en: (.*)}$", source.read_text("utf-8"))
    assert title
    for n in range(2, 30):
        text = source.read_text("utf-8").replace(title[1], f"Circular number {n}")
        source.with_name(f"circular-2031-{n}.yaml").write_text(text, "utf-8")
    made(city)
    for name in ("notices", "districts/zhiyuan"):
        *pages, last = on_paper((city / "output" / "en" / f"{name}.html").as_uri())
        above, colophon, _ = last.partition("Black is what")
        assert len(pages) > 1 and "Office" in above and colophon, "the colophon has no page of its own"
        for text in (*pages[1:], last):
            assert text.strip().startswith(("15 July 2031", "Accountability", "Notices")), text[:200]
