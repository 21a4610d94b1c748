"""The page with how far all pledges are."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.status_rows import status_row
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.status import StatusView


def _view(site: SiteViews) -> StatusView:
    totals = site.totals
    return StatusView(
        pledges=site.pledges,
        units=site.units,
        kinds=site.unit_kinds,
        states=site.states,
        late=site.late,
        watched=site.watched,
        parts=site.outcome.parts,
        recurring=totals["recurring.counted"],
        periods=totals["periods"],
        periods_reported=totals["periods.reported"],
        changes=totals["log"],
    )


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from (Slot(f"{site.lang.code}/status/{kind}") for kind in site.totals.kinds)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    yield SharedTarget(unit.lang, "status").fragment(f"status/{unit.card.kind}", "status.html", status_row(unit))


STATUS = SharedPage("status", _view, _slots, _fragments, dated=True)
