"""Addresses inside the site, and the gate that looks at every link."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazette.building import links as links_module
from gazette.site.routes import relative, route


def test_routes() -> None:
    assert route("unit:jiangxia", "zh") == "zh/districts/jiangxia.html"
    assert route("theme:water#jiangxia", "en") == "en/themes/water.html#jiangxia"
    assert route("page:index", "en") == "en/index.html"
    assert route("about#doubtful", "zh") == "zh/about.html#doubtful"
    assert route("term:xiaohao", "en") == "en/glossary.html#xiaohao"
    assert route("file:data/pledges.csv", "en") == "data/pledges.csv"
    with pytest.raises(KeyError):
        route("nowhere", "zh")


@given(
    st.sampled_from(["a.html", "zh/a.html", "zh/b/c.html", "data/x.csv"]),
    st.sampled_from(["index.html", "zh/i.html", "zh/b/d.html"]),
)
def test_relative_links_lead_back(path: str, start: str) -> None:
    base = Path("/site") / start
    assert (base.parent / relative(path, start)).resolve() == Path("/site") / path


def test_broken_links_and_places_are_found() -> None:
    texts = {
        "zh/a.html": '<a href="b.html#x">1</a> <a href="b.html#nowhere">2</a>\n<a href="c.html">3</a> <a href="https://e.org">4</a>',
        "zh/b.html": '<p id="x"></p><a href="#x"></a><a href="/data/y.csv"></a>',
    }
    paths = frozenset([*texts, "data/y.csv"])
    ends = links_module.unresolved_links(texts.items())
    found = list(links_module.broken_links(ends, paths.__contains__, texts.__getitem__))
    assert [(p.path, p.line, p.code) for p in found] == [
        ("zh/a.html", 1, "anchor_broken"),
        ("zh/a.html", 2, "link_broken"),
    ]


def test_what_stands_elsewhere_is_not_asked_for_and_an_own_host_is_elsewhere() -> None:
    texts = {
        "zh/a.html": '<a href="https://e.gov.cn/c.html">1</a> <a href="//e.org/d.html">2</a> <a href="tel:1">3</a>',
        "404.html": '<a href="/%E6%96%87/zh/a.html">4</a>\n<a href="/%E6%96%87/zh/b.html">5</a>',
        "zh/b.pdf": '<a href="e.html#x">6</a><a href="#y">7</a>',
    }
    ends = links_module.unresolved_links(texts.items(), "/%E6%96%87/")
    assert {goal: (spot.path, spot.line) for goal, spot in ends.items()} == {
        ("zh/b.html", ""): ("404.html", 2),
        ("zh/e.html", "x"): ("zh/b.pdf", 1),
        ("zh/b.pdf", "y"): ("zh/b.pdf", 1),
    }
