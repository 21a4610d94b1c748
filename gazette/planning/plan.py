"""Lists all that is published: what one unit gives the site, and what units share.

Knows no Jinja.
"""

from __future__ import annotations

import datetime
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from gazette.model.records.changes import Change
from gazette.model.records.content import SharedContent, UnitFile
from gazette.model.records.evidence_files import Files
from gazette.model.records.notices import NoticeFile
from gazette.planning import counting
from gazette.planning.counting import Totals
from gazette.planning.data.calendar import calendar_fragments, count_due, due_of
from gazette.planning.data.every import described_paths, described_targets
from gazette.planning.data.records import record_refs, record_targets
from gazette.planning.documents.sheet import sheet
from gazette.planning.evidence import count_files, file_paths, file_targets, shown_files
from gazette.planning.frozen import frozen_paths, frozen_targets
from gazette.planning.language import iso, language_contexts
from gazette.planning.notice_views import notice_views
from gazette.planning.open_data import data_fragments, data_paths, data_targets, row_counts, unit_tables
from gazette.planning.pages.embed import embed_targets
from gazette.planning.pages.entry import entry_pages
from gazette.planning.pages.ledger import ledger_files
from gazette.planning.pages.notices import notice_paths
from gazette.planning.pages.parts import count_rows
from gazette.planning.pages.unit import unit_pages
from gazette.planning.phrases import count_phrases
from gazette.planning.publication_dates import NOTHING, Published, awaits_publication, dated
from gazette.planning.search.files import UnitSearch, search_paths, search_targets
from gazette.planning.share import city_pictures, unit_pictures
from gazette.planning.shared_documents import STYLES, document_fragments, document_paths, document_targets
from gazette.planning.shared_pages import page_fragments, page_paths, page_targets
from gazette.planning.since import snapshot_fragments
from gazette.planning.site_views import SiteViews
from gazette.planning.sitemap import sitemap_fragments, sitemap_targets
from gazette.planning.static_files import COPIES, STATIC_PATHS, static_targets
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import SHARED, route
from gazette.site.tables import present
from gazette.site.target import Fragment, Target


class UnitPlan(msgspec.Struct, frozen=True):
    """What a unit gives the site. `paths` are those of all its targets, of whichever kind; `counts` are added to the
    totals; `headings` are the characters of its names. `awaits` is true if some page shows something else than is
    recorded as published."""

    targets: tuple[Target, ...]
    paths: frozenset[str]
    fragments: tuple[Fragment, ...]
    counts: dict[str, int]
    headings: str
    awaits: bool = False


def plan_unit(
    content: SharedContent,
    unit_file: UnitFile,
    as_of: datetime.date | None,
    kinds: tuple[str, ...],
    moment: datetime.datetime | None = None,
) -> UnitPlan:
    """Return the targets and fragments of one unit that are of one of `kinds`. `moment` is the time of publication, if
    the build is made to be published."""
    unit_entries = counting.entries(unit_file, as_of, content.site.statements_date)
    sides = [UnitViews(lang, unit_entries) for lang in language_contexts(content, unit_file.files)]
    of_unit, due = unit_tables(unit_entries, content.languages), due_of(unit_entries, content)
    pages = dated((page for unit in sides for page in unit_pages(unit)), Published(unit_file.published, moment))
    searches = [UnitSearch(unit) for unit in sides if "search" in kinds]
    for_others = (target for unit in sides for target in (*unit_pictures(unit), *embed_targets(unit)))
    targets = [*pages, *map(sheet, sides), *(target for search in searches for target in search.targets()), *for_others]
    exports = record_targets(content, unit_entries, of_unit) if "exports" in kinds else ()
    fragments = [
        *data_fragments(of_unit),
        *(fragment for unit in sides for fragment in calendar_fragments(unit.lang, due)),
        *(document_fragments(sides) if "pdf" in kinds else ()),
        *snapshot_fragments(content, unit_file, as_of),
        *(fragment for unit in sides for fragment in page_fragments(unit)),
        *(fragment for search in searches for fragment in search.fragments()),
        *sitemap_fragments(content, pages),
    ]
    names = unit_file.unit.name.values(), unit_file.unit.short.values()
    counts = {**counting.count(unit_entries, content.languages), **row_counts(of_unit), **count_files(unit_entries)}
    counts |= count_due(due) | count_phrases(content, unit_file) | count_rows(sides[0])
    records = (route(ref, "") for ref in record_refs(unit_file))
    return UnitPlan(
        targets=tuple(target for target in (*targets, *exports) if target.kind in kinds),
        paths=frozenset([*(target.path for target in targets), *records]),
        fragments=tuple(fragment for fragment in fragments if fragment.kind in kinds),
        counts=counts,
        headings="".join(name for each in names for name in each),
        awaits=awaits_publication(pages, unit_file.published),
    )


class Beside(NamedTuple):
    """What shared targets show besides the content and its totals. `headings` are the characters of the units' names,
    `changes` those since the last edition, `notices` the public ones, `files` those that evidence may name, `published`
    the record of the pages' publication."""

    headings: str
    changes: tuple[Change, ...] = ()
    notices: tuple[NoticeFile, ...] = ()
    files: Files = MappingProxyType({})
    published: Published = NOTHING


def plan_shared(
    content: SharedContent,
    totals: Totals,
    as_of: datetime.date | None,
    beside: Beside,
) -> tuple[Target, ...]:
    """Return the shared targets."""
    of_notices = (file for notice in beside.notices for file in notice.files)
    langs, day = language_contexts(content, of_notices), iso(as_of)
    files = shown_files(beside.files, totals, beside.notices)
    sites = [SiteViews(lang, totals, beside.changes, notice_views(lang, beside.notices, as_of), day) for lang in langs]
    pages = dated((page for site in sites for page in page_targets(site, day)), beside.published)
    return (
        *file_targets(files),
        *data_targets(content, totals, tuple(sorted(file_paths(files)))),
        *dated(described_targets(content, totals, langs), beside.published),
        *static_targets(content, beside.headings, present(totals.__getitem__)),
        *frozen_targets(content),
        *document_targets(sites, day),
        *pages,
        *(target for site in sites for target in (*ledger_files(site), *search_targets(site))),
        *entry_pages(langs),
        *(picture for site in sites for picture in city_pictures(site)),
        *sitemap_targets(content, pages),
    )


def shared_assets() -> frozenset[str]:
    """Return the files of the templates folder that targets are made from, besides templates."""
    return STYLES.union(COPIES)


def shared_paths(content: SharedContent, notices: tuple[NoticeFile, ...] = ()) -> frozenset[str]:
    """Return the paths that exist whatever the units say: what pages may link to without knowing a unit."""
    paths = [*data_paths(), *document_paths(content), *STATIC_PATHS, *page_paths(content), *frozen_paths(content)]
    paths += [*described_paths(content), *search_paths(content)]
    paths += [route(name, code) for name in SHARED for code in content.languages if content.site.base_url]
    return frozenset([*paths, *notice_paths(content, notices)])
