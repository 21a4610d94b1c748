"""The line of time and other pictures: they show what the data say, each pledge once, whole and in its place."""

from __future__ import annotations

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gazette.planning.axis import LONGEST, axis
from gazette.planning.counting import Totals

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2999, 12, 31))


def totals(days: list[datetime.date]) -> Totals:
    return Totals(Counter(f"due.{day.isoformat()[:7]}" for day in days), ())


@given(st.lists(DAYS, min_size=1, max_size=30), st.none() | DAYS)
def test_each_pledge_has_one_place_on_a_line_of_equal_steps(
    days: list[datetime.date], as_of: datetime.date | None
) -> None:
    line = axis(totals(days), as_of.isoformat() if as_of else "")
    assert line is not None
    assert 1 <= len(line.bins) <= LONGEST
    assert sum(bin.pledges for bin in line.bins) == line.pledges == len(days)
    months = [month for bin in line.bins for month in bin.months]
    assert months == sorted({day.isoformat()[:7] for day in days}), "in the order of time, none twice"
    assert sum(bin.day >= 0 for bin in line.bins) == (as_of is not None)
    if as_of:
        (own,) = (place for place, bin in enumerate(line.bins) if bin.day >= 0)
        month = as_of.isoformat()[:7]
        assert all(each <= month for bin in line.bins[:own] for each in bin.months)
        assert all(each >= month for bin in line.bins[own + 1 :] for each in bin.months)


def test_without_a_time_there_is_no_line() -> None:
    assert axis(Totals({}, ()), "2031-09-30") is None


def rows(site: Path, table: str = "pledges") -> list[dict[str, str]]:
    with (site / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counted(site: Path) -> list[dict[str, str]]:
    """The pledges that totals count: of one that was split, its parts."""
    return [row for row in rows(site) if row["status"] != "split"]


def numbers(cells: list[html.HtmlElement]) -> list[int]:
    return [int(cell.text_content().strip().replace("·", "0")) for cell in cells]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_line_shows_the_pledges_of_the_data(small: Path, language: str) -> None:
    (line,) = html.parse(small / language / "deadlines.html").xpath("//ol[contains(@class, 'axis')]")
    marks = Counter(Path(mark.get("href")).stem for mark in line.xpath(".//a"))
    dated = [row for row in rows(small) if row["deadline_now_last"] or row["deadline_last"]]
    assert marks == Counter(row["id"] for row in dated) and len(dated) > 2
    late = {Path(mark.get("href")).stem for mark in line.xpath(".//a[contains(@class, 'is-late')]")}
    assert late == {row["id"] for row in dated if row["alert"] in ("overdue", "overdue-moved", "past", "past-moved")}
    assert len(line.xpath(".//li[contains(@class, 'is-now ')]")) == 1
    assert sum(int(each.text) for each in line.xpath(".//p[@class='axis__time']/b")) == len(dated)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_rows_of_the_front_page_are_those_of_the_data(small: Path, language: str) -> None:
    page = html.parse(small / language / "index.html")
    found = {
        Path(row.xpath("th/a")[0].get("href")).stem: numbers(row.xpath("td[contains(@class, 'num')]"))
        for row in page.xpath("//table[contains(@class, 'progress--short')]//tr[th/a]")
    }
    expected: dict[str, list[int]] = {}
    for row in counted(small):
        own = expected.setdefault(row["unit"], [0, 0, 0, 0])
        told = (True, row["updates"] != "0", row["status"] == "accepted", row["alert"] in ("overdue", "past"))
        expected[row["unit"]] = [n + more for n, more in zip(own, told, strict=True)]
    assert found == expected


def test_the_strokes_of_a_unit_lead_to_its_pledges(small: Path) -> None:
    checked, ids = 0, {row["id"] for row in counted(small)}
    for path in sorted((small / "en" / "districts").glob("*.html")):
        page = html.parse(path)
        strokes = page.xpath("//*[contains(@class, 'tally--links')]/a")
        pledges = ids & {*page.xpath("//li[@class='pledge']/@id")}
        assert sorted(stroke.get("href") for stroke in strokes) == sorted(f"#{id}" for id in pledges), path
        checked += len(strokes)
    assert checked == len(ids)


def test_units_beside_each_other_have_the_numbers_of_the_data(small: Path) -> None:
    page = html.parse(small / "en" / "compare.html")
    cards = {card.get("id").removeprefix("of_"): card for card in page.xpath("//article")}
    own = Counter(row["unit"] for row in counted(small))
    checkable = Counter((row["unit"], row["checkable"]) for row in counted(small))
    assert {id: int(card.xpath("dl/div[1]/dd")[0].text_content()) for id, card in cards.items()} == dict(own)
    for id, card in cards.items():
        said = [card.xpath(f"dl/div[{place}]/dd")[0].text_content().strip() for place in (5, 6, 7)]
        assert said == [f"{checkable[id, level]} of {own[id]}" for level in ("yes", "partly", "principle")]
