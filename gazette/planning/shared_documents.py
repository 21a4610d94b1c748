"""Lists the printed documents that units share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gazette.model.records.content import SharedContent
from gazette.planning.documents import brief, bulletin, notice, official, parallel, sheet
from gazette.planning.site_views import SiteViews
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import OFFICIAL, PARALLEL, SUMS, documents_of, route
from gazette.site.target import Fragment, Target

STYLES = frozenset(
    [
        *(*bulletin.STYLES, *bulletin.BOOKLET_STYLES, *parallel.STYLES, *official.STYLES, *sheet.STYLES, *brief.STYLES),
        *notice.STYLES,
    ]
)
"""The style sheets of documents (files of the templates folder): the common ones, and those of each kind."""


def document_targets(sites: Sequence[SiteViews], as_of: str) -> Iterator[Target]:
    """Yield the documents of the whole site. `sites` has its views in each language."""
    bulletins = [bulletin.bulletin_view(site) for site in sites]
    for site, view in zip(sites, bulletins, strict=True):
        full, booklet = bulletin.bulletin_and_booklet(site, view, as_of)
        yield full
        yield brief.brief(site, as_of)
        if site.lang.language.script in OFFICIAL:
            yield official.official(site, as_of)
        yield booklet
        yield from notice.notice_documents(site)
    if len(sites) > 1:
        yield parallel.parallel(sites, bulletins, as_of)
    yield Target(SUMS, "data", "sums", needs_kinds=("pdf", "data", "exports"))


def document_fragments(sides: Sequence[UnitViews]) -> Iterator[Fragment]:
    """Yield what a unit adds to them. `sides` has its views in each language."""
    for unit in sides:
        yield from bulletin.bulletin_fragments(unit)
        yield from brief.brief_fragments(unit)
        if unit.lang.language.script in OFFICIAL:
            yield from official.official_fragments(unit)
        yield from notice.notice_document_fragments(unit)
    if len(sides) > 1:
        yield from parallel.parallel_fragments(sides)


def document_paths(content: SharedContent) -> frozenset[str]:
    """Return the paths of the documents of the whole site."""
    languages = content.site.languages
    paths = {route(name, language.code) for language in languages for name in documents_of(language)}
    return frozenset(paths | {SUMS} | ({PARALLEL} if len(languages) > 1 else set()))
