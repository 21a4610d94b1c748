"""Plans the brief: what the units say together, on one page."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning import counting
from gazette.planning.documents.layouts import brief_layouts
from gazette.planning.language import iso
from gazette.planning.pages.changes import told
from gazette.planning.site_views import UNITS_ON_A_SHEET, SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.documents import BriefView, ChangeFragment, ProgressFragment

STYLES = ("print.css", "sheet.css", "brief.css")

THEMES_ON_A_SHEET = 20
"""The most themes of a matrix on a sheet. With more, the columns are narrower than the strokes in them."""

LATE_LISTED = 12
"""The most late pledges that a brief names, the earliest deadlines first."""

CHANGES = 8
"""The most changes that a brief lists, the newest first."""


def brief(site: SiteViews, as_of: str) -> Target:
    """Return the brief in one language."""
    lang, code, view = site.lang, site.lang.code, _view(site)
    page = lang.page("brief", "", view, as_of)
    tables = ("progress", "matrix") if view.matrix else ()
    slots = (
        *(Slot(f"{code}/brief/{table}/{kind}") for table in tables for kind in site.totals.kinds),
        Slot(f"{code}/brief/late", limit=view.late_shown),
        Slot(f"{code}/brief/changes", limit=view.shown),
    )
    path, layouts = route("brief", code), brief_layouts(view.shown, view.late_shown)
    return Target(
        path=path,
        kind="pdf",
        maker="one-page",
        view=page,
        template="brief.html",
        assets=STYLES,
        slots=slots,
        layouts=layouts,
        cost=100,
    )


def _view(site: SiteViews) -> BriefView:
    totals = site.totals
    small = site.units <= UNITS_ON_A_SHEET and len(site.lang.themes) <= THEMES_ON_A_SHEET
    return BriefView(
        units=site.units,
        kinds=site.unit_kinds,
        pledges=site.pledges,
        reported=totals["reported"],
        accepted=totals["state.accepted"],
        outcome=site.outcome,
        late=site.late,
        watched=site.watched,
        late_shown=min(sum(each.n for each in site.late), LATE_LISTED),
        dated=totals["dated"],
        matrix=site.matrix if small else None,
        themes=() if small else site.theme_cards,
        states=site.states,
        lanes=site.lanes,
        changes=totals["log"],
        shown=min(totals["log"], CHANGES),
        since=site.since,
    )


def brief_fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield what a unit adds to it."""
    document, kind = SharedTarget(unit.lang, "brief", "pdf"), unit.card.kind
    yield document.fragment(f"brief/progress/{kind}", "brief-progress.html", _progress(unit))
    yield document.fragment(f"brief/matrix/{kind}", "brief-matrix.html", unit.matrix)
    for entry in unit.entries:
        if entry.status.is_late:
            item = unit.items[entry.pledge.id]
            sort_key = f"{item.deadline.last} {item.number:05}"
            yield document.fragment("brief/late", "brief-late.html", item, sort_key)
    for about, event, _, sort_key in told(unit):
        change = ChangeFragment(date=iso(event.date), what=event.what, unit=unit.ref, about=about)
        yield document.fragment("brief/changes", "brief-change.html", change, sort_key)


def _progress(unit: UnitViews) -> ProgressFragment:
    counted = counting.counted(unit.entries)
    codes = [entry.status.code for entry in counted]
    late = sum(entry.status.is_late for entry in counted)
    return ProgressFragment(unit.card.short, len(counted), counting.reported(counted), codes.count("accepted"), late)
