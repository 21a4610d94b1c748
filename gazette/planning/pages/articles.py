"""Plans the pages of articles.

The page about the site ends with the doubtful spots of the source, the page about the method with the table of steps.
The others are those that a public body owes its readers.
"""

from __future__ import annotations

from collections.abc import Iterator

from gazette.model.records.content import POLICIES
from gazette.model.records.lifecycle import STEPS
from gazette.planning.pages.shared_page import SharedPage
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.target import Fragment, Slot
from gazette.site.views.articles import AboutView, ArticleView, DoubtfulSpot, MethodView, SpotsFragment, StepRow
from gazette.site.views.elements import Ref


def _about(site: SiteViews) -> AboutView:
    return AboutView(site.lang.article("about"), site.totals["spots"])


def _about_slots(site: SiteViews) -> Iterator[Slot]:
    yield Slot(f"{site.lang.code}/spots")


def _about_fragments(unit: UnitViews) -> Iterator[Fragment]:
    if spots := (*_spots(unit),):
        yield SharedTarget(unit.lang, "about").fragment("spots", "spots.html", SpotsFragment(spots))


def _spots(unit: UnitViews) -> Iterator[DoubtfulSpot]:
    owners = [(unit.ref, unit.lang.notes(unit.unit_file.unit.notes))]
    owners += [(Ref(item.ref, item.title), item.notes) for item in unit.items.values()]
    for owner, notes in owners:
        yield from (DoubtfulSpot(owner, unit.ref.name, note) for note in notes if note.kind == "doubtful")


ABOUT = SharedPage("about", _about, _about_slots, _about_fragments)


def _method(site: SiteViews) -> MethodView:
    rows = (StepRow(code, each.needs, each.after, each.leads_to, each.or_else) for code, each in STEPS.items())
    return MethodView(site.lang.article("method"), (*rows,))


def _policy(id: str) -> SharedPage:
    def view(site: SiteViews) -> ArticleView:
        return site.lang.article(id)

    def is_there(site: SiteViews) -> bool:
        return id in site.lang.content.policies

    return SharedPage(id, view, section="about", template="policy.html", is_there=is_there)


POLICY_PAGES = tuple(map(_policy, POLICIES))
"""The pages that a public body owes its readers: accessibility, privacy, and how it corrects itself."""

METHOD = SharedPage("method", _method, section="about")
