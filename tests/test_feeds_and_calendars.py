"""The feed and the calendar, as readers’ programs read them."""

from __future__ import annotations

import datetime
import re
import shutil
from pathlib import Path
from typing import Any

import feedparser
import icalendar
from exported import BASE, calendar, made, said
from hypothesis import given
from hypothesis import strategies as st
from program import ROOT, SITE
from published import is_door
from reached import at_least_one

from gazette.planning.data.feed import NEWEST
from gazette.site.calendar_format import LONGEST as LONGEST_LINE
from gazette.site.calendar_format import escaped, folded

# ── the feed ─────────────────────────────────────────────────────────────────


def feed(site: Path, code: str) -> Any:
    data = (site / code / "feed.xml").read_bytes()
    found = feedparser.parse(data, response_headers={"content-type": "application/atom+xml; charset=utf-8"})
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_the_feed_tells_what_the_page_tells(addressed: Path) -> None:
    for code, tag in (("zh", "zh-Hans"), ("en", "en")):
        found, page = feed(addressed, code), (addressed / code / "changes.html").read_text("utf-8")
        listed = re.findall(r'<li class="change[^"]*"><time datetime="([^"]+)">', page)
        assert len(listed) > 20
        assert [entry.updated[:10] for entry in found.entries] == listed[:NEWEST]
        assert len({entry.id for entry in found.entries}) == len(found.entries)
        assert found.feed.updated == f"{listed[0]}T00:00:00Z" and found.feed.language == tag
        assert found.feed.id == f"{BASE}{code}/feed.xml" and found.feed.author
        for entry in found.entries:
            assert entry.id.startswith(f"tag:example.org,{entry.updated[:10]}:promises/{code}/")
            assert (addressed / entry.link.removeprefix(BASE)).is_file()
            assert entry.title and entry.summary


def test_there_is_no_feed_without_an_address(plain: Path, addressed: Path) -> None:
    assert not [*plain.rglob("feed.xml")]
    assert "Atom" in (plain / "en" / "downloads.html").read_text("utf-8")
    link = '<link rel="alternate" type="application/atom+xml"'
    for page in at_least_one(addressed.rglob("*.html")):
        parts = page.relative_to(addressed).parts
        is_of_language = parts[0] in ("zh", "en") and "embed" not in parts  # a card in another site is no page of this
        is_of_language = is_of_language and not is_door(page, addressed)
        is_moved = "http-equiv" in page.read_text("utf-8")
        assert (link in page.read_text("utf-8")) == (is_of_language and not is_moved), page
    assert any("embed" in page.parts for page in addressed.rglob("*.html"))
    for page in at_least_one(plain.rglob("*.html")):
        assert link not in page.read_text("utf-8")


def test_another_program_or_design_is_no_news(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SITE, content)
    templates = tmp_path / "templates"
    shutil.copytree(ROOT / "templates", templates)
    site = made(tmp_path, content, "--base-url", BASE, "--templates", str(templates))
    before = (site / "zh" / "feed.xml").read_bytes()
    page = templates / "_page.html"
    page.write_text(page.read_text("utf-8").replace("</body>", "<!-- new design --></body>"), "utf-8")
    made(tmp_path, content, "--base-url", BASE, "--templates", str(templates), "--as-of", "2031-10-05")
    assert b"new design" in (site / "zh" / "changes.html").read_bytes()
    assert (site / "zh" / "feed.xml").read_bytes() == before


# ── the calendar ─────────────────────────────────────────────────────────────


def test_the_calendar_has_each_dated_deadline_once(plain: Path) -> None:
    pledges = {each["id"]: each for each in said(plain, "pledges")}
    expected = set()
    for id, pledge in pledges.items():
        if pledge["status"] not in ("withdrawn", "split"):
            expected |= {(id, pledge[name]) for name in ("deadline_last", "deadline_now_last") if pledge[name]}
    for code in ("zh", "en"):
        found = [each for each in calendar(plain, code).walk("VEVENT") if "RRULE" not in each]
        told = {(each["UID"].rpartition("-")[0], each["DTSTART"].dt.isoformat()) for each in found}
        assert told == expected and len(found) == len(expected) > 4
        for each in found:
            assert each["DTEND"].dt - each["DTSTART"].dt == datetime.timedelta(days=1)
            id = each["UID"].rpartition("-")[0]
            assert pledges[id]["title"][code] in each["SUMMARY"]
            assert each["DTSTAMP"].dt.date() <= datetime.date(2031, 9, 30)
        assert not calendar(plain, code).errors


def test_a_recurring_pledge_has_the_last_day_of_each_period(plain: Path) -> None:
    """The periods that are over are those of the rule."""
    from dateutil.rrule import rrulestr

    periods: dict[str, list[str]] = {}
    for record in said(plain, "periods"):
        periods.setdefault(record["pledge"], []).append(record["last"])
    found = {each["UID"].rpartition("-")[0]: each for each in calendar(plain, "en").walk("VEVENT") if "RRULE" in each}
    assert {*periods} <= {*found} and periods
    for id, lasts in periods.items():
        rule = found[id]["RRULE"].to_ical().decode()
        start = datetime.datetime.combine(found[id]["DTSTART"].dt, datetime.time())
        days = rrulestr(rule, dtstart=start).between(start, datetime.datetime(2031, 9, 29), inc=True)
        assert [day.date().isoformat() for day in days] == lasts
    assert "UNTIL" not in found["wuyu-gang-2"]["RRULE"], "who took over from the unit is asked for the reports"


def test_lines_are_short_and_end_as_they_should(plain: Path) -> None:
    for code in ("zh", "en"):
        data = (plain / code / "deadlines.ics").read_bytes()
        lines = data.split(b"\r\n")
        assert lines[-1] == b"" and b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= LONGEST_LINE
        assert all(line.decode() is not None for line in lines), "no character is cut"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n,;\\：，")))
def test_any_text_comes_back_from_a_calendar(text: str) -> None:
    line = folded(f"SUMMARY:{escaped(text)}")
    assert all(len(part.encode()) <= LONGEST_LINE for part in line.split("\r\n"))
    event = icalendar.Event.from_ical(f"BEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\n")
    assert event["SUMMARY"] == text
