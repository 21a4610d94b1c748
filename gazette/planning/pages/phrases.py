"""Plans the page of phrases that several units share. It exists as soon as two units share one."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.phrases import said_by, shared
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.glossary import PhrasesView, PhraseView


def _view(site: SiteViews) -> PhrasesView:
    names = {term.id: site.lang.text(term.term) for term in site.lang.content.glossary}
    views = (PhraseView(id, names[id], n, site.named(n)) for id, n in shared(site.lang.content, site.totals))
    return PhrasesView(tuple(views), site.units)


def _slots(site: SiteViews) -> Iterator[Slot]:
    code, comma = site.lang.code, site.lang.content.word("gap.list", site.lang.code)
    yield from (Slot(f"{code}/phrase/{id}", comma, site.named(n)) for id, n in shared(site.lang.content, site.totals))


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    page = SharedTarget(unit.lang, "phrases")
    for id in said_by(unit.lang.content, unit.unit_file):
        yield page.fragment(f"phrase/{id}", "name.html", unit.short_ref)


def _is_there(site: SiteViews) -> bool:
    return any(True for _ in shared(site.lang.content, site.totals))


PHRASES = SharedPage(
    "phrases", _view, _slots, _fragments, section="glossary", is_there=_is_there, found_as="heading.phrases"
)
