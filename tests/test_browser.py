"""The ledger and the fonts in a real browser: what filters leave, and which files a page loads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cities
import pytest
from browser import LEDGER_AT_REST, served
from chromium import Tab, needs_chromium, tab

pytestmark = needs_chromium

SEEN = """(() => {
  const find = (words) => document.querySelector(words);
  return {
    rows: [...document.querySelectorAll("table.ledger tbody tr[id]")].filter((row) => !row.hidden).map((row) => row.id),
    shown: find("[data-ledger-shown]")?.textContent,
    none: find("[data-ledger-none]")?.hidden === false,
    chosen: find("[data-ledger-chosen]")?.textContent,
    twin: find("a.lang")?.search,
    address: location.search + location.hash,
    top: find(":target")?.getBoundingClientRect().top,
    fonts: performance.getEntriesByType("resource").map((each) => each.name.match(/[^/]+[.]woff2/)?.[0])
      .filter(Boolean),
  };
})()"""


class Reader:
    """Somebody with a browser, and the small city on a web server."""

    def __init__(self, address: str, page: Tab) -> None:
        self.address, self.page = address, page

    def look(self, path: str, width: int) -> dict[str, Any]:
        """What is seen of a page in a window of this width in CSS pixels."""
        self.page.open(f"{self.address}/{path}", width)
        return dict(self.page.evaluate(f"{LEDGER_AT_REST}.then(() => {SEEN})"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The small city on a web server on this machine."""
    with served(cities.published(tmp_path_factory, "nowhere")) as address:
        yield address


@pytest.fixture
def reader(server: str) -> Iterator[Reader]:
    with tab() as page:
        yield Reader(server, page)


@pytest.mark.parametrize("page", ["pledges/dengmi-3", "districts/dengmi", "ledger", "index"])
def test_a_page_in_latin_letters_loads_the_latin_part_of_the_font_alone(reader: Reader, page: str) -> None:
    latin = {"heading.woff2", "heading-figures.woff2", "heading-signs.woff2"}
    assert {*reader.look(f"en/{page}.html", 1000)["fonts"]} <= latin
    assert {*reader.look(f"zh/{page}.html", 1000)["fonts"]} - latin


COMPARED = """(() => ({
  shown: [...document.querySelectorAll(".compare__unit")].filter((each) => each.checkVisibility()).map(({ id }) => id),
  address: location.search + location.hash,
  twin: document.querySelector("a.lang").search,
}))()"""


def test_a_comparison_stands_in_the_address(reader: Reader) -> None:
    """It can be sent, and the other language shows the same."""
    page, ticked = reader.page, "?units=dengmi,wuyu-gang&only"
    page.open(f"{reader.address}/zh/compare.html")
    for id in ("pick_wuyu-gang", "pick_dengmi", "compare_only"):
        page.evaluate(f"document.getElementById('{id}').click()")
    found = page.evaluate(COMPARED)
    assert found == {"shown": ["of_dengmi", "of_wuyu-gang"], "address": ticked, "twin": ticked}
    page.open(f"{reader.address}/en/compare.html{ticked}#zone")
    assert page.evaluate(COMPARED) == {**found, "address": f"{ticked}#zone"}
    for id in ("pick_wuyu-gang", "pick_dengmi", "compare_only"):
        page.evaluate(f"document.getElementById('{id}').click()")
    found = page.evaluate(COMPARED)
    assert (len(found["shown"]), found["address"], found["twin"]) == (4, "#zone", "")


def test_a_button_prints(reader: Reader) -> None:
    reader.page.open(f"{reader.address}/en/about.html")
    asked = (
        "new Promise((done) => { window.print = () => done(true); document.querySelector('[data-print]').click(); })"
    )
    assert reader.page.evaluate(asked) is True
    assert reader.page.evaluate("document.querySelector('[data-print]').checkVisibility()") is True


@pytest.mark.parametrize("query", ["", "?theme=water", "?q=yinghuo", "?q=nowhere-to-be-found&unit=zhiyuan"])
def test_the_ledger_keeps_the_row_that_its_address_names(reader: Reader, query: str) -> None:
    """Fitting the filters or not, the row is shown, at the top of the window or as near as the page lets it."""
    found = reader.look(f"en/ledger.html{query}#zhiyuan-7", 1000)
    assert found["address"] == f"{query}#zhiyuan-7"
    assert "zhiyuan-7" in found["rows"] and 0 <= found["top"] < 900
    assert found["shown"].startswith(f"{len(found['rows'])} of ")


def test_the_ledger_filters_by_its_address(reader: Reader) -> None:
    everything = reader.look("en/ledger.html", 1200)
    assert len(everything["rows"]) == 17 and everything["shown"] == "17 of 17 shown"
    water = reader.look("en/ledger.html?theme=water&unit=dengmi", 1200)
    assert water["rows"] == ["dengmi-1", "dengmi-4"] and water["shown"] == "2 of 17 shown"
    words = reader.look("zh/ledger.html?q=锅炉", 1200)
    assert words["rows"] == ["dengmi-3"]
    state = reader.look("en/ledger.html?status=accepted", 1200)
    assert state["rows"] == ["dengmi-3"]
    assert state["chosen"] == "1 of 17 shown · Status: Accepted and closed"
    assert reader.look("en/ledger.html?status=overdue", 1200)["rows"] == ["zhiyuan-2"]
    assert reader.look("en/ledger.html?status=past", 1200)["rows"] == ["zhiyuan-3"]


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("zh/ledger.html?q=承诺停用", ["dengmi-3"]),
        ("zh/ledger.html?q=风筝行动", ["zhiyuan-3", "dengmi-3"]),
        ("en/ledger.html?q=ＫＩＴＥ%20Campaign", ["zhiyuan-3", "dengmi-3"]),
        ("zh/ledger.html?q=乙某、旧锅炉", ["dengmi-3"]),
        ("en/ledger.html?q=stop%20the%20old%20boiler", ["dengmi-3"]),
    ],
)
def test_the_ledger_finds_what_its_rows_do_not_show(reader: Reader, address: str, rows: list[str]) -> None:
    """Texts, signatories, programmes; capitals, full-width letters and kinds of apostrophes make no difference."""
    found = reader.look(address, 1200)
    assert found["rows"] == rows and not found["none"]


def test_where_nothing_fits_the_ledger_says_what_to_do(reader: Reader) -> None:
    found = reader.look("en/ledger.html?q=nowhere-to-be-found&theme=water", 1200)
    assert found["rows"] == [] and found["none"]
    assert found["twin"] == "?theme=water", "a word of one language is none of the other"
