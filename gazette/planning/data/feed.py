"""Plans the feed of a language: what happened, the newest first. A change of the site alone adds nothing.

Only a site with a `base_url` has one: a feed states it in full, and its entries have it in their ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from gazette.model.records.content import SharedContent
from gazette.planning.counting import Totals
from gazette.planning.language import LanguageContext, first_day
from gazette.site.routes import FEED, route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.changes import EventFragment
from gazette.site.views.exports import EntryLine, FeedView

NEWEST = 50
"""The most entries of a feed."""


def has_feed(lang: LanguageContext, totals: Totals) -> bool:
    """True if there is a feed. It exists before anything has happened, so that readers can subscribe, once the content
    has a day (`site.has_feed`): a feed must state when it was updated."""
    return lang.site.has_feed or bool(lang.site.base_url and totals["log"])


def feed_target(lang: LanguageContext, totals: Totals) -> Iterator[Target]:
    """Yield the feed of a language, if it has one."""
    if has_feed(lang, totals):
        host, _, prefix = lang.site.base_url.partition("://")[2].partition("/")
        authority = re.sub(r":[0-9]+$", "", host)
        page = lang.page("feed", "changes", FeedView(authority, prefix, first_day(lang.content.site)))
        yield Target(route("feed", lang.code), "pages", "feed", page, "feed.xml", slots=(_slot(lang),))


def _slot(lang: LanguageContext) -> Slot:
    return Slot(f"{lang.code}/feed", separator="\n", limit=NEWEST)


def feed_entry(lang: LanguageContext, event: EventFragment, number: int, sort_key: str) -> Iterator[Fragment]:
    """Yield the entry of an event, which the unit adds; the feed renders the newest of all units. `number` (from 1)
    tells apart events of one kind and day that are about the same thing."""
    if lang.site.base_url:
        line = EntryLine(event.about.ref.partition(":")[2], number, event)
        text = msgspec.json.encode(line).decode()
        yield Fragment(_slot(lang).name, route("feed", lang.code), "pages", "text", text, sort_key=sort_key)


def feed_paths(content: SharedContent) -> Iterator[str]:
    """Yield the paths of the feeds, if the site has a `base_url`."""
    if content.site.base_url:
        yield from (f"{code}/{FEED}" for code in content.languages)
