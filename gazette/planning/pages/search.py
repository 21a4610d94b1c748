"""Plans the page of search results that has an address. A script fills in the results."""

from __future__ import annotations

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews


def _view(site: SiteViews) -> None:  # noqa: ARG001 - all that the page says are words
    return None


SEARCH = SharedPage("search", _view)
