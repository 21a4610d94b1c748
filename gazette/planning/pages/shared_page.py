"""What is planned of a page of which each language has one."""

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
    """A page of which each language has one. `name` is its reference and, without a `template`, that of its template,
    `section` the entry of the navigation that it belongs to, if that is another. `slots` are those that units fill,
    `fragments` what a unit adds (to the slots of other pages too, where they show the same). A `dated` page prints the
    date that states are measured against. `is_there` says whether there is anything to show: an empty page is none.
    `found_as` is the word of the interface by which the search finds it; without one it finds what the page says."""

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
        """The page in one language, on the day `as_of` (ISO 8601)."""
        page = site.lang.page(self.name, self.section or self.name, self.view(site), as_of if self.dated else "")
        return page_target(page, self.template or f"{self.name}.html", (*self.slots(site),))
