"""Markup, and the words of other scripts: how texts become HTML."""

from __future__ import annotations

import re
import string
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape
from reached import at_least_one

from gazette.model.text.markdown import article, parse, pieces, printed_article
from gazette.model.text.markup import LINK, mistyped, plain, printed, prose
from gazette.rendering.typography import Place, hyphenate, mark_runs

TAGS = {"Hans": "zh-Hans", "Latn": "en"}


@given(st.text(max_size=80))
def test_a_text_without_links_is_only_escaped(text: str) -> None:
    if not LINK.search(text):
        assert prose(text, str, escape) == escape(text) and plain(text) == text


@given(st.text(max_size=40), st.text(alphabet=string.ascii_letters + "区 ", min_size=1, max_size=10))
def test_a_link_keeps_its_words(before: str, words: str) -> None:
    text = f"{before}[{words}](term:xiaohao)"
    if len(LINK.findall(text)) == 1 and "[" not in before:
        assert plain(text) == before + words
        html = prose(text, lambda target: f"#{target}", escape)
        assert html == f'{escape(before)}<a class="term" href="#term:xiaohao">{escape(words)}</a>'


def test_articles_have_no_raw_html_and_all_links_are_seen() -> None:
    body = "<b>x</b> [a](term:x) [b](page:ledger)\n\n![p](http://e.org/p.png)\n\n[c](javascript:alert(1))\n"
    assert [piece.text for piece in pieces(parse(body)[0]) if piece.kind in ("link", "picture")] == [
        "term:x",
        "page:ledger",
        "http://e.org/p.png",
        "javascript:alert(1)",
    ]
    html = article(
        "<script>alert(1)</script> [a](term:x)\n\n## H\n", lambda target: f"#{target}", escape, "Table", level=3
    )
    assert "<script>" not in html and "&lt;script&gt;" in html and '<a href="#term:x" class="term">a</a>' in html
    assert "<h3>H</h3>" in html


def outward(words: str, address: str) -> Markup:
    return Markup("<{}|{}>").format(words, address)


def test_on_paper_a_link_leads_out_of_the_site_or_is_only_words() -> None:
    text = "[a](term:x) & [b](https://e.org/?c=1&d) [e](page:ledger)."
    assert printed(text, escape, outward) == "a &amp; <b|https://e.org/?c=1&amp;d> e."
    body = "*x* [a](term:x) [b **c**](https://e.org/_d_e) <https://e.org/f> [g](page:ledger)."
    html = printed_article(body, escape, outward)
    assert html == "<p><em>x</em> a <b c|https://e.org/_d_e> <https://e.org/f|https://e.org/f> g.</p>\n"


def test_a_table_of_a_page_stands_in_a_box_that_scrolls() -> None:
    html = article("| a |\n|---|\n| 1 |\n", str, escape, 'Table "wide"')
    assert html.startswith('<div class="scroll" role="region" aria-label="Table &#34;wide&#34;" tabindex="0"><table>')
    assert html.endswith("</table></div>\n")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        (
            "见https://e.org/a?b=c_d&e=f-g。",
            "https://<wbr>e.<wbr>org/<wbr>a?<wbr>b=<wbr>c_<wbr>d&amp;<wbr>e=<wbr>f-<wbr>g",
        ),
        ("编号XMBH2031DENGMI00000123号", "XMBH2031DENGMI00000123"),
        ("the well-known-and-often-used-words", ""),
        ("nineteen-and-no-more", ""),
    ],
)
def test_long_addresses_and_codes_are_marked_with_their_places_to_break(text: str, marked: str) -> None:
    html = mark_runs(text, "Hans", {"Hans": "zh-Hans"})
    assert re.findall('<span class="run">(.*?)</span>', html) == ([marked] if marked else [])
    assert Markup(html).striptags() == text
    assert "run" not in mark_runs(text, "Hans", {"Hans": "zh-Hans"}, "paper")


@pytest.mark.parametrize(
    ("text", "found", "likely"),
    [
        ("见[销号](term: xiaohao)。", "[销号](term: xiaohao)", "[销号](term:xiaohao)"),
        ("见［销号］（term：xiaohao）。", "［销号］（term：xiaohao）", "[销号](term:xiaohao)"),
        ("见[销号](term:xiaohao 后文", "[销号](term:xiaohao", "[销号](term:xiaohao)"),
        ("[a](term:b)见[文](https://e.org/x", "[文](https://e.org/x", "[文](https://e.org/x)"),
        ("[](page:units)", "[](page:units)", "[…](page:units)"),
    ],
)
def test_what_looks_like_a_link_is_told_with_what_was_meant(text: str, found: str, likely: str) -> None:
    assert [(wrong.found, wrong.likely) for wrong in mistyped(text)] == [(found, likely)]
    assert text[next(mistyped(text)).offset :].startswith(found)


@pytest.mark.parametrize(
    "text",
    [
        "国发［2013］37号（见附件）",
        "[1]（注）",
        "Home page: all",
        "见[销号](term:xiaohao)、[台账](page:ledger)。",
        "homepage:a",
    ],
)
def test_what_is_no_link_or_a_right_one_is_left_alone(text: str) -> None:
    assert list(mistyped(text)) == []


@pytest.mark.parametrize(
    ("text", "script", "expected"),
    [
        ("the 正 tally", "Latn", 'the <span lang="zh-Hans">正</span> tally'),
        (
            "河湖(湖) <x>",
            "Latn",
            '<span lang="zh-Hans">河湖</span>(<span lang="zh-Hans">湖</span>) &lt;x&gt;',
        ),
        ("《汉阳区规定》", "Latn", '《<span lang="zh-Hans">汉阳区规定》</span>'),
        ("PM10和PDF", "Hans", "PM10和PDF"),
        ("英文名 Airport Zone 的来历", "Hans", '英文名 <span lang="en">Airport Zone</span> 的来历'),
    ],
)
def test_foreign_runs(text: str, script: str, expected: str) -> None:
    assert mark_runs(text, script, TAGS) == expected


@given(st.text(max_size=60))
def test_marking_changes_no_character(text: str) -> None:
    for script in TAGS:
        for place in at_least_one(get_args(Place)):
            assert re.sub(r"</?(?:span|wbr)[^>]*>", "", mark_runs(text, script, TAGS, place)) == escape(text)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("East Lake Eco-tourism Scenic Area", ["Eco-tourism"]),
        ("Jiang’an-Wu, or (Econ-Tech) “High-tech”", ["Jiang’an-Wu", "Econ-Tech", "High-tech"]),
        ("Jiang’an District", []),
        ("A word-of-thirteen letters", []),
        ("High-tech/zone-of-20-letters d00016-3 -a- a--b", []),
        ("英文名 High-tech Zone 的来历", ["High-tech"]),
    ],
)
def test_short_words_with_hyphens_stay_whole_in_names(text: str, whole: list[str]) -> None:
    for script in ("Latn", "Hans"):
        marked = mark_runs(text, script, TAGS, "name")
        assert re.findall(r'<span class="word">([^<]+)</span>', marked) == whole
        assert 'class="word"' not in mark_runs(text, script, TAGS, "page")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Dongxihu District", "Dongxihu District"),
        ("Wuchangzhen", "Wu|chang|zhen"),
        ("Jiang’anqiaokou", "Jiang’_an|qiao|kou"),
        ("Rectification Office", "Rec|ti|fic|a|tion Office"),
        ("（Responsibility）", "（Respons|ib|il|ity）"),
        ("整改责任单位", "整改责任单位"),
    ],
)
def test_long_words_break_at_their_syllables(text: str, shown: str) -> None:
    """Names in pinyin by their syllables, other words by the patterns of the language; short ones stay whole."""
    assert hyphenate(text, "en_GB").replace("\u00ad", "|").replace("\u200b", "_") == shown


@given(st.text(alphabet=string.ascii_letters + "’' -整改", max_size=60), st.sampled_from(["en_GB", "zh_Hans_CN", "xx"]))
def test_breaking_words_changes_no_letter(text: str, locale: str) -> None:
    broken = hyphenate(text, locale)
    assert re.sub("[\u00ad\u200b]", "", broken) == text
    assert text == "" or all(re.split("[\u00ad\u200b]", broken)), "no break stands at an end, or beside another"
