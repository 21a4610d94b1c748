"""Plans the page with all notices, and the page of each. Without notices there is no page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.model.forms.record import choices
from gazette.model.records.content import SharedContent
from gazette.model.records.notices import NoticeFile, NoticeKind
from gazette.planning.notice_views import results_of
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget, page_target
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.elements import NoticeItem, Ref
from gazette.site.views.notices import NoticeFragment, NoticeGroup, NoticesView, NoticeYear
from gazette.site.views.page import FormerView


def notice_pages(site: SiteViews) -> Iterator[Target]:
    """Yield the page of each notice, and redirects from its former ids, in one language."""
    lang, code = site.lang, site.lang.code
    for view in site.notices:
        slots = (Slot(f"{code}/notice/{view.item.id}"),)
        yield page_target(lang.page(view.item.ref, "notices", view), "notice.html", slots)
        for former in view.formerly:
            leads_on = FormerView(Ref(view.item.ref, view.item.title), view.item.id, former, Ref("notices", ""))
            yield page_target(lang.page(f"notice:{former}", "notices", leads_on), "former.html")


def notice_fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield what a unit adds to them: its pledges."""
    for id, fragment in named_pledges(unit):
        page = SharedTarget(unit.lang, f"notice:{id}")
        yield page.fragment(f"notice/{id}", "notice-pledges.html", fragment)


def named_pledges(unit: UnitViews) -> Iterator[tuple[str, NoticeFragment]]:
    """Yield the pledges of a unit that each notice names, by the notice's id."""
    for file in unit.unit_file.notices:
        ids = [id for id in file.notice.pledges if id in unit.items]
        if ids:
            results = results_of(unit.lang, file.notice, ids)
            yield file.id, NoticeFragment(unit.ref, tuple(unit.items[id] for id in ids), results)


def notice_paths(content: SharedContent, notices: Iterable[NoticeFile]) -> Iterator[str]:
    """Yield the paths of the pages and documents."""
    for file in notices:
        for code in content.languages:
            yield from (route(f"notice:{id}", code) for id in (file.id, *file.notice.formerly))
            if file.notice.kind == "acceptance":
                yield route(f"notice-print:{file.id}", code)


def _slots(site: SiteViews) -> Iterator[Slot]:
    comma = site.lang.content.word("gap.list", site.lang.code)
    yield from (Slot(f"{site.lang.code}/notices/{view.item.id}", comma) for view in site.notices)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield the names of the units in the list."""
    notices = SharedTarget(unit.lang, "notices")
    for id, _ in named_pledges(unit):
        yield notices.fragment(f"notices/{id}", "name.html", unit.ref)


def _is_there(site: SiteViews) -> bool:
    return bool(site.notices)


def _list(site: SiteViews) -> NoticesView:
    views = site.notices
    by_kind = {kind: [view.item for view in views if view.item.kind == kind] for kind in choices(NoticeKind)}
    groups = (NoticeGroup(kind, len(items), tuple(_years(items))) for kind, items in by_kind.items() if items)
    still_open = sorted((view.item for view in views if view.item.state == "open"), key=lambda item: item.end)
    return NoticesView(len(views), tuple(still_open), tuple(groups))


def _years(items: list[NoticeItem]) -> Iterator[NoticeYear]:
    for year in dict.fromkeys(item.date[:4] for item in items):
        yield NoticeYear(year, tuple(item for item in items if item.date.startswith(year)))


NOTICES = SharedPage("notices", _list, _slots, _fragments, is_there=_is_there, found_as="nav.notices")
