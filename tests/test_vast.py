"""A city of thousands of units: pages do not list these, or their pledges: they count them, and lead on."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import cities
import pytest
from browser import served
from chromium import needs_chromium, tab
from judges import accessibility, needs_judges
from ledger_reader import Reader
from lxml import html
from program import SITE
from published import rows
from reached import at_least_one

from gazette.site.views import deadlines

UNITS = ["zhiyuan", "dengmi", "wuyu-gang", "yinghuo"]
FEW = 6
"""So many pledges or units at most are named on a page in one place."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cities.vast(tmp_path_factory)


def page(site: Path, path: str) -> html.HtmlElement:
    return html.parse(site / path).getroot()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_pages_lead_to_their_parts_which_have_every_unit_once(site: Path, language: str) -> None:
    for name, entry in (("units", "//article[@class='unit']//h3/a/@href"), ("compare", "//article//h3/a/@href")):
        main = page(site, f"{language}/{name}.html")
        assert main.xpath(entry) == [], "what leads to the parts shows none"
        ways = main.xpath("//ul[@class='parts']/li/a/@href")
        assert ways == [f"{name}-1.html", f"{name}-2.html"]
        ends = [[Path(link).stem for link in li.xpath("span//a/@href")] for li in main.xpath("//ul[@class='parts']/li")]
        parts = [page(site, f"{language}/{way}") for way in ways]
        found = [[Path(link).stem for link in part.xpath(entry)] for part in parts]
        assert [id for own in found for id in own] == UNITS and [[own[0], own[-1]] for own in found] == ends
        assert {*parts[0].xpath("//a[@rel='next']/@href")} == {ways[1]}
        assert {*parts[1].xpath("//a[@rel='prev']/@href")} == {ways[0]}
        kinds = [{*part.xpath("//@id")} & {"district", "zone"} for part in parts]
        assert kinds == [{"district"}, {"zone"}] and {*main.xpath("//@id")} > {"district", "zone"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_shared_page_lists_pledges_or_units(site: Path, language: str) -> None:
    """But those of parts, and of what happened."""
    seen = 0
    for file in sorted((site / language).rglob("*.html")):
        path = file.relative_to(site / language).as_posix()
        if path.startswith(("districts/", "pledges/", "embed/", "notices")) or re.search(r"-\d+[.]html|changes", path):
            continue
        for names in page(site, f"{language}/{path}").xpath("//main//ul|//main//ol|//main//dl|//main//table"):
            links = names.xpath(".//a[contains(@href, 'pledges/') or contains(@href, 'districts/')]")
            if names.get("class") not in ("parts", "entries", "axis axis--one", "ledger"):
                assert len(links) <= FEW, (path, names.get("class"))
        seen += 1
    assert seen > 20


def test_of_many_pledges_deadlines_are_counted_however_few_the_units(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kinds of deadlines with many pledges lead to the ledger; those with few name them as everywhere."""
    monkeypatch.setattr(deadlines, "SHORT_LANE", 3)
    cities.build_in_parts(SITE, site := tmp_path / "site", ("pages", "data"))
    kinds = Counter(row["deadline_kind"] for row in rows(site, "pledges") if row["status"] != "split")
    for lane in at_least_one(page(site, "en/deadlines.html").xpath("//section[@id][contains(@class, 'lane--')]")):
        links = [str(link).partition("?")[2] for link in lane.xpath(".//a/@href[contains(., 'ledger.html?')]")]
        named = lane.xpath(".//a[contains(@href, 'pledges/')]")
        many = kinds[lane.get("id")] > 3
        assert (len(named), links) == ((0, [f"deadline={lane.get('id')}"]) if many else (kinds[lane.get("id")], []))
    assert min(kinds.values()) <= 3 < max(kinds.values())


COLUMNS = {"theme": "themes", "deadline": "deadline_kind", "status": "alert"}


@needs_chromium
def test_what_a_page_leads_to_in_the_ledger_are_the_pledges_of_the_data(site: Path) -> None:
    asked = {
        str(link).removeprefix("../")
        for file in sorted((site / "en").rglob("*.html"))
        for link in html.parse(file).xpath("//p[@class='more']/a/@href[contains(., 'ledger.html?')]")
    }
    names = Counter[str]()
    with served(site) as address, tab() as browser:
        reader = Reader(address, browser)
        for link in asked:
            found, ((name, value), *_) = reader.look(f"en/{link}"), parse_qsl(link.partition("?")[2])
            names[name] += 1
            if column := COLUMNS.get(name):
                expected = [row["id"] for row in rows(site, "pledges") if value in row[column].split(";")]
                assert sorted(found["rows"]) == sorted(expected) != [], link
            else:
                assert found["rows"], link
    assert names["theme"] == 3 and names["q"] == 3 and min(names["deadline"], names["status"]) > 0


@needs_chromium
def test_the_ledger_begins_when_it_is_asked_to(site: Path) -> None:
    with served(site) as address, tab() as browser:
        browser.open(f"{address}/en/ledger.html", 1300)
        hidden = "document.querySelector('[data-ledger-tools]').hidden"
        parts = "[...document.querySelectorAll('.ledger__part')].filter((part) => part.getClientRects().length).length"
        assert browser.evaluate(hidden) and browser.evaluate(parts) == 2
        assert "ledger-0.js" not in browser.evaluate("document.documentElement.outerHTML")
        reader = Reader(address, browser)
        browser.evaluate("document.querySelector('[data-ledger-begin] button').click(); 0")
        begun = reader.seen()
        assert not browser.evaluate(hidden) and browser.evaluate(parts) == 0
        assert browser.evaluate("document.activeElement.name") == "q"
        assert len(begun["groups"]) == 4 and begun["status"] == "17 of 17 shown" and begun["seen"] == []
        assert [*reader.offered("unit")][1:] == UNITS
    first = rows(site, "pledges")[0]["id"]
    with tab() as browser:  # from disk, and at once where the address asks for something
        seen = Reader(site.as_uri(), browser).look(f"zh/ledger.html#{first}")["seen"]
        assert first in seen and {id.rpartition("-")[0] for id in seen} == {UNITS[0]}


@needs_chromium
@needs_judges
def test_axe_finds_nothing_on_pages_that_count(site: Path) -> None:
    pages = ("units", "units-1", "compare", "compare-2", "ledger", "themes/water", "programmes", "deadlines", "status")
    with served(site) as address, tab() as browser:
        for number, name in enumerate(pages):
            browser.open(f"{address}/{('zh', 'en')[number % 2]}/{name}.html", (360, 1440)[number % 3 == 0])
            assert accessibility(browser) == {}, name
            assert not browser.evaluate("document.documentElement.scrollWidth > innerWidth"), name


def test_an_edit_makes_the_parts_of_its_unit_anew(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SITE, tmp_path / "content"))
    unit = content / "districts" / "yinghuo.yaml"

    def written(before: str, after: str) -> Iterator[str]:
        text = unit.read_text("utf-8")
        assert before in text
        unit.write_text(text.replace(before, after, 1), "utf-8")
        report = cities.build_vast(content, tmp_path / "site")
        return (path for path in report.written if re.search(r"^\w+/(units|compare|ledger)", path))

    cities.build_vast(content, tmp_path / "site")
    summary = {"zh/units-2.html"}
    assert {*written("zh: 萤火新区只有", "zh: 萤火新区共有")} == summary
    named = {*(f"zh/{name}{part}" for name in ("units", "compare", "ledger") for part in (".html", "-2.html"))}
    assert {*written("zh: 萤火新区", "zh: 萤石新区")} >= named - {"zh/units.html", "zh/compare.html", "zh/ledger.html"}
