"""Plans the page of downloads."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.data.calendar import COUNT as CALENDAR
from gazette.planning.data.feed import has_feed
from gazette.planning.pages.parts import part_of
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site import tables
from gazette.site.routes import BOOK, CATALOGUE, DATA_PACKAGE, PARALLEL, SUMS, documents_of, route
from gazette.site.target import Fragment, Slot
from gazette.site.views.downloads import DownloadsView, FileView, OfferedTable
from gazette.site.views.unit import UnitFragment


def _view(site: SiteViews) -> DownloadsView:
    files = tuple(FileView(f"file:{path}", name, name, "PDF", tag) for name, path, tag in _documents(site))
    offered = tuple(_tables(site))
    described = tuple(_described(offered))
    return DownloadsView(
        files=files,
        tables=offered,
        subscribed=tuple(_subscribed(site)),
        described=described,
        pledges=site.pledges,
        units=site.units,
        sheets_elsewhere=site.is_vast,
    )


def _tables(site: SiteViews) -> Iterator[OfferedTable]:
    books = tables.with_book(site.totals.__getitem__)
    for name in tables.present(site.totals.__getitem__):
        more = (tables.BOOK_ENDING,) if name in books else ()
        yield OfferedTable(name, site.totals[name], (*more, *tables.ENDINGS))


def _described(offered: tuple[OfferedTable, ...]) -> Iterator[FileView]:
    """Yield the files that hold or describe all tables."""
    if all(tables.BOOK_ENDING in table.endings for table in offered):
        yield FileView(f"file:{BOOK}", "book", "book", "XLSX", "")
    yield FileView(f"file:{DATA_PACKAGE}", "package", "package", "JSON", "")
    yield FileView(f"file:{CATALOGUE}", "catalogue", "catalogue", "JSON", "")
    yield FileView(f"file:{SUMS}", "sums", "sums", "TXT", "")


def _subscribed(site: SiteViews) -> Iterator[FileView]:
    """Yield what readers can subscribe to in this language."""
    if site.totals[CALENDAR]:
        yield FileView("calendar", "calendar", "calendar", "ICS", "")
    if has_feed(site.lang, site.totals):
        yield FileView("feed", "feed", "feed", "ATOM", "")


def _documents(site: SiteViews) -> Iterator[tuple[str, str, str]]:
    """Yield the documents of the whole site as (name, path, language tag), those of this language first."""
    this, languages = site.lang.language, site.lang.content.site.languages
    for language in sorted(languages, key=lambda each: each is not this):
        for name in documents_of(language):
            yield name, route(name, language.code), language.tag
        if language is this and len(languages) > 1:
            yield "parallel", PARALLEL, ""


def _slots(site: SiteViews) -> Iterator[Slot]:
    if not site.is_vast:
        yield Slot(f"{site.lang.code}/downloads/sheets/")


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    slot = f"downloads/sheets/{part_of(unit)}"
    yield SharedTarget(unit.lang, "downloads").fragment(slot, "sheet.html", UnitFragment(unit.card))


DOWNLOADS = SharedPage("downloads", _view, _slots, _fragments, dated=True, found_as="nav.downloads")
