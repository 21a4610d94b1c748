"""The pages before their judges: axe finds nothing (WCAG 2.2 AA) on any kind of page, the Nu checker no error, and
Lighthouse nothing to take off."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import portals
import pytest
from browser import kinds_of_pages, served
from chromium import needs_chromium, tab
from judges import SCORES, accessibility, lighthouse, markup, needs_judges
from program import ROOT
from published import LANGUAGES
from webservers import needs_servers, running

pytestmark = [needs_chromium, needs_judges, pytest.mark.long]

LOOKS = tuple(product((360, 1440), ("light", "dark", "elder")))
"""Widths of the window in CSS pixels, and the way in which pages are shown."""

EVERY_LOOK = bool(os.environ.get("GAZETTE_AUDIT"))
"""Each page in every look (`make audit`): else each in one, which is another for the next page."""


def asked(site: Path) -> Iterator[tuple[str, int, str]]:
    """A page of each kind in each language, with the looks in which it is judged."""
    for number, page in enumerate(kinds_of_pages(site, shortest=EVERY_LOOK)):
        for width, look in LOOKS if EVERY_LOOK else (LOOKS[number % len(LOOKS)],):
            yield page, width, look


def test_axe_finds_nothing(small: Path) -> None:
    found, looks = {}, set()
    with served(small) as address, tab() as page:
        for name, width, look in asked(small):
            scheme = {"name": "prefers-color-scheme", "value": "dark" if look == "dark" else "light"}
            page.ask("Emulation.setEmulatedMedia", features=[scheme])
            page.open(f"{address}/{name}", width)
            if look == "elder" and page.evaluate("document.getElementById('size_elder') !== null"):
                page.evaluate("document.getElementById('size_elder').click()")
            looks.add((width, look))
            if broken := accessibility(page):
                found[name, width, look] = broken
    assert found == {} and looks == {*LOOKS}


def test_axe_finds_what_is_wrong(tmp_path: Path) -> None:
    """That it is asked rightly: a picture without words, and a text that is hardly darker than its paper."""
    shown = '<main><h1 style="color:#ddd">pale words</h1><img src="x.png"></main>'
    wrong = f'<!doctype html><html lang="en"><title>x</title>{shown}'
    (tmp_path / "wrong.html").write_text(wrong)
    with served(tmp_path) as address, tab() as page:
        page.open(f"{address}/wrong.html")
        assert {"image-alt", "color-contrast"} <= accessibility(page).keys()


def test_the_checker_finds_no_error(small: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<!doctype html><html lang=en><title>x</title><p><div></p>")
    pages = [small / page for page in kinds_of_pages(small)] if not EVERY_LOOK else sorted(small.rglob("*.html"))
    found = [(Path(each["url"]).name, each["message"]) for each in markup([*pages, wrong])]
    assert [message for name, message in found if name == wrong.name] and len(pages) > 40
    assert [each for each in found if each[0] != wrong.name] == []


PRESETS = ("desktop", "mobile")
SEEN_MOST = ("index.html", "districts/{unit}.html", "pledges/{unit}-1.html", "ledger.html")
PERFORMANCE = ROOT / ".cache" / "judges" / "performance.json"
"""How fast Lighthouse holds those pages to be (`make audit`): a figure that differs from machine to machine."""


def visits(unit: str) -> list[tuple[str, str]]:
    """Pages (path, preset): the four that are seen most, each once; or in both languages with each preset."""
    pages, ways = [page.format(unit=unit) for page in SEEN_MOST], product(PRESETS, reversed(LANGUAGES))
    chosen = product(pages, ways) if EVERY_LOOK else zip(pages, ways, strict=True)
    return [(f"{code}/{page}", preset) for page, (preset, code) in chosen]


@needs_servers
@pytest.mark.parametrize(("city", "unit"), [("nowhere", "dengmi"), *([("wuhan", "jiangxia")] if EVERY_LOOK else [])])
def test_lighthouse_takes_nothing_off(
    city: str, unit: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On a server with the settings of docs/webserver, as visitors have it; of a page that is wrong it takes off."""
    (tmp_path / "wrong.html").write_text('<!doctype html><img src="x.png"><script>no()</script>')
    asked = visits(unit)
    portal = portals.portal(tmp_path_factory, city)
    with running("nginx", portal, tmp_path / "nginx") as server, served(tmp_path) as other:
        addresses = [(f"{server.address}/{page}", preset) for page, preset in asked]
        categories = (*SCORES, "performance") if EVERY_LOOK else SCORES
        *found, wrong = lighthouse([*addresses, (f"{other}/wrong.html", "mobile")], categories)
    fast = [(*page, verdict.scores.pop("performance", None)) for page, verdict in zip(asked, found, strict=True)]
    if EVERY_LOOK:
        PERFORMANCE.with_stem(f"{PERFORMANCE.stem}-{city}").write_text(json.dumps(fast, indent=1), "utf-8")
    assert all((wrong.scores[category] or 0) < 100 for category in SCORES)
    assert {"image-alt", "errors-in-console", "document-title"} <= {audit for _, audit, _ in wrong.lost}
    assert [each for each in found if each.scores != dict.fromkeys(SCORES, 100) or each.error] == []
