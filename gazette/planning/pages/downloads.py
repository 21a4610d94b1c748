"""The page with what can be downloaded."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site import tables
from gazette.site.routes import PARALLEL, SUMS, documents_of, route
from gazette.site.target import Fragment, Slot
from gazette.site.views.downloads import DownloadsView, FileView
from gazette.site.views.unit import UnitFragment


def _view(site: SiteViews) -> DownloadsView:
    files = [FileView(f"file:{path}", name, name, "PDF", tag) for name, path, tag in _documents(site)]
    for name in tables.present(site.totals.__getitem__):
        files += [FileView(f"file:data/{name}.{ending}", name, ending, ending.upper(), "") for ending in tables.ENDINGS]
    files.append(FileView(f"file:{SUMS}", "sums", "sums", "TXT", ""))
    return DownloadsView(tuple(files), site.pledges, site.units)


def _documents(site: SiteViews) -> Iterator[tuple[str, str, str]]:
    """The documents of the whole site with their paths and languages, those of this language first."""
    own, languages = site.lang.language, site.lang.content.site.languages
    for language in sorted(languages, key=lambda each: each is not own):
        for name in documents_of(language):
            yield name, route(name, language.code), language.tag
        if language is own and len(languages) > 1:
            yield "parallel", PARALLEL, ""


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield Slot(f"{site.lang.code}/downloads/sheets")


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    yield SharedTarget(unit.lang, "downloads").fragment("downloads/sheets", "sheet.html", UnitFragment(unit.card))


DOWNLOADS = SharedPage("downloads", _view, _slots, _fragments)
