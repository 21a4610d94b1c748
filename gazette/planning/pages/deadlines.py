"""Plans the page with the pledges by kind of deadline, after those that are late."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.life.status import ALERTS
from gazette.planning import counting
from gazette.planning.axis import axis_slots
from gazette.planning.data.calendar import COUNT as CALENDAR
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.deadlines import DeadlinesView

LISTED = 40
"""In a large city, the most pledges that are listed for each alert, the earliest deadlines first."""


def _view(site: SiteViews) -> DeadlinesView:
    return DeadlinesView(
        outcome=site.outcome,
        late=site.late,
        watched=site.watched,
        lanes=site.lanes,
        pledges=site.pledges,
        axis=site.axis,
        has_calendar=site.totals[CALENDAR] > 0,
        listed=_listed(site),
    )


def _listed(site: SiteViews) -> int:
    return LISTED if site.is_large else 0


def _slots(site: SiteViews) -> Iterator[Slot]:
    code = site.lang.code
    yield from (Slot(f"{code}/{name}") for name in axis_slots(site.axis))
    yield from (Slot(f"{code}/late/{alert.code}", limit=_listed(site)) for alert in (*site.late, *site.watched))
    for lane in site.lanes:
        if lane.short or not lane.parts:
            yield Slot(f"{code}/{'lane' if lane.short else 'lane-groups'}/{lane.kind}")


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    deadlines, counted = SharedTarget(unit.lang, "deadlines"), counting.counted(unit.entries)
    for kind in dict.fromkeys(entry.pledge.deadline.kind for entry in counted):
        of_kind = counting.of_deadline(counted, kind)
        for day, due in counting.by_date(of_kind):
            yield deadlines.fragment(f"lane/{kind}", "lane.html", unit.group(due, kind), day)
        yield deadlines.fragment(f"lane-groups/{kind}", "lane-group.html", unit.group(of_kind))
    for month, due in counting.by_month(counted):
        yield deadlines.fragment(f"axis/{month}", "axis.html", unit.group(due), month)
    for alert in ALERTS:
        for day, due in counting.by_date(counting.of_alert(counted, alert)):
            yield deadlines.fragment(f"late/{alert}", "lane.html", unit.group(due, alert), day)


DEADLINES = SharedPage("deadlines", _view, _slots, _fragments, dated=True, found_as="nav.deadlines")
