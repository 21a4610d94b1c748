"""Plans the data dictionary, which explains the columns of the open data."""

from __future__ import annotations

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.site import tables
from gazette.site.views.downloads import DictionaryView, FieldView, TableView


def _view(site: SiteViews) -> DictionaryView:
    return DictionaryView(tuple(_table(name, site) for name in tables.present(site.totals.__getitem__)))


def _table(name: str, site: SiteViews) -> TableView:
    fields = tuple(
        FieldView(title, column.type, f"{name}.{column.name}", tuple((code, "") for code in column.codes))
        for title, column in tables.columns(name, site.lang.content.languages)
    )
    books = tables.with_book(site.totals.__getitem__)
    endings = (*tables.ENDINGS, *((tables.BOOK_ENDING,) if name in books else ()))
    return TableView(name, endings, fields, site.totals[name])


DICTIONARY = SharedPage("dictionary", _view, section="downloads")
