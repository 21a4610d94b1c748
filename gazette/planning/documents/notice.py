"""Plans the acceptance notice on paper, in the type area of official documents (GB/T 9704). It is not an official
document: it has no red head, no document number, no seal."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages.notices import named_pledges
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import route
from gazette.site.target import Fragment, Slot, Target

STYLES = ("print.css", "official.css", "notice.css")


def notice_documents(site: SiteViews) -> Iterator[Target]:
    """Yield the document of each acceptance notice, in one language."""
    lang, code = site.lang, site.lang.code
    for view in (view for view in site.notices if view.is_printed):
        ref = f"notice-print:{view.item.id}"
        slots = (Slot(f"{code}/notice-print/{view.item.id}"),)
        page = lang.page(ref, "", view)
        yield Target(
            path=route(ref, code),
            kind="pdf",
            maker="pdf",
            view=page,
            template="notice-print.html",
            assets=STYLES,
            slots=slots,
            cost=20,
        )


def notice_document_fragments(unit: UnitViews) -> Iterator[Fragment]:
    """Yield what a unit adds to them."""
    printed = {file.id for file in unit.unit_file.notices if file.notice.kind == "acceptance"}
    for id, fragment in named_pledges(unit):
        if id in printed:
            document = SharedTarget(unit.lang, f"notice-print:{id}", "pdf")
            yield document.fragment(f"notice-print/{id}", "notice-print-pledges.html", fragment)
