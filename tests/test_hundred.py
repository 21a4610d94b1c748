"""A city of a hundred districts and 1,200 pledges: pages that would be too large say how many pledges each unit has."""

from __future__ import annotations

import gzip
import os
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import cities
import pytest
import yaml
from browser import served
from chromium import needs_chromium, tab
from compiled import compiled
from judges import accessibility, needs_judges
from ledger_reader import Reader
from lxml import html
from program import ROOT, SITE, build
from published import rows
from shared import once, root

from gazette.planning import site_views

sys.path.append(str(ROOT / "tools" / "bench"))
import content

pytestmark = pytest.mark.skipif(not os.environ.get("GAZETTE_AUDIT"), reason="a minute of work: make audit does it")

KIB = 1024
MOST = {"zh": 60 * KIB, "en": 40 * KIB}
"""Bytes of a first visit, as in test_weight."""

LARGE = ("water",) * 4 + ("air",) * 3 + ("mechanism",) * 2
SMALL = {
    "noise": "噪声",
    "soil": "土壤",
    "waste": "垃圾",
    "hills": "山林",
    "fields": "农田",
    "roads": "道路",
    "mills": "作坊",
}
"""Themes of several hundred pledges each, and of some forty."""


def write(folder: Path) -> None:
    """The invented city of the measurements with more themes, and with two programmes that its pledges name."""
    content.write(folder, 100, 7, pledges=12)
    names = (
        f"- {{id: {id}, name: {{zh: {zh}, en: {id.capitalize()}}}, text: {{zh: 虚构。, en: Invented.}}}}\n"
        for id, zh in SMALL.items()
    )
    with (folder / "themes.yaml").open("a", encoding="utf-8") as themes:
        themes.writelines(names)
    for number, file in enumerate(sorted((folder / "districts").iterdir())):
        pieces = re.split(r"themes: .*\n    programmes: .*", file.read_text("utf-8"))
        filed = (_filed(number, n) for n in range(12))
        file.write_text("".join(text for pair in zip(pieces, (*filed, ""), strict=True) for text in pair), "utf-8")


def _filed(number: int, n: int) -> str:
    """What a pledge is filed under, of so many of a unit."""
    theme = (*LARGE, *([*SMALL][(number + each) % 7] for each in range(3)))[n]
    named = "denglong-zhidu" if (number + n) % 3 else "fengzheng-xingdong" if n == 0 else ""
    return f"themes: [{theme}]\n    programmes: [{named}]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its pages and data; read only."""

    def make(site: Path) -> None:
        write(folder := tmp_path_factory.mktemp("hundred") / "content")
        cache = compiled(folder.with_name("cache"))
        build(folder, site, "--only", "pages,data", "--jobs", "2", "--as-of", "2032-01-10", cache=cache)

    return once(root(tmp_path_factory) / "hundred", make)


@pytest.fixture(scope="module")
def pledges(site: Path) -> list[dict[str, str]]:
    return rows(site, "pledges")


def page(site: Path, path: str) -> html.HtmlElement:
    return html.parse(site / path).getroot()


def shared_pages(site: Path, language: str) -> list[str]:
    """The pages that all units share, of parts the first of each kind."""
    found = [
        *(site / language).glob("*.html"),
        *(site / language).glob("themes/*"),
        *(site / language).glob("programmes/*"),
    ]
    return sorted(
        each.relative_to(site).as_posix() for each in found if not re.search(r"-([2-9]|\d\d)[.]html", each.name)
    )


def counts(page: html.HtmlElement) -> dict[str, int]:
    """What a page says of each unit: how many pledges."""
    own = page.xpath("//ul[contains(@class, 'figures--units')]/li")
    return {li.get("id"): int(li.xpath("a")[1].text_content().split()[0]) for li in own}


@pytest.mark.parametrize(("kind", "column"), [("themes", "themes"), ("programmes", "programmes")])
def test_pages_of_many_pledges_count_them_by_unit(
    site: Path, pledges: list[dict[str, str]], kind: str, column: str
) -> None:
    """And those of few list them, on pages and in the data."""
    large = set()
    for file in sorted((site / "en" / kind).iterdir()):
        own = [row for row in pledges if file.stem in row[column].split(";")]
        found, listed = (
            page(site, f"en/{kind}/{file.name}"),
            page(site, f"en/{kind}/{file.name}").xpath("//li[@class='pledge']/@id"),
        )
        if len(own) > site_views.PLEDGES_ON_A_PAGE:
            large.add(file.stem)
            assert counts(found) == Counter(row["unit"] for row in own) and listed == []
        else:
            assert sorted(listed) == sorted(row["id"] for row in own) and counts(found) == {}
    assert large == ({*LARGE} if kind == "themes" else {"denglong-zhidu"})


@needs_chromium
def test_what_is_counted_is_found_in_the_ledger(site: Path, pledges: list[dict[str, str]]) -> None:
    with served(site) as address, tab() as browser:
        reader = Reader(address, browser)
        for name, column in (("themes/air", "themes"), ("programmes/denglong-zhidu", "programmes")):
            (link,) = page(site, f"en/{name}.html").xpath("//li[@id='d00042']/a[2]/@href")
            found = reader.look(f"en/{link.removeprefix('../')}")
            asked = name.partition("/")[2]
            own = [row["id"] for row in pledges if row["unit"] == "d00042" and asked in row[column].split(";")]
            assert sorted(found["rows"]) == sorted(own) != []


def test_every_link_of_a_shared_page_resolves(site: Path) -> None:
    """The cells of the matrix too, whichever form the page has that they lead to."""
    ids = cache(lambda file: {*html.parse(file).xpath("//@id")})
    wrong, cells = [], 0
    for name in (*shared_pages(site, "zh"), *shared_pages(site, "en")):
        for link in map(str, page(site, name).xpath("//a/@href")):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            file = (site / name).parent.joinpath(unquote(parts.path)).resolve() if parts.path else site / name
            at = unquote(parts.fragment)
            if file.suffix != ".html":  # documents and workbooks were not asked for
                continue
            if not file.exists() or (at and at not in ids(file)):
                wrong.append((name, link))
            cells += name.endswith("/themes.html") and "themes/" in link and at.startswith("d0")
    assert wrong == [] and cells > 1000


@needs_chromium
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_first_visit_is_light(site: Path, language: str) -> None:
    """Of pages that hold much; what does not grow with the city is weighed in test_weight."""
    heavy, seen = {}, 0
    with served(site) as address:
        for name in (name for name in shared_pages(site, language) if (site / name).stat().st_size > 28 * KIB):
            with tab() as visitor:
                visitor.open(f"{address}/{name}", 360, 740)
                loaded = visitor.evaluate("performance.getEntriesByType('resource').map((entry) => entry.name)")
            files = {name, *(each.removeprefix(f"{address}/").partition("?")[0] for each in loaded)}
            weights = {file: weight(site / file) for file in files}
            assert "static/site.css" in weights, name
            if sum(weights.values()) > MOST[language]:
                heavy[name] = weights
            seen += 1
    assert heavy == {} and seen > 15


@cache
def weight(path: Path) -> int:
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 6))


@needs_chromium
@needs_judges
def test_axe_finds_nothing_on_pages_that_count(site: Path) -> None:
    with served(site) as address, tab() as browser:
        for number, name in enumerate(("themes/air", "programmes/denglong-zhidu", "themes", "programmes", "index")):
            browser.open(f"{address}/{('zh', 'en')[number % 2]}/{name}.html", (360, 1440)[number % 3 == 0])
            assert accessibility(browser) == {}, name
            assert not browser.evaluate("document.documentElement.scrollWidth > innerWidth"), name


def test_what_was_split_is_counted_once_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a small city whose pages have room for two pledges: strokes are bars then wherever themes are listed."""
    monkeypatch.setattr(site_views, "PLEDGES_ON_A_PAGE", 2)
    cities.build_in_parts(SITE, site := tmp_path / "site", ("pages", "data"))
    themes = [each["id"] for each in yaml.safe_load((SITE / "themes.yaml").read_text("utf-8"))]
    said = 0
    for theme in themes:
        own = [row for row in rows(site, "pledges") if theme in row["themes"].split(";")]
        found = page(site, f"en/themes/{theme}.html")
        counted = Counter(row["unit"] for row in own if row["status"] != "split")
        assert {unit: n for unit, n in counts(found).items() if n} == counted and sum(counted.values()) > 2
        said += found.text_content().count("split into parts")
        assert sum(row["status"] == "split" for row in own) == found.text_content().count("plus 1 split")
    listed = page(site, "en/themes.html").xpath("//li[@class='entry']")
    assert len(listed) == len(themes) and all(each.xpath("svg") and not each.xpath("p//svg") for each in listed)
