"""Lists what is made from the open data besides its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.model.records.content import SharedContent
from gazette.planning.counting import Totals
from gazette.planning.data.books import book_targets
from gazette.planning.data.calendar import calendar_target
from gazette.planning.data.catalogue import catalogue_targets
from gazette.planning.data.feed import feed_paths, feed_target
from gazette.planning.data.package import package_targets
from gazette.planning.data.schemas import schema_targets
from gazette.planning.language import LanguageContext
from gazette.site.routes import BOOK, CATALOGUE, DATA_PACKAGE, SCHEMAS, route
from gazette.site.target import Target


def described_targets(content: SharedContent, totals: Totals, langs: Sequence[LanguageContext]) -> Iterator[Target]:
    """Yield the files that describe the tables, the workbooks, and in each language the calendar and the feed."""
    yield from package_targets(content, totals)
    yield from book_targets(content, totals)
    yield from catalogue_targets(content, totals)
    yield from schema_targets(content)
    for lang in langs:
        yield from calendar_target(lang, totals)
        yield from feed_target(lang, totals)


def described_paths(content: SharedContent) -> Iterator[str]:
    """Yield the paths of these files that pages may link to."""
    yield from (DATA_PACKAGE, CATALOGUE, BOOK, *SCHEMAS.values())
    yield from (route("calendar", code) for code in content.languages)
    yield from feed_paths(content)
