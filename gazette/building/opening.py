"""Opens what a build needs: the cache, the content and the templates."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from msgspec.structs import replace

from gazette.building.settings import Settings
from gazette.building.unit_job import BuildContext
from gazette.files.cache import Cache
from gazette.installed import folders
from gazette.messages.problems import ContentError
from gazette.model.records.publications import moment_of
from gazette.planning.plan import shared_assets, shared_paths
from gazette.reading.loaded_content import LoadedContent
from gazette.reading.loader import check_all_units, load_shared
from gazette.rendering.template_folder import SiteFiles, load_templates
from gazette.searching.shards import shards_for
from gazette.versions import package_digest


def open_cache(settings: Settings) -> Cache:
    """Return the cache between builds. Its entries count only for the same program and the same tools."""
    return Cache(settings.cache, "\n".join([package_digest(), sys.version, *folders()]))


def open_content(settings: Settings, cache: Cache) -> LoadedContent:
    """Load the content folder. Settings of the command line replace those of the site."""
    as_of, base_url, release = settings.as_of, settings.base_url, settings.release
    opened = load_shared(settings.content, as_of=as_of, base_url=base_url, release=release, cache=cache)
    return opened.of_issue(settings.issue) if settings.issue else opened


def open_context(
    opened: LoadedContent, settings: Settings, kinds: tuple[str, ...], cache: Cache, stamps: Mapping[str, str]
) -> BuildContext:
    """Return what all workers need: content, templates, options. `stamps` are the stamps in the pages now. Raises
    ContentError with every problem, those in units included."""
    content = opened.content
    if content is None:
        check_all_units(opened)
        raise ContentError(opened.diagnostics.problems)
    notices = tuple(file for file in opened.notices or () if settings.drafts or not file.notice.draft)
    content = replace(content, has_notices=bool(notices), search_shards=shards_for(len(opened.units)))
    display_path = opened.diagnostics.display(settings.templates)
    files = SiteFiles(shared_paths(content, notices), shared_assets(), stamps)
    template_set = load_templates(settings.templates, display_path, content, files, cache)
    at = settings.published_at
    return BuildContext(
        content=content,
        template_set=template_set,
        known=opened.known,
        as_of=content.site.as_of,
        kinds=kinds,
        only=settings.only,
        documents=settings.documents,
        drafts=settings.drafts,
        notices=notices,
        moment=moment_of(at, content.site.timezone) if at else None,
    )
