"""When a page was first published, and when it last changed: what moves these dates, and what does not."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable

import pytest
from dates import BASE, FIRST, SECOND, TEXT, THIRD, PublishedCity
from edits import UNITS
from program import tree
from reached import at_least_one

import build
from gazette.building.causes import Cause, Reason
from gazette.planning import site_views

UNIT = f"{UNITS}/yinghuo.yaml"
PAGE = "zh/pledges/yinghuo-1.html"


def linked(text: str) -> list[dict[str, object]]:
    """What a page says of itself as JSON-LD."""
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    return list(json.loads(data)["@graph"])


def test_nothing_is_said_of_a_page_that_was_not_published(unpublished: PublishedCity) -> None:
    for page in at_least_one(unpublished.site.rglob("*.html")):
        text = page.read_text("utf-8")
        assert "首次发布" not in text and "First published" not in text and "PubDate" not in text, page


def test_a_published_page_says_when_to_readers_and_to_machines(dated: PublishedCity) -> None:
    assert dated.dates(PAGE) == (TEXT[FIRST], TEXT[FIRST])
    text = (dated.site / PAGE).read_text("utf-8")
    assert "首次发布：<time" in text and "最近更新：<time" in text and ">2031年10月1日 09:14<" in text
    assert '<meta name="PubDate" content="2031-10-01 09:14">' in text
    assert f'<meta property="article:modified_time" content="{TEXT[FIRST]}">' in text
    (own,) = [each for each in linked(text) if each["@type"] == "WebPage"]
    assert (own["datePublished"], own["dateModified"]) == (TEXT[FIRST], TEXT[FIRST])
    english = (dated.site / PAGE.replace("zh/", "en/")).read_text("utf-8")
    assert "First published: <time" in english and "Last changed: <time" in english
    assert f"<loc>{BASE}{PAGE}</loc><lastmod>{TEXT[FIRST]}</lastmod>" in (dated.site / "sitemap.xml").read_text("utf-8")
    assert "<updated>2031-10-01T09:14:00+08:00</updated>" in (dated.site / "zh" / "feed.xml").read_text("utf-8")
    assert "PubDate" not in (dated.site / "zh" / "ledger.html").read_text("utf-8")  # a list is no article


def test_every_page_that_is_read_has_its_dates_and_no_other_has(dated: PublishedCity) -> None:
    """Pages at former addresses and cards only lead on."""
    for page in at_least_one(dated.site.rglob("*.html")):
        path = page.relative_to(dated.site).as_posix()
        at_root = path in ("index.html", "404.html")
        leads_on = at_root or "/embed/" in path or 'content="noindex"' in page.read_text("utf-8")
        assert bool(dated.dates(path)) != leads_on, path
    listed = re.findall(r"<loc>(.*?)</loc><lastmod>", (dated.site / "sitemap.xml").read_text("utf-8"))
    assert len(listed) == (dated.site / "sitemap.xml").read_text("utf-8").count("<loc>") > 50


@pytest.mark.long
def test_what_was_published_is_built_again_with_its_dates(dated: PublishedCity) -> None:
    """By the next build, which makes nothing; after the output was lost, and on another machine."""
    there = tree(dated.site)
    assert not dated.made().made and tree(dated.site) == there
    shutil.rmtree(dated.site)
    shutil.rmtree(dated.folder / "cache")
    dated.made()
    assert tree(dated.site) == there
    assert dated.clean().keys() == there.keys()
    assert dated.record(SECOND) == 0  # who publishes it again finds nothing that moved


MOVE_NOTHING: dict[str, Callable[[PublishedCity], None]] = {
    "a template": lambda city: city.replace("templates/pledge.html", r"<h1", '<h1 data-new=""'),
    "the frame": lambda city: city.replace("templates/_page.html", r"<main", '<main data-new=""'),
    "a template of lines": lambda city: city.replace("templates/fragments/ledger.html", r"\Z", "<!-- x -->"),
    "a style": lambda city: city.replace("templates/styles/base.css", r"\Z", "/* x */"),
    "words": lambda city: city.replace("content/words.yaml", "zh: 首页", "zh: 头版"),
    "the title": lambda city: city.replace("content/site.yaml", r"title: \{zh: ", "title: {zh: 新"),
    "the motto": lambda city: city.replace("content/site.yaml", r"motto: \{zh: [^,]*,", "motto: {zh: 另一句,"),
    "the publisher": lambda city: city.replace("content/site.yaml", r"contact: \{zh: [^,]*,", "contact: {zh: 另一处,"),
    "how a file is written": lambda city: city.replace(UNIT, r"\A", "# a remark\n"),
}


@pytest.mark.long
def test_another_look_moves_no_date(dated: PublishedCity) -> None:
    """One after the other, and all of them at once are published again."""
    for name, edit in MOVE_NOTHING.items():
        edit(dated)
        assert dated.made().made or name == "how a file is written", name
        assert dated.dates(PAGE) == dated.dates("zh/ledger.html") == (TEXT[FIRST], TEXT[FIRST]), name
    dated.publish(SECOND)
    assert dated.moved(SECOND) == set()
    assert dated.dates("zh/index.html") == (TEXT[FIRST], TEXT[FIRST])
    # What lists look like is recorded anew, so that the next edit is told from the last look.
    dated.replace("templates/fragments/ledger.html", r"\Z", "<!-- y -->")
    dated.publish(THIRD)
    assert dated.moved(THIRD) == set()


def test_an_edit_moves_the_dates_of_the_pages_that_show_it(dated: PublishedCity) -> None:
    dated.replace(UNIT, "text: {zh: 该区承诺夜里关灯", "text: {zh: 该区承诺深夜关灯")
    dated.publish(SECOND)
    # and not the ledger, which looks through the text and shows it nowhere
    assert dated.moved(SECOND) == {PAGE, "zh/districts/yinghuo.html", "zh/themes/mechanism.html"}
    assert dated.dates(PAGE) == (TEXT[FIRST], TEXT[SECOND])
    assert dated.dates("en/pledges/yinghuo-1.html") == dated.dates("zh/pledges/zhiyuan-1.html") == (TEXT[FIRST],) * 2
    assert f"{PAGE}</loc><lastmod>{TEXT[SECOND]}<" in (dated.site / "sitemap.xml").read_text("utf-8")
    dated.replace(UNIT, "title: {zh: 夜里关灯", "title: {zh: 深夜关灯")
    dated.publish(THIRD)
    assert {PAGE, "zh/ledger.html"} <= dated.moved(THIRD)


def test_a_page_that_leads_through_its_parts_changes_as_they_do(
    dated: PublishedCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_views, "IN_PARTS_FROM", 10)
    dated.publish(SECOND)
    dated.replace(UNIT, "title: {zh: 夜里关灯", "title: {zh: 深夜关灯")
    dated.publish(THIRD)
    assert {"zh/ledger.html", "zh/ledger-1.html"} <= dated.moved(THIRD)
    assert dated.dates("zh/ledger.html") == (TEXT[FIRST], TEXT[THIRD])
    assert dated.dates("en/ledger.html")[1] == TEXT[SECOND]


def test_what_is_edited_and_not_published_yet_has_no_last_change(dated: PublishedCity) -> None:
    dated.replace(UNIT, "夜里关灯", "夜里熄灯")
    dated.made()
    assert dated.dates(PAGE) == (TEXT[FIRST],)
    text = (dated.site / PAGE).read_text("utf-8")
    assert "PubDate" in text and "最近更新" not in text and "dateModified" not in text
    assert f"{PAGE}</loc><xhtml" in (dated.site / "sitemap.xml").read_text("utf-8")
    dated.replace(UNIT, "夜里熄灯", "夜里关灯")  # as if it had never been
    dated.made()
    assert dated.dates(PAGE) == (TEXT[FIRST], TEXT[FIRST])


def test_a_publication_that_came_to_nothing_leaves_no_moment(dated: PublishedCity) -> None:
    """The pages were built for it, and nothing was recorded."""
    dated.replace(UNIT, "夜里关灯", "夜里熄灯")
    dated.made(SECOND)
    assert dated.dates(PAGE) == (TEXT[FIRST], TEXT[SECOND])
    dated.made(THIRD)
    assert dated.dates(PAGE) == (TEXT[FIRST], TEXT[THIRD])
    dated.incremental()
    assert dated.dates(PAGE) == (TEXT[FIRST],)


def test_a_page_at_a_new_address_was_first_published_at_the_old_one(dated: PublishedCity) -> None:
    dated.replace(UNIT, "  - id: yinghuo-1\n", "  - id: yinghuo-2\n    formerly: [yinghuo-1]\n")
    dated.publish(SECOND)
    now = "zh/pledges/yinghuo-2.html"
    assert dated.dates(now) == (TEXT[FIRST], TEXT[SECOND]) == dated.records("yinghuo")[now]
    assert dated.dates(PAGE) == ()


def test_a_unit_with_another_id_takes_the_first_publication_along(dated: PublishedCity) -> None:
    """Its file has another name, and so has that of its records from the next publication on."""
    old, new = dated.content / "districts" / "yinghuo.yaml", dated.content / "districts" / "liuying.yaml"
    new.write_text(old.read_text("utf-8").replace("kind: zone", "kind: zone\nformerly: [yinghuo]"), "utf-8")
    old.unlink()
    dated.replace("content/districts/liuying.yaml", "id: yinghuo-1", "id: liuying-1\n    formerly: [yinghuo-1]")
    dated.replace("content/site.yaml", "unit: yinghuo", "unit: liuying")
    dated.incremental()
    assert tree(dated.site) == dated.clean()
    dated.publish(SECOND)
    for page in ("zh/districts/liuying.html", "zh/pledges/liuying-1.html"):
        assert dated.dates(page) == (TEXT[FIRST], TEXT[SECOND]) == dated.records("liuying")[page]
    dated.made()
    assert dated.dates("zh/districts/liuying.html") == (TEXT[FIRST], TEXT[SECOND])


@pytest.mark.parametrize("edit", ["record", "site record", "content"])
def test_whatever_is_edited_the_dates_are_those_of_a_clean_build(dated: PublishedCity, edit: str) -> None:
    """A record of a unit makes the pages of that unit again, and the site map; that of the site the shared pages."""
    if edit == "content":
        dated.replace(UNIT, "夜里关灯", "夜里熄灯")
    else:
        name = "yinghuo" if edit == "record" else "_site"
        dated.replace(f"content/published/{name}.tsv", "2031-10-01", "2031-09-30")
    report = dated.incremental()
    assert tree(dated.site) == dated.clean()
    if edit == "record":
        assert set(report["written"]) == {"en/districts/yinghuo.html"}, "the first line of the file"


def test_why_a_page_has_other_dates_is_told(dated: PublishedCity, capsys: pytest.CaptureFixture[str]) -> None:
    """The moment that it is made for, or the record; where it shows something else, that alone."""
    dated.replace(UNIT, "夜里关灯", "夜里熄灯")
    assert {reason.way for reason in dated.made().why[PAGE]} == {"view"}
    why = dated.publish(SECOND).why
    moment = Cause("moment", now=TEXT[SECOND])
    assert why[PAGE] == why["zh/ledger.html"] == (Reason("dates", moment),)
    assert {reason.cause for reason in why["sitemap.xml"]} == {moment}
    dated.made()
    for name in ("yinghuo", "_site"):
        dated.replace(f"content/published/{name}.tsv", "2031-10-01", "2031-09-30")
    asked = [*dated.asked(dated.site, dated.folder / "cache"), "--no-pdf", "--as-of", dated.as_of[0]]
    capsys.readouterr()
    explained = ("en/districts/yinghuo.html", "en/about.html", "sitemap.xml")
    assert build.main([*asked, *(word for path in explained for word in ("--explain", path))]) == 0
    told = capsys.readouterr().out
    for file in ("yinghuo", "_site"):
        assert f"/{file}.tsv changed (its dates of publication changed)" in told
    assert "yinghuo.yaml" not in told
    assert build.main([*asked, "--explain", PAGE, "--messages", "zh"]) == 0
    assert f"- 为 {TEXT[SECOND]} 的发布而生成（页面的发布时间随之变化）" in capsys.readouterr().out
