"""Plans the official layout (GB/T 9704): totals in sentences and short tables."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.documents import due
from gazette.planning.pages.notices import named_pledges
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.documents import OfficialView
from gazette.site.views.unit import UnitFragment

STYLES = ("print.css", "official.css")


def official(site: SiteViews, as_of: str) -> Target:
    """Return the document in one language."""
    lang, code = site.lang, site.lang.code
    page = lang.page("official", "", _view(site), as_of)
    separator = lang.content.word("official.semicolon", code)
    slots = (
        *(Slot(f"{code}/official/{part}") for part in ("contents", "summary", "units")),
        *(Slot(f"{code}/official/late/{alert.code}", separator) for alert in (*site.late, *site.watched)),
        *(Slot(f"{code}/official/notice/{view.item.id}", separator) for view in site.notices),
    )
    return Target(
        path=route("official", code),
        kind="pdf",
        maker="pdf",
        view=page,
        template="official.html",
        assets=STYLES,
        slots=slots,
        cost=600,
    )


def _view(site: SiteViews) -> OfficialView:
    return OfficialView(
        issue=site.lang.issue(),
        late=site.late,
        watched=site.watched,
        foreword=site.lang.article("foreword"),
        units=site.units,
        kinds=site.unit_kinds,
        pledges=site.pledges,
        reported=site.totals["reported"],
        states=site.states,
        lanes=site.lanes,
        themes=site.theme_cards,
        since=site.since,
        notices=site.notices,
    )


def official_fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield what a unit adds to it."""
    document, card = SharedTarget(unit.lang, "official", "pdf"), UnitFragment(unit.card)
    yield document.fragment("official/contents", "official-contents.html", card)
    yield document.fragment("official/summary", "official-summary.html", card)
    for slot, kind, day, some in due.late(unit.entries):
        yield document.fragment(f"official/{slot}", "official-late.html", unit.group(some, kind), day)
    yield document.fragment("official/units", "official-unit.html", unit.statement)
    for id, fragment in named_pledges(unit):
        yield document.fragment(f"official/notice/{id}", "official-notice.html", fragment)
