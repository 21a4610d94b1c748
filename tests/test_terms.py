"""Explanations open where their term stands; where they cannot, the term is a link."""

from __future__ import annotations

import shutil
from pathlib import Path

from browser import served
from chromium import needs_chromium, tab
from lxml import html

PAGE = "en/districts/jiangxia.html"
FIRST = "document.querySelector('.pledges a.term')"
SHOWN = "new Promise((done) => setTimeout(() => done(document.querySelector('.definition')?.innerText ?? ''), 600))"


def explanation(site: Path) -> tuple[str, str]:
    """The first term of the page, and the first paragraph that the glossary says of it."""
    link = html.parse(site / PAGE).xpath("//ol[@class='pledges']//a[@class='term']")[0]
    id = link.get("href").partition("#")[2]
    (entry,) = html.parse(site / "en" / "glossary.html").xpath(f"//dl/div[@id='{id}']")
    return entry.xpath("dt/text()")[0].strip(), entry.xpath("dd/p")[0].text_content().strip()


@needs_chromium
def test_a_term_opens_and_closes_where_it_stands(real: Path, tmp_path: Path) -> None:
    term, text = explanation(real)
    (tmp_path / "site").symlink_to(real)
    with served(tmp_path) as address, tab() as page:
        page.open(f"{address}/site/{PAGE}", 360, 800)
        page.evaluate(f"{FIRST}.click()")
        shown = page.evaluate(SHOWN)
        assert shown.startswith(term) and text in shown
        assert page.evaluate("document.activeElement.className") == "definition"
        assert page.evaluate(f"{FIRST}.getAttribute('aria-expanded')") == "true"
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        assert page.evaluate("document.querySelectorAll('.definition').length") == 1
        page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))")
        assert page.evaluate(SHOWN) == ""
        assert page.evaluate(f"document.activeElement === {FIRST}"), "the reader is back at the term"
        page.evaluate(f"{FIRST}.click()")
        assert page.evaluate(SHOWN)
        page.evaluate("document.querySelector('.definition button').click()")
        assert page.evaluate(SHOWN) == "" and page.evaluate("location.pathname").endswith(PAGE)


@needs_chromium
def test_without_its_glossary_a_term_is_a_link(real: Path, tmp_path: Path) -> None:
    """Such as on a page that was opened from disk: the browser goes where the link leads."""
    site = shutil.copytree(real, tmp_path / "site")
    with tab() as page:
        page.open(f"file://{site}/{PAGE}", 360, 800)
        page.evaluate(f"void {FIRST}.click()")
        page.browser.hear("Page.loadEventFired", page.session)
        assert page.evaluate("location.pathname").endswith("en/glossary.html") and page.evaluate("location.hash")
