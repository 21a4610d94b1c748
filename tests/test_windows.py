"""Pages in windows of every usual width: nothing scrolls sideways, the sections stand in one line, names stay whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browser import kinds_of_pages, served
from chromium import Tab, needs_chromium, tab
from compiled import compiled
from program import ROOT, build
from shared import once, root

from tools.play_example import EXAMPLE

pytestmark = [needs_chromium, pytest.mark.long]

WIDTHS = (320, 360, 390, 600, 768, 1024, 1440) if os.environ.get("GAZETTE_AUDIT") else (320, 1024)
"""All in `make audit`; else the narrowest, and the one from which all sections stand in one line."""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the example, which has every section; read only."""
    return pages(tmp_path_factory, EXAMPLE, "example")


@pytest.fixture(scope="module")
def wuhan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the real city, which has hyphens in names; read only."""
    return pages(tmp_path_factory, ROOT / "content", "wuhan")


def pages(folders: pytest.TempPathFactory, content: Path, name: str) -> Path:
    def make(site: Path) -> None:
        cache = compiled(folders.mktemp("cache") / "cache")
        build(content, site, "--only", "pages", "--jobs", "1", cache=cache)

    return once(root(folders) / f"pages-{name}", make)


def resize(page: Tab, width: int) -> None:
    page.ask("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)


def test_no_page_scrolls_sideways(example: Path) -> None:
    wide, seen = [], 0
    with served(example) as address, tab() as page:
        for name in kinds_of_pages(example, shortest=False):
            page.open(f"{address}/{name}", WIDTHS[0])
            for width in WIDTHS:
                resize(page, width)
                if (own := page.evaluate("document.documentElement.scrollWidth")) > width:
                    wide.append(f"{name} at {width}: {own}")
                seen += 1
    assert wide == [] and seen > 50 * len(WIDTHS)


SECTIONS = """[...document.querySelectorAll(".nav li")].map((each) => each.getBoundingClientRect())
  .filter((box) => box.width).map((box) => box.top)"""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_sections_stand_in_one_line_from_1024_pixels_on(example: Path, language: str) -> None:
    """Also where the longest name is that of the section where the reader is, and bold."""
    with served(example) as address, tab() as page:
        for name in ("index", "units", "programmes"):
            page.open(f"{address}/{language}/{name}.html")
            for width in (1024, 1152, 1279, 1280, 1440):
                resize(page, width)
                tops = page.evaluate(SECTIONS)
                assert len(tops) == 11 and len({*tops}) == 1, (name, width)


HYPHENED = """(() => {
  const torn = [], range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  for (let node; node = texts.nextNode();) {
    const around = (names) => node.parentElement.closest(names);
    if (!around("a, h1, h2, h3, th, dt, .crumbs") || around(".tile, .unit__gist, .pledge__text")) continue;
    for (const word of node.data.matchAll(/(Eco|High|Econ)-[Tt](ourism|ech)/g)) {
      range.setStart(node, word.index), range.setEnd(node, word.index + word[0].length);
      const lines = [...range.getClientRects()].filter((line) => line.width > 0.5).map((line) => Math.round(line.top));
      if (lines.length) seen += 1;
      if (new Set(lines).size > 1) torn.push(word[0]);
    }
  }
  return [torn, seen];
})()"""
"""Which words of the names of units are on two lines, and how many there are."""


def test_names_of_units_end_no_line_at_a_hyphen(wuhan: Path) -> None:
    torn, seen = [], 0
    names = ("index", "units", "ledger", "status", "compare", "downloads", "themes/water")
    own = ("districts/donghu-fengjing", "districts/donghu-gaoxin", "pledges/donghu-fengjing-1")
    with served(wuhan) as address, tab() as page:
        for name in (*names, *own):
            page.open(f"{address}/en/{name}.html", WIDTHS[0])
            for width in range(320, 440, 5):
                resize(page, width)
                found, n = page.evaluate(HYPHENED)
                torn += [f"{name} at {width}: {word}" for word in found]
                seen += n
    assert torn == [] and seen > 500


SCATTERED = """[...document.querySelectorAll(".word")].map((word) => word.parentElement)
  .filter((around) => /flex|grid/.test(getComputedStyle(around).display) && around.childNodes.length > 1)
  .map((around) => around.outerHTML)"""
"""Names whose words a box lays out as if each were a part of its own."""


def test_a_word_that_stays_whole_stays_among_the_others(wuhan: Path) -> None:
    found, seen = {}, 0
    with served(wuhan) as address, tab() as page:
        for file in sorted((wuhan / "en").rglob("*.html")):
            if 'class="word"' in file.read_text("utf-8"):
                page.open(f"{address}/{(name := file.relative_to(wuhan).as_posix())}", 360)
                seen += 1
                if scattered := page.evaluate(SCATTERED):
                    found[name] = scattered
    assert found == {} and seen > 20
