"""Dates that passed, on pages, in the feed, in the data and in editions: each tells the same day."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frozen import Archive
from lives import content, moved, step
from lxml import html
from published import rows
from test_changes import built

import build
from gazette.model.life.status import LATE, PASSED


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The small city with one pledge that has such a life, built for a day."""
    folder, n = tmp_path_factory.mktemp("passed"), iter(range(100))

    def make(as_of: str, updates: list[dict[str, object]], **more: object) -> Path:
        own = folder / str(next(n))
        made = content(own / "content", updates, **more)
        asked = ("--as-of", as_of, "--base-url", "https://example.org/p/", "--only", "pages,data")
        return built(own, *asked, content=made)

    return make


def entries_of(site: Path, code: str = "en") -> list[tuple[str, str, str]]:
    """What the page of changes tells of the pledge because a day came: the day, what, and the words."""
    page = html.document_fromstring((site / code / "changes.html").read_bytes())
    found = []
    for each in page.xpath("//li[starts-with(@class, 'change')][.//a[contains(@href, 'yinghuo-1')]]"):
        day, (what,) = each.xpath(".//time/@datetime")[0], each.xpath(".//p[@class='change__head']/span[1]")
        found.append((day, what.text_content(), " ".join(each.xpath(".//p")[-1].text_content().split())))
    return found


def test_page_feed_and_data_tell_the_same_day(life: Callable[..., Path]) -> None:
    updates = [step("under-way", "2031-08-05")]
    site = life("2031-09-30", updates, deadline="2031-06", moved=[moved("2031-05-10", "2031-07")])
    late = ("2031-08-01", "Past its current deadline, no report received")
    more = "Deadline: July 2031. No report does not mean that nothing was done."
    assert (*late, more) in entries_of(site)
    zh = ("2031-08-01", "现行期限已过，未收到报告", "期限：2031年7月。没有收到报告，不等于没有做。")
    assert zh in entries_of(site, "zh")
    assert "each entry says how things stood on that day" in (site / "en" / "changes.html").read_text("utf-8")
    feed = (site / "en" / "feed.xml").read_text("utf-8")
    assert "tag:example.org,2031-08-01:p/en/yinghuo-1/past-moved" in feed and more in feed
    (row,) = (row for row in rows(site, "history") if row["pledge"] == "yinghuo-1" and row["event"] in PASSED)
    assert (row["date"], row["event"], row["deadline"]) == ("2031-08-01", "past-moved", "2031-07")


def test_before_its_day_and_when_it_was_not_so_nothing_is_told(life: Callable[..., Path]) -> None:
    for as_of, updates, more in (
        ("2031-09-30", [], {"deadline": "2031-09"}),
        ("2031-10-01", [], {"deadline": "2031-09", "moved": [moved("2031-09-30", "2031-10")]}),
    ):
        site = life(as_of, updates, **more)
        own = [row for row in rows(site, "history") if row["pledge"] == "yinghuo-1"]
        assert not [row for row in own if row["event"] in PASSED]
    assert entries_of(life("2031-10-01", [], deadline="2031-09"))[0][0] == "2031-10-01"


def test_a_check_that_is_due_is_told_with_its_day(life: Callable[..., Path]) -> None:
    accepted = step("accepted", "2031-06-05", inspected="2031-05-20", recheck="2031-09-01",
                    notice={"begin": "2031-05-25", "end": "2031-06-01"})  # fmt: skip
    site = life("2031-09-30", [accepted], deadline="2031-06")
    assert entries_of(site)[0] == (
        "2031-09-01",
        "Check due, no result recorded",
        "No recorded result does not mean that no check was made.",
    )
    (row,) = (row for row in rows(site, "history") if row["pledge"] == "yinghuo-1" and row["event"] in PASSED)
    assert (row["date"], row["event"], row["recheck"], row["deadline"]) == ("2031-09-01", "recheck", "2031-09-01", "")


class City(Archive):
    """The small city with an edition, made before the deadline of a pledge passed; then its day is 10 November."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.path = self.content / "districts" / "yinghuo.yaml"
        other = content(folder / "other", [], deadline="2031-10") / "districts" / "yinghuo.yaml"
        self.unit = json.loads(other.read_text("utf-8"))
        self.write()
        self.freeze(datetime.date(2031, 10, 15))
        own = self.content / "site.yaml"
        own.write_text(own.read_text("utf-8").replace("as_of: 2031-09-30", "as_of: 2031-11-10"), "utf-8")

    def write(self, **more: Any) -> None:
        self.unit["pledges"][0] |= more
        self.path.write_text(json.dumps(self.unit, ensure_ascii=False), "utf-8")

    def told(self) -> list[tuple[str, str, str]]:
        """What the next edition tells of the pledge and a date that passed: its kind, what, and the day."""
        found = self.freeze(datetime.date(2031, 11, 10)).changes
        kinds = (*LATE, "step")
        return [(each.kind, each.what, each.day) for each in found if each.id == "yinghuo-1" and each.kind in kinds]

    def built(self) -> Path:
        return built(self.folder, "--only", "pages,data", content=self.content)


LATE_SAID = ("2031-11-01", "Past its date, no report received")


def test_an_edition_and_the_page_agree_after_a_late_report(tmp_path: Path) -> None:
    """Between two editions the deadline passes; the report that comes then does not take that back."""
    city = City(tmp_path)
    city.write(updates=[step("under-way", "2031-11-05")])
    assert city.told() == [("overdue", "", ""), ("step", "under-way", "2031-11-05")]
    assert LATE_SAID in [each[:2] for each in entries_of(city.built())]


def test_what_was_over_when_the_next_edition_was_made_is_told_there_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city = City(tmp_path)
    city.write(moved=[moved("2031-11-08", "2032-03")])
    assert build.main(["diff", "--content", str(city.content), "--messages", "en"]) == 0
    assert "past its date, no report received, 2031-11-01." in capsys.readouterr().out
    assert city.told() == [("step", "past", "2031-11-01")]
    site = city.built()
    assert LATE_SAID in [each[:2] for each in entries_of(site)]
    assert "Past its date, no report received, 1 November 2031." in (site / "en" / "editions.html").read_text("utf-8")
    assert "2031年11月1日期限已过，未收到报告。" in (site / "zh" / "editions.html").read_text("utf-8")
