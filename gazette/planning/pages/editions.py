"""Plans the page of editions: what changed in each, and its files."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.records.editions import Edition, FrozenFile
from gazette.planning.frozen import frozen_path
from gazette.planning.language import LanguageContext, iso
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.since import since_view
from gazette.planning.site_views import SiteViews
from gazette.site import tables
from gazette.site.routes import CALENDAR, DATA_PACKAGE, DOCUMENTS, PARALLEL, SUMS
from gazette.site.views.editions import EditionsView, EditionView, FrozenFileView


def _view(site: SiteViews) -> EditionsView:
    return EditionsView(tuple(reversed([*_editions(site.lang)])))


def _editions(lang: LanguageContext) -> Iterator[EditionView]:
    before: Edition | None = None
    for edition in lang.content.editions:
        files = [_file(lang, edition, file) for file in edition.files]
        yield EditionView(
            number=edition.number,
            date=iso(edition.date),
            as_of=iso(edition.as_of),
            units=edition.units,
            pledges=edition.pledges,
            since=since_view(lang, before, edition.changes) if before else None,
            files=tuple(
                sorted((file for file in files if file.name), key=lambda file: _place(file, lang.language.tag))
            ),
            more=tuple(file for file in files if not file.name),
        )
        before = edition


def _file(lang: LanguageContext, edition: Edition, file: FrozenFile) -> FrozenFileView:
    name, language = _named(file.path, {each.code: each.tag for each in lang.content.site.languages})
    ending = file.path.rpartition(".")[2].upper()
    return FrozenFileView(
        ref=f"file:{frozen_path(edition, file)}",
        name=name,
        language=language,
        path=file.path,
        format=ending,
        size=file.size,
        digest=file.digest,
    )


_SHARED = {PARALLEL: "parallel", SUMS: "sums", DATA_PACKAGE: "package"} | {
    f"data/{table}.{ending}": table for table in tables.TABLES for ending in tables.ENDINGS
}


def _named(path: str, tags: dict[str, str]) -> tuple[str, str]:
    """Return what a file of the whole site is, and its language tag; "" and "" for a file of a unit."""
    code, _, file = path.partition("/")
    of_language = {file_name: name for name, file_name in DOCUMENTS.items()} | {CALENDAR: "calendar"}
    if code in tags and file in of_language:
        return of_language[file], tags[code]
    return _SHARED.get(path, ""), ""


_ORDER = (*DOCUMENTS, "parallel", "calendar", *tables.TABLES, "package", "sums")


def _place(file: FrozenFileView, tag: str) -> tuple[int, bool, str]:
    """Return the sort key of a file: by what it is, those in the language `tag` first."""
    return _ORDER.index(file.name), file.language not in ("", tag), file.path


def _is_there(site: SiteViews) -> bool:
    return bool(site.lang.content.editions)


EDITIONS = SharedPage("editions", _view, section="downloads", is_there=_is_there)
