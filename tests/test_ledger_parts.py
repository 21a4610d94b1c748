"""The ledger of a large city: in parts that a script fetches, and that are pages for who has none."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import cities
import pytest
from browser import on_paper, served
from chromium import needs_chromium, tab
from ledger_reader import Reader
from program import SITE


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cities.in_parts(tmp_path_factory)


@pytest.fixture
def reader(site: Path) -> Iterator[Reader]:
    with served(site) as address, tab() as page:
        yield Reader(address, page)


@pytest.fixture(scope="module")
def data(site: Path) -> dict[str, dict[str, str]]:
    text = (site / "data" / "pledges.csv").read_text("utf-8-sig")
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text))}


FETCHED = """performance.getEntriesByType("resource").map((each) => each.name.match(/ledger-\\d+[.]js/)?.[0])
  .filter(Boolean)"""


@needs_chromium
def test_a_unit_that_is_opened_fetches_its_part_alone(reader: Reader) -> None:
    first = reader.look("en/ledger.html")
    assert first["seen"] == first["rows"] == [] and first["fold"] == "Open all"
    assert first["groups"][0] == "Zhiyuan District 7 pledges" and len(first["groups"]) == 4
    assert first["status"] == "17 of 17 shown" and reader.page.evaluate(FETCHED) == []
    reader.press("#of_dengmi .ledger__fold")
    one = reader.seen()
    assert one["seen"] == [f"dengmi-{n}" for n in range(1, 6)] and one["address"] == "?open=dengmi"
    assert reader.page.evaluate(FETCHED) == ["ledger-1.js"] and one["groups"] == first["groups"]
    reader.press("[data-ledger-fold]")
    assert reader.seen()["seen"] == []
    reader.press("[data-ledger-fold]")
    whole = reader.seen()
    assert len(whole["seen"]) == 17 and whole["address"] == "?open=all"
    assert sorted(reader.page.evaluate(FETCHED)) == ["ledger-1.js", "ledger-2.js"]


@needs_chromium
def test_an_address_leads_into_the_parts(site: Path, reader: Reader) -> None:
    """To a row, to a word, to what was opened; from disk, too, and printed with what was chosen."""
    assert reader.look("en/ledger.html#yinghuo-1")["seen"] == ["yinghuo-1"]
    assert reader.page.evaluate(FETCHED) == ["ledger-2.js"]
    assert reader.look("en/ledger.html?open=wuyu-gang")["seen"] == [f"wuyu-gang-{n}" for n in range(1, 5)]
    water = reader.look("zh/ledger.html?q=旧锅炉")
    assert water["rows"] == water["seen"] == ["dengmi-3"]
    told = "".join("".join(on_paper(f"{(site / 'zh' / 'ledger.html').as_uri()}?theme=water&sort=-deadline")).split())
    assert "显示5行，共17行·主题：水·排列：期限（倒序）" in told


@needs_chromium
def test_what_cannot_be_fetched_is_told_and_asked_for_again(site: Path, reader: Reader, tmp_path: Path) -> None:
    broken = shutil.copytree(site, tmp_path / "site")
    part = (broken / "en" / "ledger-2.js").rename(tmp_path / "part")
    with served(broken) as address:
        other = Reader(address, reader.page)
        other.look("en/ledger.html")
        other.choose("theme", "water")
        assert other.seen()["status"].startswith("Some pledges could not be read.")
        part.rename(broken / "en" / "ledger-2.js")
        other.choose("theme", "air")
        assert re.match(r"\d+ of 17 shown", other.seen()["status"])


def test_without_a_script_the_parts_are_pages(site: Path, data: dict[str, dict[str, str]]) -> None:
    """The ledger leads to each, each to its neighbours and back; together they have every row once."""
    for language in ("zh", "en"):
        whole = (site / language / "ledger.html").read_text("utf-8")
        names = re.findall(r'href="(ledger-\d+[.]html)"', whole)
        assert names == ["ledger-1.html", "ledger-2.html"] and "data-theme=" not in whole and 'id="f_all"' not in whole
        pages = [(site / language / name).read_text("utf-8") for name in names]
        assert [id for page in pages for id in re.findall(r'<tr id="([^"]+)"', page)] == [*data]
        assert 'rel="next"' in pages[0] and 'rel="prev"' in pages[1] and 'rel="prev"' not in pages[0]
        assert all('href="ledger.html"' in page and 'id="f-water"' in page for page in pages)
        assert "<script" not in pages[0].partition("</header>")[2], "a table needs none"


def test_an_edit_makes_its_part_anew_and_no_other(tmp_path: Path) -> None:
    """And what leads to the parts, whose date it may have to state."""
    content = Path(shutil.copytree(SITE, tmp_path / "content"))
    unit = content / "districts" / "yinghuo.yaml"

    def edit(before: str, after: str) -> list[str]:
        text = unit.read_text("utf-8")
        assert before in text
        unit.write_text(text.replace(before, after, 1), "utf-8")
        made = cities.build_in_parts(content, tmp_path / "site").made
        return sorted(path for path in made if "/ledger" in path)

    assert cities.build_in_parts(content, tmp_path / "site").made
    title = "en: Turn the lights off"
    assert edit(title, f"{title} early") == [f"en/ledger{part}" for part in ("-2.html", "-2.js", ".html")]
    assert edit("zh: 萤火新区", "zh: 萤石新区") == [f"zh/ledger{part}" for part in ("-2.html", "-2.js", ".html")]
