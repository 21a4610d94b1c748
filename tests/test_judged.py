"""The pages before their judges: axe finds nothing (WCAG 2.2 AA) on any kind of page, the Nu checker no error."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from browser import kinds_of_pages, served
from chromium import needs_chromium, tab
from judges import accessibility, markup, needs_judges

pytestmark = [needs_chromium, needs_judges]

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
