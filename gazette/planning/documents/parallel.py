"""Plans the parallel edition: the bulletin in all languages side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from gazette.model.text.markdown import paragraphs
from gazette.planning.documents import due
from gazette.planning.documents.attachments import attachments
from gazette.planning.documents.bulletin import shared_parts
from gazette.planning.language import LanguageContext
from gazette.planning.pages.notices import named_pledges
from gazette.planning.site_views import SiteViews
from gazette.planning.targets import SharedTarget
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import PARALLEL
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.documents import BulletinView, PairFragment, ParallelView
from gazette.site.views.unit import UnitFragment

STYLES = ("print.css", "parallel.css")


def parallel(sites: Sequence[SiteViews], bulletins: Sequence[BulletinView], as_of: str) -> Target:
    """Return the document. It is a page of the first language that holds the bulletin of each."""
    first, langs = bulletins[0], [site.lang for site in sites]
    order = {term.id: index for index, term in enumerate(first.terms)}
    sides = []
    for lang, bulletin in zip(langs, bulletins, strict=True):
        terms = sorted(bulletin.terms, key=lambda term: order[term.id])
        side = replace(bulletin, terms=tuple(terms), by_pinyin=first.by_pinyin)
        sides.append(lang.page("parallel", "", side, as_of))
    lang = langs[0]
    return Target(
        path=PARALLEL,
        kind="pdf",
        maker="pdf",
        view=lang.page("parallel", "", ParallelView(tuple(sides), (*_foreword(langs),), _notices(sites)), as_of),
        template="parallel.html",
        assets=STYLES,
        slots=(
            Slot(f"{lang.code}/parallel/first", limit=1),
            *(Slot(f"{lang.code}/parallel/{part}") for part in shared_parts(sites[0])),
            *(Slot(f"{lang.code}/parallel/notice/{view.item.id}") for view in sites[0].notices),
        ),
        attachments=attachments(sites[0], as_of),
        cost=2000,
    )


def _foreword(langs: Sequence[LanguageContext]) -> Iterator[PairFragment]:
    """Yield the paragraphs of the foreword side by side; the whole text at once if a translation has another number of
    paragraphs."""
    articles = [lang.article("foreword") for lang in langs]
    bodies = [paragraphs(article.body) for article in articles]
    if len(set(map(len, bodies))) > 1:
        bodies = [(article.body,) for article in articles]
    for beside in zip(*bodies, strict=True):
        some = (replace(article, body=body) for article, body in zip(articles, beside, strict=True))
        yield PairFragment(tuple(lang.page("parallel", "", one) for lang, one in zip(langs, some, strict=True)))


def _notices(sites: Sequence[SiteViews]) -> tuple[PairFragment, ...]:
    """Return the notices, each in all languages."""
    return tuple(
        PairFragment(tuple(site.lang.page("parallel", "", view) for site, view in zip(sites, views, strict=True)))
        for views in zip(*(site.notices for site in sites), strict=True)
    )


def parallel_fragments(sides: Sequence[UnitViews]) -> Iterator[Fragment]:
    """Yield what a unit adds to it. `sides` has its views in each language; the slots are named after the first."""
    document, first = SharedTarget(sides[0].lang, "parallel", "pdf"), sides[0]

    def fragment(slot: str, template: str, view: Callable[[UnitViews], object], sort_key: str = "") -> Fragment:
        pair = PairFragment(tuple(each.lang.page("parallel", "", view(each)) for each in sides))
        return document.fragment(f"parallel/{slot}", f"parallel-{template}.html", pair, sort_key)

    yield fragment("cover", "cover-unit", lambda unit: UnitFragment(unit.card))
    yield fragment("first", "first", lambda unit: UnitFragment(unit.card))
    yield fragment("contents", "contents", lambda unit: UnitFragment(unit.card))
    yield fragment(f"matrix/{first.card.kind}", "matrix", lambda unit: unit.matrix)
    yield fragment("summary", "summary", lambda unit: UnitFragment(unit.card))
    for slot, kind, day, some in (*due.with_a_time(first.entries), *due.late(first.entries)):
        yield fragment(slot, "dated", partial(UnitViews.group, some=some, kind=kind), day)
    yield fragment("units", "unit", lambda unit: unit.statement)
    of_notices = [dict(named_pledges(unit)) for unit in sides]
    for id in of_notices[0]:
        pledges = dict(zip(sides, (of_side[id] for of_side in of_notices), strict=True))
        yield fragment(f"notice/{id}", "notice-pledges", pledges.__getitem__)
