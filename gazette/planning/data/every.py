"""The list of what is made of the open data beside its tables."""

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
    """What describes the tables, what shows them otherwise, and what one can subscribe to in each language."""
    yield from package_targets(content, totals)
    yield from book_targets(content, totals)
    yield from catalogue_targets(content, totals)
    yield from schema_targets(content)
    for lang in langs:
        yield from calendar_target(lang, totals)
        yield from feed_target(lang, totals)


def described_paths(content: SharedContent) -> Iterator[str]:
    """The paths of what pages may lead to."""
    yield from (DATA_PACKAGE, CATALOGUE, BOOK, *SCHEMAS.values())
    yield from (route("calendar", code) for code in content.languages)
    yield from feed_paths(content)
