"""The feed of a language: what happened, the newest first, and nothing that only the site's making changed.

It is there where the site has an address of its own: a feed says it in full, and its entries are named after it.
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
"""So many entries a feed has."""


def has_feed(lang: LanguageContext, totals: Totals) -> bool:
    """Whether there is a feed. It is there before anything happened, so that one can wait for it, once the content
    knows a day (`site.has_feed`): a feed says of which it is."""
    return lang.site.has_feed or bool(lang.site.base_url and totals["log"])


def feed_target(lang: LanguageContext, totals: Totals) -> Iterator[Target]:
    """The feed of a language, if it has one."""
    if has_feed(lang, totals):
        host, _, prefix = lang.site.base_url.partition("://")[2].partition("/")
        authority = re.sub(r":[0-9]+$", "", host)
        page = lang.page("feed", "changes", FeedView(authority, prefix, first_day(lang.content.site)))
        yield Target(route("feed", lang.code), "pages", "feed", page, "feed.xml", slots=(_slot(lang),))


def _slot(lang: LanguageContext) -> Slot:
    return Slot(f"{lang.code}/feed", separator="\n", limit=NEWEST)


def feed_entry(lang: LanguageContext, event: EventFragment, number: int, sort_key: str) -> Iterator[Fragment]:
    """Something that happened, as a unit gives it: the feed is rendered of the newest of all. `number` (from 1) says
    which of the events of that kind and day it is, for what it is about."""
    if lang.site.base_url:
        line = EntryLine(event.about.ref.partition(":")[2], number, event)
        text = msgspec.json.encode(line).decode()
        yield Fragment(_slot(lang).name, route("feed", lang.code), "pages", "text", text, sort_key=sort_key)


def feed_paths(content: SharedContent) -> Iterator[str]:
    """Where feeds are, if the site has an address."""
    if content.site.base_url:
        yield from (f"{code}/{FEED}" for code in content.languages)
