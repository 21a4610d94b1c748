"""What the pages look like to a reader, in a real browser: links, what is pressed, red, easy view, fonts, paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from browser import CHROMIUM, measure
from test_layout import SITE, build, kinds_of_pages

LOOKS = [{"width": width, "mode": mode} for width in (320, 360, 1440) for mode in ("plain", "elder")]

EASY = 24
"""The least size of letters in easy view, in CSS pixels (18 pt)."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the small city."""
    return build(SITE, tmp_path_factory.mktemp("look") / "site", "pages")


@pytest.fixture(scope="module")
def seen(site: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the ruler says of every kind of page."""
    if CHROMIUM is None and not os.environ.get("CI"):
        pytest.skip("no Chromium is installed")
    return measure(site, kinds_of_pages(site), LOOKS, tmp_path_factory.mktemp("server"))


def told(seen: list[dict[str, Any]], what: str) -> list[str]:
    return [f"{look['path']} {look['width']} {look['mode']}: {each}" for look in seen for each in look[what]]


def test_links_are_known_without_colours(seen: list[dict[str, Any]]) -> None:
    assert told(seen, "unmarked") == []


def test_what_is_pressed_is_large_enough_or_apart(seen: list[dict[str, Any]]) -> None:
    """WCAG 2.2, 2.5.8 (AA)."""
    assert told(seen, "crowded") == []


def test_easy_view_has_no_small_letters_and_fits_its_window(seen: list[dict[str, Any]]) -> None:
    easy = [look for look in seen if look["mode"] == "elder"]
    assert len(easy) > 100 and all(look["texts"] for look in easy)
    small = [(look["path"], look["smallest"]) for look in easy if look["smallest"][0] < EASY and not is_door(look)]
    assert small == []
    assert told(easy, "wrong") == []


def is_door(look: dict[str, Any]) -> bool:
    """The pages at the root, which have no choice of sizes."""
    return "/" not in look["path"].removeprefix("site/")
