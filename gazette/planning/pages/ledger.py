"""The page with every pledge in one table."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.pledge import LedgerView
from gazette.site.views.unit import UnitFragment


def _view(site: SiteViews) -> LedgerView:
    alerts = (*site.late, *site.watched)
    return LedgerView(site.pledges, tuple(site.lang.themes.values()), site.states, alerts, site.deadlines)


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from (Slot(f"{site.lang.code}/ledger/{part}") for part in ("options", "rows"))


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    ledger = SharedTarget(unit.lang, "ledger")
    yield ledger.fragment("ledger/options", "option.html", UnitFragment(unit.card))
    yield ledger.fragment("ledger/rows", "ledger.html", unit.group(unit.entries))


LEDGER = SharedPage("ledger", _view, _slots, _fragments, dated=True, found_as="nav.ledger")
