"""Describes a page that each language has one of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from gazette.planning.site_views import SiteViews
from gazette.planning.targets import page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot, Target


def _none(_: object) -> tuple[()]:
    return ()


def _always(_: object) -> bool:
    return True


class SharedPage(msgspec.Struct, frozen=True):
    """A page that each language has one of.

    `name` is its reference and, unless there is a `template`, the name of its template. `section` is its entry of the
    navigation, "" if that has the same name. Units fill the `slots`; `fragments` is what a unit adds, also to slots of
    other pages that show the same. A `dated` page prints the date that states are measured against. `is_there` is false
    if there is nothing to show: then the site has no such page. `found_as` is the word of the interface by which the
    search finds it; with "" the search finds it by its text.
    """

    name: str
    view: Callable[[SiteViews], object]
    slots: Callable[[SiteViews], Iterable[Slot]] = _none
    fragments: Callable[[UnitViews], Iterable[Fragment]] = _none
    section: str = ""
    dated: bool = False
    is_there: Callable[[SiteViews], bool] = _always
    template: str = ""
    found_as: str = ""

    def target(self, site: SiteViews, as_of: str) -> Target:
        """Return the page in one language, on the day `as_of` (ISO 8601)."""
        page = site.lang.page(self.name, self.section or self.name, self.view(site), as_of if self.dated else "")
        return page_target(page, self.template or f"{self.name}.html", (*self.slots(site),))
