"""A page or a feed that is not there is not linked and not found; one that is there is."""

from __future__ import annotations

import datetime

import pytest
from msgspec.structs import replace
from program import SITE
from whole import open_content

from gazette.model.records.content import SharedContent
from gazette.planning.counting import Totals
from gazette.planning.data.feed import feed_target
from gazette.planning.language import language_contexts
from gazette.planning.pages.downloads import DOWNLOADS
from gazette.planning.search.shared_records import shared_records
from gazette.planning.shared_pages import SHARED_PAGES
from gazette.planning.site_views import SiteViews

DAY = datetime.date(2031, 3, 1)
HAPPENED = {"log": 3}


@pytest.fixture(scope="module")
def content() -> SharedContent:
    return open_content(SITE).content


@pytest.mark.parametrize(
    ("settings", "counts", "day"),
    [
        ({"base_url": None, "statements_date": DAY}, HAPPENED, None),
        ({"base_url": "https://example.org/"}, {}, None),
        ({"base_url": "https://example.org/"}, HAPPENED, ""),
        ({"base_url": "https://example.org/", "as_of": DAY}, {}, "2031-03-01"),
        ({"base_url": "https://example.org/", "statements_date": DAY}, {}, "2031-03-01"),
    ],
)
def test_a_feed_is_there_once_a_day_is_known(
    content: SharedContent, settings: dict[str, object], counts: dict[str, int], day: str | None
) -> None:
    """Each page leads to it where the content knows one; else those alone that know that something happened."""
    own = replace(content, site=replace(content.site, **{"statements_date": None, "as_of": None, **settings}))
    lang, totals = language_contexts(own)[0], Totals(counts, ())
    made = [*feed_target(lang, totals)]
    assert [target.view.view.day for target in made] == ([] if day is None else [day])
    assert lang.site.has_feed == bool(day)
    offered = [file.ref for file in DOWNLOADS.view(SiteViews(lang, totals)).subscribed]
    assert offered == ["feed"] * len(made)


@pytest.mark.parametrize("counts", [{}, HAPPENED])
def test_the_search_finds_the_pages_that_are_there(content: SharedContent, counts: dict[str, int]) -> None:
    bare = replace(content, programmes=(), glossary=())
    for own in (content, bare):
        site = SiteViews(language_contexts(own)[1], Totals(counts, ()))
        found = {ref.removeprefix("page:") for ref, _ in shared_records(site) if ref.startswith("page:")}
        there = {page.name for page in SHARED_PAGES if page.is_there(site)}
        assert found | {"home", "search", "dictionary", "editions"} >= there and found - {"foreword"} <= there
        assert ("changes" in found) == bool(counts) and ("glossary" in found) == (own is content)
        assert "compare" in found and "notices" not in found
