"""A reader who has a keyboard and no mouse, at four times the size: 1280 by 1024 pixels hold 320 by 256 of CSS then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import kinds_of_pages, served
from chromium import Tab, needs_chromium, tab

pytestmark = needs_chromium

FOCUSED = """(() => {
  const own = document.activeElement;
  if (own === document.body) return null;
  const of = (element) => getComputedStyle(element);
  const hidden = of(own).opacity === "0" || of(own).clipPath.startsWith("inset(50%") || own.offsetWidth < 3;
  const shown = (hidden && own.labels?.[0]) || own;
  const around = [own, shown, own.parentElement, ...own.children, ...shown.children];
  const marked = around.some((each) => of(each).outlineStyle !== "none" && parseFloat(of(each).outlineWidth) > 0);
  const seen = [...shown.getClientRects()].some(({ left, top, width, height }) => [0.1, 0.5, 0.9].some((part) => {
    const above = document.elementFromPoint(left + width * part, top + height / 2);
    return above && (shown.contains(above) || (above.contains(shown) && above !== document.documentElement));
  }));
  const wide = document.documentElement.scrollWidth > innerWidth;
  const words = (own.textContent.trim() || own.ariaLabel || own.name || "").slice(0, 30);
  return { words: `${own.localName} ${words}`, marked, seen, wide };
})()"""
"""Where the focus is: whether it is marked, whether it can be seen (WCAG 2.2, 2.4.7 and 2.4.11), whether the page is
wider than its window (1.4.10)."""


@pytest.fixture(scope="module")
def reader(small: Path) -> Iterator[tuple[str, Tab]]:
    with served(small) as address, tab() as page:
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        page.ask("Emulation.setEmulatedMedia", features=[still])
        yield address, page


def press(page: Tab, key: str) -> None:
    code = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32, "/": 191}[key]
    text = {"text": {"Enter": "\r"}.get(key, key)} if key in ("Enter", " ", "/") else {}
    page.ask(
        "Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", key=key, windowsVirtualKeyCode=code, **text
    )
    page.ask("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)


def walked(page: Tab, most: int) -> list[dict[str, Any]]:
    """What has the focus, one after the other, up to the end of the page."""
    found = []
    for _ in range(most):
        press(page, "Tab")
        if (seen := page.evaluate(FOCUSED)) is None:
            break
        found.append(seen)
    return found


def test_what_has_the_focus_is_marked_and_seen_on_every_page(small: Path, reader: tuple[str, Tab]) -> None:
    address, page = reader
    wrong, steps = {}, 0
    for number, name in enumerate(kinds_of_pages(small, shortest=False)):
        if name.startswith(("zh/", "en/")[number % 2]) or "ledger" in name:
            page.open(f"{address}/{name}", 320, 256)
            found = walked(page, 100)
            steps += len(found)
            assert len({each["words"] for each in found}) > 3 or name.endswith("404.html"), name
            if bad := [each for each in found if not each["marked"] or not each["seen"] or each["wide"]]:
                wrong[name] = bad
    assert wrong == {} and steps > 800


COVERED = """[...document.querySelectorAll('.ledger__area > p:not(.to-top) a, .ledger tfoot td')].filter((own) => {
  const { left, top, width, height } = own.getBoundingClientRect();
  return width && !own.contains(document.elementFromPoint(left + Math.min(9, width / 2), top + height / 2));
}).map((own) => own.textContent)"""


@pytest.mark.parametrize("query", ["", "?theme=water", "?q=nowhere-to-be-found"])
def test_the_bar_of_the_ledger_comes_to_rest_below_it(reader: tuple[str, Tab], query: str) -> None:
    address, page = reader
    page.open(f"{address}/zh/ledger.html{query}", 360, 740)
    page.evaluate("document.querySelector('.ledger__area > p').scrollIntoView({block: 'center'})")
    assert page.evaluate(COVERED) == []


@pytest.fixture(scope="module", params=["", "a/b/c/", "disk"])
def place(request: pytest.FixtureRequest, small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site: at the root of a server, below some folders, and on this machine's disk."""
    if request.param == "disk":
        yield f"{small.as_uri()}/"
        return
    folder = tmp_path_factory.mktemp("server") / "root"
    site = folder / request.param
    site.parent.mkdir(parents=True, exist_ok=True)
    site.symlink_to(small)
    with served(folder) as address:
        yield f"{address}/{request.param}"


def to(page: Tab, words: str) -> None:
    """Presses Tab until what `words` select has the focus."""
    for _ in range(120):
        press(page, "Tab")
        if page.evaluate(f"document.activeElement.matches({words!r})"):
            return
    raise AssertionError(words)


def soon(page: Tab, what: str) -> bool:
    """Whether something becomes true."""
    wait = "new Promise((go) => setTimeout(go, 25))"
    return bool(
        page.evaluate(
            f"(async () => {{ for (let n = 0; n < 200 && !({what}); n += 1) await {wait}; return {what}; }})()"
        )
    )


def test_all_tools_are_worked_by_keyboard_wherever_the_site_lies(place: str) -> None:
    with tab() as page:
        page.open(f"{place}en/index.html", 1000)
        to(page, ".skip")
        press(page, "Enter")
        press(page, "Tab")
        assert page.evaluate("document.activeElement.closest('main') !== null"), "it leads past what all pages have"

        page.open(f"{place}en/about.html", 1000)
        to(page, "#size_medium")
        for kind in ("rawKeyDown", "keyUp"):
            page.ask("Input.dispatchKeyEvent", type=kind, key="ArrowRight", windowsVirtualKeyCode=39)
        assert page.evaluate("document.documentElement.dataset.size") == "large"
        page.evaluate("window.print = () => { window.printed = true; }")
        to(page, "[data-print]")
        press(page, "Enter")
        assert page.evaluate("window.printed") is True

        page.open(f"{place}zh/compare.html", 1000)
        assert page.evaluate("document.documentElement.dataset.size") == "large", "the size is remembered"
        for words in ("#pick_dengmi", "#pick_yinghuo", "#compare_only"):
            to(page, words)
            press(page, " ")
        shown = "[...document.querySelectorAll('.compare__unit')].filter((each) => each.checkVisibility())"
        assert page.evaluate(f"{shown}.map((each) => each.id)") == ["of_dengmi", "of_yinghuo"]

        page.open(f"{place}en/ledger.html", 1000)
        rows = "document.querySelectorAll('table.ledger tbody tr[id]:not([hidden])').length"
        all_of_them = page.evaluate(rows)
        to(page, "[data-ledger-tools] input")
        page.ask("Input.insertText", text="boiler")
        assert soon(page, f"{rows} < {all_of_them}") and page.evaluate(rows) > 0
        to(page, ".ledger__fold")
        before = page.evaluate("document.activeElement.ariaExpanded")
        press(page, "Enter")
        assert page.evaluate("document.activeElement.ariaExpanded") != before

        press(page, "/")
        page.ask("Input.insertText", text="boiler")
        assert soon(page, "document.querySelectorAll('.found ol a').length > 0")


def test_a_term_is_explained_or_leads_to_its_explanation(place: str, small: Path) -> None:
    """From disk a browser reads no other page; the term is a link then."""
    with tab() as page:
        name = next(each for each in kinds_of_pages(small) if 'class="term"' in (small / each).read_text("utf-8"))
        page.open(f"{place}{name}", 1000)
        to(page, "a.term")
        press(page, "Enter")
        if place.startswith("file:"):
            page.browser.hear("Page.loadEventFired", page.session)
            assert page.evaluate("location.pathname").endswith("glossary.html")
            return
        assert soon(page, "document.activeElement.className === 'definition'")
        press(page, "Escape")
        assert page.evaluate("document.activeElement.className") == "term"
