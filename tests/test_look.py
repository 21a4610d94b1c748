"""What the pages look like to a reader, in a real browser: links, what is pressed, red, easy view, fonts, paper."""

from __future__ import annotations

import html
import itertools
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from browser import kinds_of_pages, measure, on_paper
from chromium import needs_chromium
from program import SITE
from shared import once, root

from gazette.rendering.typography import DESCRIPTION

WORDS = yaml.load((SITE / "words.yaml").read_text("utf-8"), yaml.CSafeLoader)

SCREENS = [{"width": width, "mode": mode} for width in (320, 768, 1440) for mode in ("plain", "elder")]
REAL = [SCREENS[1], SCREENS[2], SCREENS[4]]
"""Of the shipped city, whose pages have the same templates: the narrowest in easy view, the others plain."""
PRINTED = {"width": 658, "mode": "print"}
"""The type area of A4 with the margins of a printed page, in CSS pixels."""

EASY = 24
"""The least size of letters in easy view, in CSS pixels (18 pt)."""


@pytest.fixture(scope="module")
def seen(small: Path, real: Path, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the ruler says of every kind of page of both cities."""

    def measured(file: Path) -> None:
        found = [
            look
            for city, looks in ((small, [*SCREENS, PRINTED]), (real, REAL))
            for look in measure(city, kinds_of_pages(city), looks, tmp_path_factory.mktemp("server"))
        ]
        file.write_text(json.dumps(found), "utf-8")

    found: list[dict[str, Any]] = json.loads(once(root(tmp_path_factory) / "looks.json", measured).read_text("utf-8"))
    assert len(found) > 300 and all(look["texts"] for look in found)
    return found


@pytest.fixture(scope="module")
def screens(seen: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [look for look in seen if look["mode"] != "print"]


def told(seen: list[dict[str, Any]], what: str) -> list[str]:
    return [f"{look['path']} {look['width']} {look['mode']}: {each}" for look in seen for each in look[what]]


@needs_chromium
def test_nothing_leaves_its_box(seen: list[dict[str, Any]]) -> None:
    """Nor scrolls a page sideways, on screens and on paper. (Cities that are overfull: test_layout.)"""
    assert told(seen, "wrong") == []


@needs_chromium
def test_the_heading_font_is_loaded(seen: list[dict[str, Any]]) -> None:
    assert [look["path"] for look in seen if "error" in look["faces"]] == []
    without = {look["path"] for look in seen if "loaded" not in look["faces"]}
    assert {Path(path).stem for path in without} <= {"dengmi-9"}, "only what leads on from a former number needs none"


@needs_chromium
def test_what_leads_through_the_site_is_as_high_as_a_thumb(screens: list[dict[str, Any]]) -> None:
    assert told(screens, "low") == []


@needs_chromium
def test_links_are_known_without_colours(screens: list[dict[str, Any]]) -> None:
    assert told(screens, "unmarked") == []


@needs_chromium
def test_what_is_pressed_is_large_enough_or_apart(screens: list[dict[str, Any]]) -> None:
    """WCAG 2.2, 2.5.8 (AA)."""
    assert told(screens, "crowded") == []


@needs_chromium
def test_easy_view_has_no_small_letters_and_fits_its_window(screens: list[dict[str, Any]]) -> None:
    easy = [look for look in screens if look["mode"] == "elder"]
    assert len(easy) > 100
    found = [(look["path"], look["smallest"]) for look in easy if look["smallest"][0] < EASY and not is_door(look)]
    assert found == []


def is_door(look: dict[str, Any]) -> bool:
    """The pages at the root and those for what is not found, which have no choice of sizes."""
    return "/" not in look["path"].removeprefix("site/") or look["path"].endswith("/404.html")


@needs_chromium
def test_no_word_is_torn(screens: list[dict[str, Any]]) -> None:
    assert told(screens, "torn") == []


@needs_chromium
def test_lines_have_room_between_them(screens: list[dict[str, Any]]) -> None:
    """Also where letters were made larger and a line's height was not."""
    assert told(screens, "tight") == []


@needs_chromium
def test_no_heading_is_larger_than_the_head_of_its_page(screens: list[dict[str, Any]]) -> None:
    assert told(screens, "larger") == []


@needs_chromium
def test_what_scrolls_sideways_has_no_bar_beside_it(screens: list[dict[str, Any]]) -> None:
    assert told(screens, "barred") == []


@needs_chromium
def test_a_kind_of_deadline_has_one_mark_wherever_it_stands(screens: list[dict[str, Any]]) -> None:
    """The lanes are the key of the marks beside deadlines: no mark may mean something else elsewhere."""
    marks: dict[str, set[str]] = {}
    for look in screens:
        for kind, stroke in look["strokes"]:
            marks.setdefault("stated" if kind in STATED else kind, set()).add(stroke)
    assert set(marks) == {"stated", "rhythm", "limit", "standing", "unstated"}
    drawn = [stroke for strokes in marks.values() for stroke in strokes]
    assert len(drawn) == len(set(drawn)) == len(marks), marks


STATED = ("date", "month", "year", "period")
"""Deadlines that the source states as a time of the calendar: one mark for all."""


@needs_chromium
def test_what_is_torn_is_seen(tmp_path: Path) -> None:
    """The ruler itself: of five words two are torn, one heading is too large, and lines of one text are too close."""
    (site := tmp_path / "site").mkdir()
    style = "h1 { font-size: 16px } h2 { font-size: 20px } "
    style += "div { width: 60px; font: 16px monospace; overflow-wrap: anywhere }"
    body = "<h1>Head</h1><h2>Larger</h2><div>Rectification of Accountability</div><div class='run'>Rectification</div>"
    body += "<p style='width: 60px; line-height: 1'>two lines or three</p>"
    (site / "x.html").write_text(f"<!doctype html><meta charset='utf-8'><style>{style}</style>{body}", "utf-8")
    (look,) = measure(site, ["x.html"], [{"width": 320, "mode": "plain"}], tmp_path / "server")
    assert [words.split()[0] for words in look["torn"]] == ["“Rectification”", "“Accountability”"]
    assert look["larger"] == ["20 px over 16 px"]
    assert [words.split(" in ")[0] for words in look["tight"]] == ["“two lines or three”"]


# ── ink ──────────────────────────────────────────────────────────────────────

ALARMS = re.compile("zheng|overdue|past|late|alert|doubtful|correction|note__before")
"""What may be red: the 正 of the name; what is overdue, in doubt, or corrected."""


def _style_of(site: Path) -> str:
    return "".join(sheet.read_text("utf-8") for sheet in sorted((site / "static").glob("*.css")))


def test_red_is_an_alarm_and_nothing_else(small: Path) -> None:
    style = re.sub(r"/\*.*?\*/", "", _style_of(small), flags=re.S)
    red = [rule[0].strip() for rule in re.findall(r"([^{}]+)\{([^{}]*)\}", style) if "var(--zhu" in rule[1]]
    assert len(red) >= 5
    assert [rule for rule in red if not ALARMS.search(rule)] == []


def test_notes_say_their_kind_to_the_style(small: Path) -> None:
    """A doubtful passage is red, an ordinary note is not."""
    pages = "".join(page.read_text("utf-8") for page in (small / "en" / "districts").iterdir())
    assert set(re.findall('role="note" class="note note--([a-z]+)"', pages)) == {"doubtful", "remark", "correction"}


def test_a_pledge_of_principle_has_no_yardstick_of_what_is_done(small: Path) -> None:
    level, found = WORDS["checkable"]["principle"]["en"], set()
    for page in (small / "en" / "pledges").glob("*.html"):
        text = page.read_text("utf-8")
        heading = re.search(r'sub--editors">\s*<h2>(.*?)</h2>', text)
        if heading is None:  # a page that leads on from a former number
            continue
        principle = f"<dd>{level}</dd>" in text
        found.add(principle)
        assert heading[1] == WORDS["heading"]["look_at" if principle else "done_when"]["en"], page
    assert found == {True, False}


# ── heads ────────────────────────────────────────────────────────────────────


def test_descriptions_are_short(small: Path) -> None:
    pages = [*small.glob("*/*.html"), *small.glob("*/*/*.html")]
    found = [re.search('name="description" content="([^"]*)"', page.read_text("utf-8")) for page in pages]
    long = [match[1] for match in found if match and 0 < DESCRIPTION < width(html.unescape(match[1]))]
    assert len(found) > 60 and all(found) and long == []


def width(text: str) -> float:
    return sum(1.0 if character > "\u2e7f" else 0.5 for character in text)


# ── paper ────────────────────────────────────────────────────────────────────


@needs_chromium
def test_the_ledger_on_paper_has_heads_on_every_page_and_whole_words(real: Path) -> None:
    """Of the real city: it has several pages. What is chosen stands above the table."""
    heads = [WORDS["ledger"][name]["zh"] for name in ("pledge", "status", "checkable", "id")]
    whole = on_paper((real / "zh" / "ledger.html").as_uri())
    assert len(whole) > 4 and all(head in page for page in whole[:-1] for head in heads)
    assert "".join(whole).count(WORDS["state"]["none"]["zh"]) >= 217, "no word of a state is torn"
    chosen = on_paper(f"{(real / 'en' / 'ledger.html').as_uri()}?theme=water&q=plant")
    told = " ".join("".join(chosen).split())
    assert "of 217 shown · Find: “plant” · Theme: Water" in told


@needs_chromium
def test_a_pledge_on_paper_has_no_page_for_its_citation_alone(small: Path) -> None:
    for code in ("zh", "en"):
        # between words of different parts of the heading font no reader knows whether there is a space
        pages = ["".join(page.split()) for page in on_paper((small / code / "pledges" / "dengmi-3.html").as_uri())]
        cite, history = ("".join(WORDS["heading"][name][code].split()) for name in ("cite", "history"))
        (place,) = [number for number, page in enumerate(pages) if cite in page]
        above = pages[place].partition(cite)[0]
        assert history in above or len(above) > 80


LONE = (
    *(
        "pledges/jiangxia-15",
        "pledges/linkonggang-1",
        "pledges/hanyang-10",
        "method",
        "programmes",
        "glossary",
        "ledger",
    ),
    *("districts/donghu-fengjing", "districts/jiangan", "districts/caidian", "themes/enforcement"),
)
"""Pages of the real city that end near the foot of a page of paper, or did."""


@needs_chromium
@pytest.mark.parametrize(("code", "name"), [*itertools.product(("zh", "en"), LONE)])
def test_the_colophon_on_paper_is_never_alone(real: Path, code: str, name: str) -> None:
    page = real / code / f"{name}.html"
    (colophon,) = lxml.html.document_fromstring(page.read_bytes()).find_class("footer__colophon")
    last = squeezed(on_paper(page.as_uri())[-1])
    assert len(last) > len(squeezed(colophon.text_content())) + 20, last


@needs_chromium
def test_files_on_paper_have_their_paths(small: Path) -> None:
    paper = squeezed("".join(on_paper((small / "en" / "downloads.html").as_uri())))
    assert all(path in paper for path in ("data/pledges.csv", "zh/bulletin.pdf", "en/sheets/dengmi.pdf"))
    assert ".." not in paper


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
