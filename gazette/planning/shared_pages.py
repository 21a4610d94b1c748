"""Lists the pages that units share."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.records.content import POLICIES, SharedContent
from gazette.planning.pages.articles import ABOUT, METHOD, POLICY_PAGES
from gazette.planning.pages.changes import CHANGES
from gazette.planning.pages.compare import COMPARE, compare_pages
from gazette.planning.pages.deadlines import DEADLINES
from gazette.planning.pages.dictionary import DICTIONARY
from gazette.planning.pages.downloads import DOWNLOADS
from gazette.planning.pages.editions import EDITIONS
from gazette.planning.pages.former import former_pages
from gazette.planning.pages.glossary import GLOSSARY
from gazette.planning.pages.home import HOME
from gazette.planning.pages.ledger import LEDGER, ledger_pages
from gazette.planning.pages.notices import NOTICES, notice_fragments, notice_pages
from gazette.planning.pages.phrases import PHRASES
from gazette.planning.pages.programmes import PROGRAMMES, programme_pages
from gazette.planning.pages.search import SEARCH
from gazette.planning.pages.status import STATUS
from gazette.planning.pages.themes import THEMES, theme_pages
from gazette.planning.pages.units import UNITS, units_pages
from gazette.planning.site_views import SiteViews
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import NOT_FOUND, PAGES, SOMETIMES, route
from gazette.site.target import Fragment, Target

SHARED_PAGES = (
    HOME,
    UNITS,
    COMPARE,
    THEMES,
    PROGRAMMES,
    LEDGER,
    DEADLINES,
    STATUS,
    CHANGES,
    NOTICES,
    GLOSSARY,
    PHRASES,
    ABOUT,
    METHOD,
    *POLICY_PAGES,
    DOWNLOADS,
    DICTIONARY,
    EDITIONS,
    SEARCH,
)
"""The pages that each language has one of."""


def page_targets(site: SiteViews, as_of: str) -> Iterator[Target]:
    """Yield the shared pages of one language, on the day `as_of` (ISO 8601, or "")."""
    yield from (page.target(site, as_of) for page in SHARED_PAGES if page.is_there(site))
    yield from ledger_pages(site, as_of)
    yield from units_pages(site)
    yield from compare_pages(site)
    yield from theme_pages(site)
    yield from programme_pages(site)
    yield from former_pages(site.lang)
    yield from notice_pages(site)


def page_fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield what a unit adds to the shared pages of one language."""
    for page in SHARED_PAGES:
        yield from page.fragments(unit)
    yield from notice_fragments(unit)


def page_paths(content: SharedContent) -> Iterator[str]:
    """Yield the paths of the shared pages that exist whatever the units say, and of those at the root."""
    yield from ("index.html", NOT_FOUND)
    by_name = {"programmes": content.programmes, "glossary": content.glossary}
    absent = {*SOMETIMES, *POLICIES}.difference(content.policies) | {
        name for name, there in by_name.items() if not there
    }
    for code in content.languages:
        yield f"{code}/{NOT_FOUND}"
        yield from (f"{code}/{file}" for name, file in PAGES.items() if name not in absent)
        yield from (route(f"theme:{id}", code) for theme in content.themes for id in (theme.id, *theme.formerly))
        yield from (route(f"programme:{id}", code) for each in content.programmes for id in (each.id, *each.formerly))
