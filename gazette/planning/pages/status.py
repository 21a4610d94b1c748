"""Plans the page of states: how far all pledges have come."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning import counting
from gazette.planning.language import LanguageContext, iso
from gazette.planning.outcomes import bar, parts
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.status_rows import status_row
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.status import IssueView, StatusView


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
        levels=bar((level, totals[f"checkable.{level}"]) for level in counting.CHECKABLE),
        issues=tuple(_issues(site.lang)),
        by_unit=not site.is_vast,
    )


def _issues(lang: LanguageContext) -> Iterator[IssueView]:
    for edition in lang.content.editions:
        if edition.standing is not None and edition.pledges:
            states = [state for state, n in edition.standing.states if state != counting.SPLIT for _ in range(n)]
            yield IssueView(
                number=edition.number,
                date=iso(edition.date),
                as_of=iso(edition.as_of),
                pledges=len(states),
                parts=parts(states),
                late=edition.standing.late,
            )


def _slots(site: SiteViews) -> Iterator[Slot]:
    for part in ("status", "levels") if not site.is_vast else ():
        yield from (Slot(f"{site.lang.code}/{part}/{kind}") for kind in site.totals.kinds)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    status, kind, row = SharedTarget(unit.lang, "status"), unit.card.kind, status_row(unit)
    yield status.fragment(f"status/{kind}", "status.html", row)
    yield status.fragment(f"levels/{kind}", "levels.html", row)


STATUS = SharedPage("status", _view, _slots, _fragments, dated=True, found_as="nav.status")
