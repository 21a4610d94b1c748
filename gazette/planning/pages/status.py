"""The page with how far all pledges are."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.status import LATE
from gazette.planning.counting import STROKE_OF
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.status import BAR, Part, StatusFragment, StatusView


def _view(site: SiteViews) -> StatusView:
    totals, states = site.totals, site.totals.states()
    return StatusView(
        pledges=site.pledges,
        units=site.units,
        kinds=site.unit_kinds,
        states=site.states,
        late=site.late,
        watched=site.watched,
        parts=_parts(states, site.pledges),
        recurring=totals["recurring.counted"],
        periods=totals["periods"],
        periods_reported=totals["periods.reported"],
        changes=totals["history"],
    )


def _parts(states: tuple[str, ...], pledges: int) -> tuple[Part, ...]:
    """The parts of a bar: what is farthest comes first."""
    found: list[Part] = []
    before = 0
    drawn = [STROKE_OF.get(state, "active") for state in states]
    for kind in IN_A_BAR:
        n = drawn.count(kind)
        found.append(Part(kind, n, before * BAR // pledges, (before + n) * BAR // pledges))
        before += n
    return tuple(found)


IN_A_BAR = ("accepted", "active", "reopened", "none", "withdrawn")
"""The kinds of states in the order of bars and columns: closed, in hand, in hand again, not reported, taken back."""


def _slots(site: SiteViews) -> Iterator[Slot]:
    yield from (Slot(f"{site.lang.code}/status/{kind}") for kind in site.totals.kinds)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    card, own = unit.card, unit.entries
    late = sum(entry.status.alert in LATE for entry in own)
    row = StatusFragment(unit.ref, card.id, len(own), _parts(card.states, len(own)), late)
    yield SharedTarget(unit.lang, "status").fragment(f"status/{card.kind}", "status.html", row)


STATUS = SharedPage("status", _view, _slots, _fragments, dated=True)
