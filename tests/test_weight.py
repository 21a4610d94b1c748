"""What a first visit has to wait for: the bytes of a page and of all that it loads, compressed, in a real browser."""

from __future__ import annotations

import gzip
import json
import re
from functools import cache
from pathlib import Path

from browser import kinds_of_pages, served
from chromium import needs_chromium, tab
from program import ROOT
from rcssmin import cssmin
from reached import at_least_one

from gazette.building.stamps import LOADED
from gazette.rendering.formats import lean_script

pytestmark = needs_chromium

KIB = 1024
MOST = {"zh": 60 * KIB, "en": 40 * KIB}
"""Bytes: the page, its style, scripts and fonts, as a server sends them with gzip."""

LOADED_BY_PAGE = "performance.getEntriesByType('resource').map((entry) => entry.name)"


@cache
def weight(path: Path) -> int:
    data = path.read_bytes()
    return len(data) if path.suffix == ".woff2" else len(gzip.compress(data, 6))


def test_a_first_visit_is_light(real: Path) -> None:
    """One page of each kind of the real city, at a phone's width, each by a visitor who was never there."""
    heavy, seen = {}, 0
    asked = [page for page in kinds_of_pages(real, shortest=False) if page[:3] in ("zh/", "en/")]
    with served(real) as address:
        for page in asked:
            with tab() as visitor:
                visitor.open(f"{address}/{page}", 360, 740)
                loaded = visitor.evaluate(LOADED_BY_PAGE)
            assert all(name.startswith(address) for name in loaded), "another host was asked"
            files = {page, *(name.removeprefix(f"{address}/").partition("?")[0] for name in loaded)}
            weights = {name: weight(real / name) for name in files}
            assert "static/site.css" in weights and any(name.endswith(".woff2") for name in weights), page
            if sum(weights.values()) > MOST[page[:2]]:
                heavy[page] = weights
            seen += 1
    assert heavy == {} and seen > 35


def test_scripts_are_few(real: Path) -> None:
    assert sum(weight(real / path) for path in LOADED if path.endswith(".js")) <= 15 * KIB


def test_what_is_taken_out_of_the_scripts_is_no_part_of_them() -> None:
    """Lines of comment and indents: no text runs over lines, where an indent would be a part of it."""
    for path in at_least_one(sorted((ROOT / "templates" / "static").glob("*.js"))):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        assert [line for line in lines if line.count("`") % 2] == [], path
        comments = [line for line in lines if re.fullmatch(r" *(//.*|/\*\*.*\*/)\n", line)]
        lean = [line.lstrip(" ") for line in lines if line not in comments]
        assert lean_script("".join(lines)) == "".join(lean), path


READ = """(text) => { const style = document.createElement("style"); style.textContent = text;
    document.head.append(style); return [...style.sheet.cssRules].map((rule) => rule.cssText) }"""


def test_what_is_taken_out_of_the_style_for_its_weight_changes_no_rule() -> None:
    written = "".join(
        re.sub(r"[^\n]*\{[{%].*", "", path.read_text("utf-8"))
        for path in sorted((ROOT / "templates" / "styles").glob("*.css"))
    )
    with tab() as page:
        page.open("data:text/html,<p>x")
        before, after = (
            [rule.replace(", ", ",") for rule in page.evaluate(f"({READ})({json.dumps(text)})")]
            for text in (written, cssmin(written))
        )
    assert after == before and len(before) > 400
