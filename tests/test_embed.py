"""The cards that other sites show in a frame."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from browser import served
from chromium import needs_chromium, tab
from program import SITE, build, tree
from reached import at_least_one

BASE = "https://www.example.org/ledger/"
SIZES = [(300, 200), (420, 220), (600, 240), (600, 400)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("embed")
    return build(SITE, folder / "site", "--only", "pages,pictures", "--jobs", "1", "--base-url", BASE)


def test_a_unit_has_one_page_with_a_card_for_each_pledge(site: Path) -> None:
    for code in ("zh", "en"):
        cards = sorted((site / code / "embed").glob("*.html"))
        assert [page.name for page in cards] == sorted(page.name for page in pages_of_units(site, code))
        for page in cards:
            tree = lxml.html.fromstring(page.read_bytes())
            pledges = [each.get("id") for each in tree.iter("article") if each.get("id")]
            own = (site / code / "districts" / page.name).read_text("utf-8")
            assert pledges == re.findall(r'<li class="pledge" id="([^"]+)"', own) and pledges
            links = [each.get("href") for each in tree.iter("a")]
            assert {f"../pledges/{id}.html" for id in pledges} | {f"../districts/{page.name}", "../index.html"} == {
                *links
            }
            assert [each.get("target") for each in tree.iter("base")] == ["_top"] and not [*tree.iter("script")]
            assert '<meta name="robots" content="noindex">' in page.read_text("utf-8")


def pages_of_units(site: Path, code: str) -> list[Path]:
    """Those that do not only lead on."""
    return [page for page in (site / code / "districts").glob("*.html") if "noindex" not in page.read_text("utf-8")]


def test_a_card_says_that_the_city_is_invented(site: Path) -> None:
    for page in at_least_one((site / "en" / "embed").glob("*.html")):
        assert "Nowhere City was made up for testing." in page.read_text("utf-8")


def test_no_search_engine_is_led_to_a_card(site: Path) -> None:
    assert "/embed/" not in (site / "sitemap.xml").read_text("utf-8")


def test_a_unit_says_where_its_card_is_and_that_is_true(site: Path) -> None:
    """oEmbed 1.0: what a rich answer must hold."""
    made = tree(site)
    for code in ("zh", "en"):
        for page in at_least_one(pages_of_units(site, code)):
            text = page.read_text("utf-8")
            [address] = re.findall(r'<link rel="alternate" type="application/json\+oembed" href="([^"]+)"', text)
            told = json.loads(made[address.removeprefix(BASE)])
            assert (
                told["version"] == "1.0" and told["type"] == "rich" and told["width"] == 600 and told["height"] == 240
            )
            [frame] = re.findall(r'<iframe src="([^"]+)"', told["html"])
            assert frame == f"{BASE}{code}/embed/{page.name}" and frame.removeprefix(BASE) in made
            assert told["thumbnail_url"].removeprefix(BASE) in made
            assert told["html"].replace("<", "&lt;").replace(">", "&gt;") in text  # the code that a reader copies


def test_the_code_on_a_pledge_shows_its_own_card(site: Path) -> None:
    texts = {page.stem: page.read_text("utf-8") for page in (site / "zh" / "pledges").glob("*.html")}
    for name, text in at_least_one((name, text) for name, text in texts.items() if "noindex" not in text):
        [address] = re.findall(r'&lt;iframe src="([^"]+)"', text)
        file, _, id = address.removeprefix(BASE).partition("#")
        assert id == name and f'id="{id}"' in (site / file).read_text("utf-8")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as at:
        yield at


_SEEN = """(async () => {
  const frame = document.createElement("iframe");
  frame.width = WIDTH; frame.height = HEIGHT; frame.style.border = "0";
  frame.src = PAGE;
  document.body.append(frame);
  await new Promise((done) => { frame.onload = done; });
  const inner = frame.contentDocument;
  const shown = [...inner.querySelectorAll(".card")].filter((card) => card.getBoundingClientRect().height > 0);
  const title = shown[0].querySelector(".card__title").getBoundingClientRect();
  const letters = parseFloat(inner.defaultView.getComputedStyle(inner.body).fontSize);
  return [shown.map((card) => card.id), inner.documentElement.scrollWidth <= WIDTH,
    title.bottom <= HEIGHT && title.top >= 0 && letters >= 13];
})()"""


@needs_chromium
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("card", "shown"), [("dengmi.html", ""), ("dengmi.html#dengmi-2", "dengmi-2")])
def test_one_card_is_shown_and_fits(address: str, size: tuple[int, int], card: str, shown: str) -> None:
    with tab() as reader:
        for code in ("zh", "en"):
            reader.open(f"{address}/404.html")
            asked = _SEEN.replace("PAGE", json.dumps(f"{address}/{code}/embed/{card}"))
            found = reader.evaluate(asked.replace("WIDTH", str(size[0])).replace("HEIGHT", str(size[1])))
            assert found == [[shown], True, True]
