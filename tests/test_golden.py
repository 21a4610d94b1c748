"""The golden tree: a page of each template as it is published, and rules that hold all other pages to those.

`make bless` writes it again; read the difference before you commit it.
"""

from __future__ import annotations

import difflib
import re
import shutil
from collections import defaultdict
from graphlib import TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest
from laid_out import templates_of
from lxml import html
from program import ROOT, SITE, tree
from published import pages, text_files
from reached import at_least_one
from shape import Shape, shape

GOLDEN = ROOT / "tests" / "golden"

RICHEST = (
    *("404.html", "index.html", "en/index.html", "en/units.html", "en/ledger.html", "en/deadlines.html"),
    *("en/compare.html", "en/status.html", "en/changes.html", "en/pledges/zhiyuan-5.html"),
    *("en/themes.html", "en/programmes.html", "en/glossary.html", "en/about.html", "en/method.html"),
    *("en/corrections.html",),
    *("en/downloads.html", "en/dictionary.html", "en/districts/dengmi.html", "en/pledges/dengmi-4.html"),
    *("en/themes/water.html", "en/programmes/denglong-zhidu.html", "en/districts/matou-gang.html"),
    *("en/notices.html", "en/notices/closing-2031-7.html", "en/search.html"),
    *("data/pledges.csv", "data/units.json", "sha256sums.txt"),
)
"""Of each template the page with the most to show, in one language; of the data one file of each kind."""

SHOWN = 40
"""So many lines of a difference are told."""


def unstamped(data: bytes) -> bytes:
    """A page without the digests in its addresses, so that another style is no other page."""
    return re.sub(rb'(?<=\?v=)[0-9a-f]{10}(?=")', b"digest", data)


def test_golden_tree(small: Path, request: pytest.FixtureRequest) -> None:
    found = text_files(small)
    made = {path: unstamped(found[path]) for path in RICHEST}
    if request.config.getoption("--bless", default=False):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for path, data in made.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(data)
    golden = tree(GOLDEN)
    assert sorted(made) == sorted(golden)
    lines = [line for path in made for line in difference(path, golden[path], made[path])]
    assert lines == [], "\n".join(["look, then `make bless`:", *lines[:SHOWN], f"({len(lines)} lines in all)"])


def difference(path: str, golden: bytes, made: bytes) -> list[str]:
    """What is other in a file, as `diff -u` shows it."""
    old, new = (data.decode("utf-8-sig").splitlines() for data in (golden, made))
    return [*difflib.unified_diff(old, new, f"golden/{path}", f"made/{path}", lineterm="", n=1)]


def test_a_difference_is_shown_where_it_is() -> None:
    shown = difference("a.html", b"1\n2\n3\n4\n5\n", b"1\n2\n3\nfour\n5\n")
    assert shown == ["--- golden/a.html", "+++ made/a.html", "@@ -3,3 +3,3 @@", " 3", "-4", "+four", " 5"]


# ── the rest, by rule ────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def alike(small: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Path]]:
    """The pages of the invented city by their template."""
    found = templates_of(SITE, tmp_path_factory.mktemp("golden") / "cache")
    by_template: dict[str, list[Path]] = defaultdict(list)
    for page in pages(small):
        by_template[found[page.relative_to(small).as_posix()]].append(page)
    return by_template


def test_each_template_of_pages_has_a_golden_page(small: Path, alike: dict[str, list[Path]]) -> None:
    without = [
        name for name, some in alike.items() if not {page.relative_to(small).as_posix() for page in some} & {*RICHEST}
    ]
    assert len(alike) > 15 and without == []


def root(page: Path) -> html.HtmlElement:
    return html.document_fromstring(page.read_bytes())


def test_twins_agree_in_structure_ids_and_numbers(published: Path) -> None:
    """A page in one language has the elements, the ids and the figures of the same page in the other one."""
    checked = 0
    for page in pages(published / "en"):
        one, other = root(page), root(published / "zh" / page.relative_to(published / "en"))
        assert sorted(one.xpath("//@id")) == sorted(other.xpath("//@id")), page
        if page.name not in DIFFERENT:
            assert shape(one) == shape(other), page
            assert one.xpath("//@id") == other.xpath("//@id"), page
        assert figures(one) == figures(other), page
        checked += len(figures(one))
    assert checked > 100


DIFFERENT = {
    "glossary.html": "the terms stand in the order of each language",
    "downloads.html": "the official edition is in Chinese alone",
}


def figures(page: html.HtmlElement) -> list[str]:
    """The texts of a page that are numbers and nothing else, in order; but years, which are one with
    their words in Chinese, and the key of the strokes."""
    texts = page.xpath("//main//text()[not(ancestor::*[@class='key__count'])]")
    return [text.strip() for text in texts if re.fullmatch(r"\s*\d{1,3}\s*", text)]


def test_pages_of_a_template_have_one_frame_and_their_parts_one_order(alike: dict[str, list[Path]]) -> None:
    for template, some in at_least_one(alike.items()):
        frames = {tuple(frame(root(page))) for page in some}
        assert len(frames) == 1, template
        after: dict[str, set[str]] = defaultdict(set)
        for page in some:
            for first, second in pairwise(parts(page)):
                after[second] |= {first} - {second}
        TopologicalSorter(after).prepare()  # raises CycleError where two parts stand in both orders


def frame(page: html.HtmlElement) -> Shape:
    """The elements around a page's own contents; which of the ways through the site leads here is no matter."""
    for main in page.xpath("//main"):
        main.clear()
    for link in page.xpath("//*[@aria-current]"):
        del link.attrib["aria-current"]
    return shape(page)


def parts(page: Path) -> list[str]:
    """The parts of a page's own contents, by their elements and classes."""
    return [f"{each.tag}.{each.get('class', '')}" for each in root(page).xpath("//main/*")]
