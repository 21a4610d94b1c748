"""Plans the glossary."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.planning import counting
from gazette.planning.glossary_order import is_by_pinyin
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.phrases import shared
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.glossary import GlossaryView


def _view(site: SiteViews) -> GlossaryView:
    return GlossaryView(
        site.terms, is_by_pinyin(site.lang.language.script), bool([*shared(site.lang.content, site.totals)])
    )


def _slots(site: SiteViews) -> Iterator[Slot]:
    code, comma = site.lang.code, site.lang.content.word("gap.list", site.lang.code)
    names_shown = {term.id: term.named for term in site.terms}
    yield from (Slot(f"{code}/term/{term.id}", comma, names_shown[term.id]) for term in site.lang.content.glossary)


def _fragments(unit: UnitViews) -> Iterator[Fragment]:
    glossary = SharedTarget(unit.lang, "glossary")
    for id in counting.terms_of(unit.unit_file, unit.lang.code):
        yield glossary.fragment(f"term/{id}", "name.html", unit.ref)


def _is_there(site: SiteViews) -> bool:
    return bool(site.lang.content.glossary)


GLOSSARY = SharedPage("glossary", _view, _slots, _fragments, is_there=_is_there, found_as="nav.glossary")
