"""What the site says of itself to its readers is tested: accessibility, privacy, corrections."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
from program import ROOT
from published import is_door, pages
from reached import at_least_one

STYLES = (ROOT / "templates" / "styles" / "tokens.css").read_text("utf-8")
SCRIPTS = "".join(path.read_text("utf-8") for path in (ROOT / "templates" / "static").glob("*.js"))
TEXTS = ("--ink", "--ink-2", "--ink-3", "--zhu", "--qing")
POLICIES = ("accessibility", "privacy", "corrections")


def palettes() -> list[dict[str, str]]:
    """The colours of each block of tokens that sets paper: light, dark by the system, dark by choice, print."""
    blocks = re.findall(r"\{([^{}]*--paper:[^{}]*)\}", STYLES)
    assert len(blocks) == 4
    return [dict(re.findall(r"(--[\w-]+): #([0-9a-f]{3,6});", block)) for block in blocks]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    whole = colour if len(colour) == 6 else "".join(2 * digit for digit in colour)
    parts = [int(whole[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_text_stands_out_from_paper() -> None:
    """The statement: at least 4.5 to 1, on light pages and on dark ones."""
    for colours in at_least_one(palettes()):
        for ground in ("--paper", "--paper-tint"):
            for text in TEXTS:
                light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
                assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground, colours)


def test_the_pages_set_no_cookies_and_keep_the_text_size_alone() -> None:
    assert "cookie" not in SCRIPTS.lower() and "sessionStorage" not in SCRIPTS and "indexedDB" not in SCRIPTS
    assert {*re.findall(r"localStorage\.\w+\(\"([^\"]+)\"", SCRIPTS)} == {"gazette-size"}
    assert SCRIPTS.count("localStorage") == 2
    assert not re.search(r"sendBeacon|XMLHttpRequest|WebSocket|new Image\b", SCRIPTS)


def test_keys_reach_everything_in_its_order(published: Path) -> None:
    seen = 0
    for page in pages(published):
        tree = lxml.html.fromstring(page.read_bytes())
        links = [*tree.iter("a")]
        passed_over = [each for each in tree.iter() if each.get("tabindex") not in (None, "0")]
        seen += len(passed_over)
        for each in passed_over:  # a stroke of a picture, which leads to what keys reach in the list below it
            assert each.get("tabindex") == "-1" and each.get("href").startswith("#"), page
            assert any(one.get("aria-hidden") == "true" for one in each.iterancestors()), page
            place = tree.get_element_by_id(each.get("href")[1:])
            assert any(link not in passed_over for link in place.iter("a")), page
        if not is_door(page, published):
            assert links[0].get("class") == "skip" and tree.get_element_by_id(links[0].get("href")[1:]) is not None
    assert seen


def test_nothing_plays_or_asks_by_itself(published: Path) -> None:
    for page in at_least_one(pages(published)):
        text = page.read_text("utf-8")
        assert not re.search(r"<(audio|video|dialog|marquee|canvas|embed|object)\b|autoplay|alert\(", text)
        assert page.parent == published or "http-equiv" not in text


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("policy", POLICIES)
def test_every_page_leads_to_the_policies(published: Path, code: str, policy: str) -> None:
    every = (page for page in (published / code).rglob("*.html") if "/embed/" not in page.as_posix())
    shown = [page for page in every if not is_door(page, published)]
    assert len(shown) > 20 and (published / code / f"{policy}.html") in shown
    for page in shown:
        assert f'{policy}.html"' in page.read_text("utf-8").partition("<footer")[2]


def test_the_shipped_policies_name_no_contact_that_is_not_set(real: Path) -> None:
    """The shipped settings have no publisher: the pages say nothing of one."""
    for code in ("zh", "en"):
        for policy in POLICIES:
            main = (real / code / f"{policy}.html").read_text("utf-8").partition("<main")[2].partition("</main>")[0]
            assert "mailto:" not in main and "@" not in main and "action" not in main
