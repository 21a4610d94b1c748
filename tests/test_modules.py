"""The small modules: status, markup, typography, routes, links, tables, problems, typeface."""

from __future__ import annotations

import ast
import datetime
import io
import json
import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from gazette.building import links as links_module
from gazette.fonts.typeface import PRINT_FONTS, heading_woff2, missing, repertoire
from gazette.messages.catalogue import MESSAGES
from gazette.messages.problems import ContentError, Problem
from gazette.model.markdown import article, parse, pieces, printed_article
from gazette.model.markup import LINK, mistyped, plain, printed, prose
from gazette.model.records import Pledge
from gazette.model.status import status
from gazette.pictures.wordmark import FONT, wordmark
from gazette.planning.open_data import csv_head
from gazette.reading.decode import compose, decode
from gazette.rendering.formats import inner, quoted_names, searched
from gazette.rendering.typography import cut, described, mark_runs
from gazette.site.data_format import csv_rows
from gazette.site.routes import relative, route

PACKAGE = Path(__file__).resolve().parent.parent / "gazette"
TAGS = {"Hans": "zh-Hans", "Latn": "en"}


# ── status ───────────────────────────────────────────────────────────────────

T = {"zh": "文", "en": "text"}


def pledge(deadline: str, *updates: dict[str, object], **more: object) -> Pledge:
    stated = {
        "id": "yun-1", "covers": [1], "title": T, "text": T, "themes": ["water"], "checkable": "yes",
        "done_when": T, "deadline": deadline, "source": {"section": "云"}, "updates": list(updates), **more,
    }  # fmt: skip
    return decode("x.yaml", compose("x.yaml", json.dumps(stated)), Pledge, ("zh", "en"))


REPORT = {"date": "2017-03-01", "state": "under-way", "text": T}
ACCEPTED = {
    "date": "2017-05-01", "state": "accepted", "text": T, "inspected": "2017-04-01", "body": T, "basis": T,
    "notice": {"begin": "2017-04-10", "end": "2017-04-20"},
}  # fmt: skip


NOTICE = {
    "date": "2017-04-10", "state": "notice", "text": T, "inspected": "2017-04-01", "body": T,
    "notice": {"begin": "2017-04-10", "end": "2017-04-20"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("made", "as_of", "code", "alert"),
    [
        (pledge("2017"), None, "none", ""),
        (pledge("2017"), "2017-12-31", "none", ""),
        (pledge("2017"), "2018-01-01", "none", "past"),
        (pledge("2017", REPORT), "2018-01-01", "under-way", "overdue"),
        (pledge("2017", REPORT), "2017-12-31", "under-way", ""),
        (pledge("2017", REPORT, ACCEPTED), "2030-01-01", "accepted", ""),
        (pledge("unstated", NOTICE), None, "notice", ""),
        (pledge("unstated", NOTICE), "2017-04-20", "notice", ""),
        (pledge("unstated", NOTICE), "2017-04-21", "notice-over", ""),
        (pledge("2017-04", NOTICE), "2017-05-01", "notice-over", "overdue"),
        (pledge("unstated", NOTICE, ACCEPTED), "2017-06-01", "accepted", ""),
        (pledge("unstated", NOTICE, withdrawn={"date": "2017-05-02", "reason": T}), "2017-06-01", "withdrawn", ""),
        (pledge("unstated"), "2099-01-01", "none", ""),
        (pledge("limit", REPORT), "2099-01-01", "under-way", ""),
        (pledge("monthly"), "2099-01-01", "none", ""),
        (pledge("2017", withdrawn={"date": "2017-02-01", "reason": T}), "2099-01-01", "withdrawn", ""),
    ],
)
def test_status(made: Pledge, as_of: str | None, code: str, alert: str) -> None:
    found = status(made, datetime.date.fromisoformat(as_of) if as_of else None)
    assert (found.code, found.alert) == (code, alert)
    depends = status(made, None) != status(made, datetime.date.fromisoformat(as_of) if as_of else None)
    assert bool(found.as_of) == depends, "what depends on the date says the date, and nothing else does"


# ── markup and typography ────────────────────────────────────────────────────


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
    html = mark_runs(text, "Hans", {"Hans": "zh-Hans"}, breakable=True)
    assert re.findall('<span class="run">(.*?)</span>', html) == ([marked] if marked else [])
    assert Markup(html).striptags() == text
    assert "run" not in mark_runs(text, "Hans", {"Hans": "zh-Hans"})


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
        assert re.sub(r"</?span[^>]*>", "", mark_runs(text, script, TAGS)) == escape(text)


# ── routes and links ─────────────────────────────────────────────────────────


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


# ── tables ───────────────────────────────────────────────────────────────────


def test_csv_is_what_spreadsheets_expect() -> None:
    assert csv_rows((("a", '说“好”,\n"x"'), ("b", "c"))) == 'a,"说“好”,\n""x"""\r\nb,c\r\n'
    assert csv_head("units", ("zh", "en")).startswith("\ufeffid,name_zh,name_en,")


# ── problems ─────────────────────────────────────────────────────────────────


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_message_exists_in_both_languages_with_the_same_values() -> None:
    for code, words in MESSAGES.items():
        assert set(words) == {"zh", "en"}, code
        assert fields(words["zh"]) == fields(words["en"]), code
        assert words["zh"].endswith(("。", "}")) and words["en"].endswith((".", "}")), code


def test_every_message_is_used_and_every_code_has_a_message() -> None:
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py") if path.name != "catalogue.py")
    constants = {
        node.value
        for node in ast.walk(ast.parse(source.replace("from __future__ import annotations", "")))
        if isinstance(node, ast.Constant)
    }
    unused = {code for code in MESSAGES if code not in constants and not code.startswith("unknown_")}
    assert unused == set()
    for code in re.findall(
        r'(?:PydanticCustomError|Problem\.at|desk\.at)\([^"()]*(?:\([^)]*\))?[^"()]*"([a-z_]+)"', source
    ):
        assert code in MESSAGES or code == "several", code


def test_problems_are_sorted_single_and_survive_pickling() -> None:
    import pickle

    one, two = Problem.at("a.yaml", 2, 1, "tab"), Problem.at("a.yaml", 1, 9, "yaml_merge")
    error = ContentError([one, two, one])
    assert error.problems == (two, one)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_what_was_found_is_shown_on_one_short_line() -> None:
    shown = Problem.at("a", 1, 1, "timezone", found="x\ny\x1b[31m" + "长" * 500).show("en")
    assert "\n" not in shown and "\x1b" not in shown and len(shown) < 300


# ── fonts ────────────────────────────────────────────────────────────────────


def test_print_fonts_hold_gb2312_and_the_rare_names() -> None:
    wanted = set("硚陂晟欷滠湾①→□■“”‘’—…·《》")
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                wanted.add(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    assert len(wanted) > 6_700
    assert missing("".join(wanted)) == ""
    assert missing("好😀 \n") == "😀"
    assert len(repertoire()) > 9_000


def test_fonts_are_one_file_a_family_and_weight_with_a_licence() -> None:
    from fontTools.ttLib import TTFont

    names = [str(TTFont(io.BytesIO(path.read_bytes()))["name"].getDebugName(4)) for path in PRINT_FONTS]
    assert len(names) == len(set(names)) >= 5
    assert len(list((PACKAGE / "fonts").glob("OFL-*.txt"))) >= 3


def test_heading_font_repeats_and_keeps_narrow_quotes() -> None:

    from fontTools.ttLib import TTFont

    characters = "整改承诺公开“”’Gazette"
    data = heading_woff2(FONT, characters)
    assert data == heading_woff2(FONT, characters) and data[:4] == b"wOF2"
    font = TTFont(io.BytesIO(data))
    assert set(map(ord, characters)) <= set(font.getBestCmap())
    assert "pwid" in {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_quotations_in_quotations_take_inner_marks() -> None:
    """GB/T 15834: “ ” outside, ‘ ’ inside, “ ” again in these. Apostrophes stay."""
    assert inner("完成“三网”拆除") == "完成‘三网’拆除"
    assert inner("写明“所谓‘河’长”的") == "写明‘所谓“河”长’的"
    assert inner("Jiang’an’s “three nets”") == "Jiang’an’s ‘three nets’"
    assert inner("the units’ ‘own’ word") == "the units’ “own” word"
    assert inner("plain") == "plain"


def test_names_in_quotation_marks_are_known() -> None:
    assert quoted_names("{site}，“{title}”，编号{id}。") == {"title"}
    assert quoted_names("{site}, “all of {title} ({id})”.") == {"title", "id"}
    assert quoted_names("“plain” {n} “words”") == frozenset()


def test_a_search_needs_each_word_once_and_none_that_stands_beside_it() -> None:
    assert searched("该区将拆除三网，该区将拆除三网；再治理。", "再治理湖泊") == "该区将拆除三网"
    assert searched("The Zone will plant, and plant 12 trees.", "Plant trees") == "the zone will and 12"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("短。", "短。"),
        ("汉" * 79 + "。", "汉" * 79 + "。"),
        ("汉" * 60 + "。" + "字" * 60 + "。", "汉" * 60 + "。"),
        ("汉" * 70 + "，" + "字" * 60 + "。", "汉" * 70 + "…"),
        ("字" * 200, "字" * 80 + "…"),
        ("One sentence that is long enough to be half of it, at least so far as here it goes. " + "more " * 30, None),
        ("word " * 50, "word " * 31 + "word…"),
    ],
)
def test_descriptions_end_behind_sentences_or_words(text: str, shown: str | None) -> None:
    assert described(text) == (shown or text[: text.index(".") + 1])


def test_wordmark_gives_the_tally_its_own_ink() -> None:
    mark = wordmark("整改", "#b32d18")
    assert mark.count("<path") == 2 and 'class="zheng" fill="#b32d18"' in mark and "<title>整改</title>" in mark
    assert "zheng" not in wordmark("Gazette") and "&lt;" in wordmark("<x>")


def test_names_are_cut_where_there_is_room_for_usual_ones() -> None:
    assert cut("武汉东湖新技术开发区", 10) == "武汉东湖新技术开发区"
    assert cut("武汉东湖新技术开发区", 9) == "武汉东湖新技术开发…"
    assert cut("East Lake High-tech Development Zone", 28) == "East Lake High-tech Development Zone"
    assert cut("East Lake High-tech", 5) == "East Lak…"
