"""Plans the bulletin, which holds everything in one language, and the booklet, which sets the same for folded
sheets."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.records.lifecycle import NONE
from gazette.planning import counting
from gazette.planning.documents import due
from gazette.planning.documents.attachments import attachments
from gazette.planning.glossary_order import is_by_pinyin
from gazette.planning.pages.notices import named_pledges
from gazette.planning.site_views import UNITS_ON_A_SHEET, SiteViews
from gazette.planning.status_rows import status_row
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.documents import BulletinView
from gazette.site.views.unit import UnitFragment

STYLES = ("print.css", "bulletin-a4.css", "bulletin.css")
BOOKLET_STYLES = ("print.css", "bulletin-a5.css", "bulletin.css")


def bulletin_view(site: SiteViews) -> BulletinView:
    """Return what a bulletin shows in one language."""
    return BulletinView(
        issue=site.lang.issue(),
        late=site.late,
        watched=site.watched,
        named=_names_units(site),
        foreword=site.lang.article("foreword"),
        matrix=site.matrix,
        axis=site.axis,
        lanes=site.lanes,
        programmes=site.programme_cards,
        terms=site.terms,
        by_pinyin=is_by_pinyin(site.lang.language.script),
        total=site.pledges,
        reported=site.totals["reported"],
        states=site.states if _has_status(site) else (),
        parts=site.outcome.parts,
        outcome=site.outcome,
        since=site.since,
        notices=site.notices,
    )


def _has_status(site: SiteViews) -> bool:
    """True if there is more to say of states than that nothing was reported."""
    return bool(site.late) or any(state != NONE for state in site.totals.states())


def bulletin_and_booklet(site: SiteViews, view: BulletinView, as_of: str) -> tuple[Target, Target]:
    """Return both documents in one language. They share `view`."""
    lang, code = site.lang, site.lang.code
    status_parts = [f"status/{kind}" for kind in site.totals.kinds] if _has_status(site) else []
    names = (*status_parts, *shared_parts(site), *(f"notice/{view.item.id}" for view in site.notices))
    slots = (Slot(f"{code}/bulletin/first", limit=1), *(Slot(f"{code}/bulletin/{name}") for name in names))
    bulletin = Target(
        path=route("bulletin", code),
        kind="pdf",
        maker="pdf",
        view=lang.page("bulletin", "", view, as_of),
        template="bulletin.html",
        assets=STYLES,
        slots=slots,
        attachments=attachments(site, as_of),
        cost=1000,
    )
    booklet = Target(
        path=route("booklet", code),
        kind="pdf",
        maker="booklet",
        view=lang.page("booklet", "", view, as_of),
        template="booklet.html",
        assets=BOOKLET_STYLES,
        slots=slots,
        cost=1200,
    )
    return bulletin, booklet


def shared_parts(site: SiteViews) -> list[str]:
    """Return the names of the slots that all units fill, in the bulletin and in the parallel edition."""
    lanes = [f"lane/{lane.kind}" for lane in site.lanes if lane.kind in counting.WITH_A_TIME]
    cover = ["cover"] if _names_units(site) else []
    late = [f"late/{alert.code}" for alert in (*site.late, *site.watched)]
    return [*cover, "contents", "summary", "units", *(f"matrix/{kind}" for kind in site.totals.kinds), *late, *lanes]


def _names_units(site: SiteViews) -> bool:
    """True if the cover has room for the names of all units."""
    return site.units <= UNITS_ON_A_SHEET


def bulletin_fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield what a unit adds to both documents."""
    bulletin, card = SharedTarget(unit.lang, "bulletin", "pdf"), UnitFragment(unit.card)
    yield bulletin.fragment("bulletin/cover", "print-cover.html", card)
    yield bulletin.fragment("bulletin/first", "print-first.html", card)
    yield bulletin.fragment("bulletin/contents", "print-contents.html", card)
    yield bulletin.fragment(f"bulletin/matrix/{unit.card.kind}", "print-matrix.html", unit.matrix)
    yield bulletin.fragment("bulletin/summary", "print-summary.html", card)
    yield bulletin.fragment(f"bulletin/status/{unit.card.kind}", "print-status.html", status_row(unit))
    for slot, kind, day, some in (*due.with_a_time(unit.entries), *due.late(unit.entries)):
        yield bulletin.fragment(f"bulletin/{slot}", "print-lane.html", unit.group(some, kind), day)
    yield bulletin.fragment("bulletin/units", "print-unit.html", unit.statement)
    for id, named in named_pledges(unit):
        yield bulletin.fragment(f"bulletin/notice/{id}", "print-notice.html", named)
