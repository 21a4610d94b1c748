"""The printed documents among what is published: which editions a site has, and what units add to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from gazette.model.content import Asked, SharedContent
from gazette.model.markdown import paragraphs
from gazette.model.status import ALERTS
from gazette.planning import counting
from gazette.planning.counting import Totals
from gazette.planning.language import LanguageContext, iso
from gazette.planning.open_data import data_targets
from gazette.planning.site_views import UNITS_ON_A_SHEET, SiteViews
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import OFFICIAL, PARALLEL, SUMS, documents_of, route
from gazette.site.target import Attachment, Fragment, SheetLayout, Slot, Target
from gazette.site.views.documents import PairFragment, ParallelView
from gazette.site.views.page import Page
from gazette.site.views.unit import UnitFragment

STYLES = (
    "print.css",
    "bulletin-a4.css",
    "bulletin-a5.css",
    "bulletin.css",
    "parallel.css",
    "official.css",
    "sheet.css",
    "brief.css",
)
"""The style sheets of documents, which are files of the templates folder: what all share, and those of each kind."""

NO_DAY = "1970-01-01"
"""What archives read as no date: attached files must have one (ISO 19005-3), and the clock is not asked."""

SIZES: dict[str, tuple[float, ...]] = {
    "yardsticks": (12, 11, 10, 9.5, 9),
    "texts": (11, 10.5, 10, 9.5, 9),
    "tight": (9,),
    "bare": (10, 9.5, 9),
    "titles": (12, 11, 10, 9),
    "list": (9,),
}
"""How a unit's sheet shows its pledges, the roomiest way first: with what would count as done, with their texts and
the editors' notes, the same with lines close together, with their texts, by their titles, each with what an acceptance
rests on; by their titles alone. And with letters of which sizes, in points. None are smaller than 9."""

SMALLEST = 9.0

BRIEF_SIZES = (11, 10.5, 10, 9.5, 9)

LEAST = (9, 8, 7, 6, 5, 4)
"""Letters of a page that shows no more than its head and its foot. Only names and words at their limits, which no site
has, need those below the smallest: a page with small letters is better than none."""

LATE = 12
"""So many of the pledges that are past their date a brief names, those whose dates came first."""

CHANGES = 8
"""So many of the newest steps a brief tells."""

FEW_CHANGES = 4
"""So many where there is no room for more."""


# ── one unit ─────────────────────────────────────────────────────────────────


def sheet(unit_views: UnitViews) -> Target:
    """A unit's sheet: one page with all its pledges, or with so many titles as find room."""
    lang = unit_views.lang
    page, many = lang.page(f"sheet:{unit_views.unit_file.id}", "", unit_views.section()), len(unit_views.entries)
    fits = [SheetLayout(size, depth, many) for depth, sizes in SIZES.items() for size in sizes]
    fits += [SheetLayout(SMALLEST, "list", most) for most in range(many - 1, 0, -1)]
    fits += [SheetLayout(size, "nothing", 0) for size in LEAST]  # a statement can be as long as a page by itself
    path, style = route(page.ref, lang.code), ("print.css", "sheet.css")
    return Target(path, "pdf", "one-page", page, "sheet.html", style, layouts=(*fits,))


def unit_lines(statements: Sequence[UnitViews]) -> Iterator[Fragment]:
    """What a unit adds to the documents that all share; a statement for each language."""
    for unit_views in statements:
        yield from _bulletin_lines(unit_views)
        yield from _brief_lines(unit_views)
        if unit_views.lang.language.script in OFFICIAL:
            yield from _official_lines(unit_views)
    if len(statements) > 1:
        yield from _parallel_lines(statements)


def _line(unit_views: UnitViews, document: str, slot: str, template: str, view: object, rank: str = "") -> Fragment:
    lang, code = unit_views.lang, unit_views.lang.code
    page, path = lang.page(document, "", view), route(document, code)
    return Fragment(f"{code}/{document}/{slot}", path, "pdf", "page", page, f"fragments/{template}", rank)


def _bulletin_lines(unit_views: UnitViews) -> Iterator[Fragment]:
    own, card = unit_views.entries, unit_views.card
    yield _line(unit_views, "bulletin", "cover", "print-cover.html", UnitFragment(card))
    yield _line(unit_views, "bulletin", "first", "print-first.html", UnitFragment(card))
    yield _line(unit_views, "bulletin", "contents", "print-contents.html", UnitFragment(card))
    yield _line(unit_views, "bulletin", f"matrix/{card.kind}", "print-matrix.html", unit_views.matrix())
    yield _line(unit_views, "bulletin", "summary", "print-summary.html", UnitFragment(card))
    for kind in counting.WITH_A_TIME:
        for day, due in counting.by_date(counting.of_deadline(own, kind)):
            yield _line(unit_views, "bulletin", f"lane/{kind}", "print-lane.html", unit_views.group(due, kind), day)
    for alert in ALERTS:
        for day, due in counting.by_date(counting.of_alert(own, alert)):
            yield _line(unit_views, "bulletin", f"late/{alert}", "print-lane.html", unit_views.group(due, alert), day)
    yield _line(unit_views, "bulletin", "units", "print-unit.html", unit_views.section())


def _official_lines(unit_views: UnitViews) -> Iterator[Fragment]:
    yield _line(unit_views, "official", "contents", "official-contents.html", UnitFragment(unit_views.card))
    yield _line(unit_views, "official", "summary", "official-summary.html", UnitFragment(unit_views.card))
    for alert in ALERTS:
        for day, due in counting.by_date(counting.of_alert(unit_views.entries, alert)):
            yield _line(
                unit_views, "official", f"late/{alert}", "official-late.html", unit_views.group(due, alert), day
            )
    yield _line(unit_views, "official", "units", "official-unit.html", unit_views.section())


def _brief_lines(unit_views: UnitViews) -> Iterator[Fragment]:
    kind = unit_views.card.kind
    yield _line(unit_views, "brief", f"progress/{kind}", "brief-progress.html", unit_views.progress())
    yield _line(unit_views, "brief", f"matrix/{kind}", "brief-matrix.html", unit_views.matrix())
    for item in unit_views.late():
        yield _line(unit_views, "brief", "late", "brief-late.html", item, f"{item.deadline.last} {item.number:05}")
    for change in unit_views.changes():
        yield _line(unit_views, "brief", "changes", "brief-change.html", change, _newest_first(change.date))


def _newest_first(day: str) -> str:
    """A rank by which later days (ISO 8601) come first."""
    return day.translate(_BACKWARDS)


_BACKWARDS = str.maketrans("0123456789", "9876543210")


def _parallel_lines(statements: Sequence[UnitViews]) -> Iterator[Fragment]:
    """What a unit adds to the document in all languages. Its lines are those of the first, around a page of each."""

    def line(slot: str, template: str, view: Callable[[UnitViews], object], rank: str = "") -> Fragment:
        sides = PairFragment(tuple(each.lang.page("parallel", "", view(each)) for each in statements))
        return _line(statements[0], "parallel", slot, f"parallel-{template}.html", sides, rank)

    own = statements[0].entries
    yield line("cover", "cover-unit", lambda each: UnitFragment(each.card))
    yield line("first", "first", lambda each: UnitFragment(each.card))
    yield line("contents", "contents", lambda each: UnitFragment(each.card))
    yield line(f"matrix/{statements[0].card.kind}", "matrix", UnitViews.matrix)
    yield line("summary", "summary", lambda each: UnitFragment(each.card))
    for kind in counting.WITH_A_TIME:
        for day, due in counting.by_date(counting.of_deadline(own, kind)):
            yield line(f"lane/{kind}", "dated", partial(UnitViews.group, some=due, kind=kind), day)
    for alert in ALERTS:
        for day, due in counting.by_date(counting.of_alert(own, alert)):
            yield line(f"late/{alert}", "dated", partial(UnitViews.group, some=due, kind=alert), day)
    yield line("units", "unit", UnitViews.section)


# ── what units share ─────────────────────────────────────────────────────────


def shared_documents(overviews: Sequence[SiteViews], as_of: str) -> Iterator[Target]:
    """The documents of the whole site; an overview for each language."""
    for site_views in overviews:
        yield _bulletin(site_views, as_of)
        yield _brief(site_views, as_of)
        if site_views.lang.language.script in OFFICIAL:
            yield _official(site_views, as_of)
        yield _booklet(site_views, as_of)
    if len(overviews) > 1:
        yield _parallel(overviews, as_of)
    yield Target(SUMS, "data", "sums", needs_kinds=("pdf", "data"))


def document_paths(content: SharedContent) -> frozenset[str]:
    """The paths of the documents of the whole site."""
    languages = content.site.languages
    paths = {route(name, language.code) for language in languages for name in documents_of(language)}
    return frozenset(paths | {SUMS} | ({PARALLEL} if len(languages) > 1 else set()))


def _slots(page: Page, parts: Sequence[str], most: int = 0) -> tuple[Slot, ...]:
    return tuple(Slot(f"{page.language}/{page.ref}/{part}", limit=most) for part in parts)


def _bulletin_parts(totals: Totals) -> list[str]:
    """The parts of a bulletin that units fill."""
    lanes = [f"lane/{kind}" for kind, _ in totals.deadline_counts() if kind in counting.WITH_A_TIME]
    named = ["cover"] if totals["units"] <= UNITS_ON_A_SHEET else []
    late = [f"late/{alert}" for alert, _ in totals.alert_counts()]
    return [*named, "contents", "summary", "units", *(f"matrix/{kind}" for kind in totals.kinds), *late, *lanes]


def _bulletin(site_views: SiteViews, as_of: str) -> Target:
    lang = site_views.lang
    page = lang.page("bulletin", "", site_views.bulletin(), as_of)
    return Target(
        route("bulletin", lang.code),
        "pdf",
        "pdf",
        page,
        "bulletin.html",
        ("print.css", "bulletin-a4.css", "bulletin.css"),
        slots=_bulletin_slots(site_views),
        attachments=(*_attachments(lang, as_of),),
        cost=1000,
    )


def _booklet(site_views: SiteViews, as_of: str) -> Target:
    """The bulletin set for the halves of folded sheets."""
    lang = site_views.lang
    page = lang.page("booklet", "", site_views.bulletin(), as_of)
    path, style = route("booklet", lang.code), ("print.css", "bulletin-a5.css", "bulletin.css")
    return Target(path, "pdf", "booklet", page, "booklet.html", style, slots=_bulletin_slots(site_views), cost=1200)


def _bulletin_slots(site_views: SiteViews) -> tuple[Slot, ...]:
    """What units add to a bulletin, and to the booklet as well."""
    totals, code = site_views.totals, site_views.lang.code
    first = Slot(f"{code}/bulletin/first", limit=1)
    return (first, *(Slot(f"{code}/bulletin/{part}") for part in _bulletin_parts(totals)))


def _official(site_views: SiteViews, as_of: str) -> Target:
    lang = site_views.lang
    page = lang.page("official", "", site_views.official(), as_of)
    separator = lang.content.word("official.semicolon", lang.code)
    late = (Slot(f"{lang.code}/official/late/{alert}", separator) for alert, _ in site_views.totals.alert_counts())
    slots = (*_slots(page, ("contents", "summary", "units")), *late)
    path, style = route("official", lang.code), ("print.css", "official.css")
    return Target(path, "pdf", "pdf", page, "official.html", style, slots=slots, cost=600)


def _brief(site_views: SiteViews, as_of: str) -> Target:
    lang, totals = site_views.lang, site_views.totals
    view = site_views.brief(LATE, CHANGES)
    page = lang.page("brief", "", view, as_of)
    parts = [f"{part}/{kind}" for part in ("progress", "matrix") for kind in totals.kinds] if view.matrix else []
    slots = (*_slots(page, parts), *_slots(page, ["late"], view.late_shown), *_slots(page, ["changes"], view.shown))
    fits = [SheetLayout(size, "texts", view.shown) for size in BRIEF_SIZES]
    fits.append(SheetLayout(SMALLEST, "texts", min(view.shown, FEW_CHANGES)))
    fits += [
        SheetLayout(SMALLEST, "tables", 0),
        SheetLayout(SMALLEST, "counts", 0),
        *(SheetLayout(size, "nothing", 0) for size in LEAST),
    ]
    path, style = route("brief", lang.code), ("print.css", "sheet.css", "brief.css")
    return Target(path, "pdf", "one-page", page, "brief.html", style, slots=slots, layouts=(*fits,), cost=100)


def _parallel(overviews: Sequence[SiteViews], as_of: str) -> Target:
    """The bulletin in all languages side by side: a page of the first, around a page of each."""
    lang = overviews[0].lang
    first = overviews[0].bulletin()
    order = [term.id for term in first.terms]

    def side(site_views: SiteViews) -> Page:
        bulletin = site_views.bulletin()
        terms = sorted(bulletin.terms, key=lambda term: order.index(term.id))
        bulletin = replace(bulletin, terms=tuple(terms), by_pinyin=first.by_pinyin)
        return site_views.lang.page("parallel", "", bulletin, as_of)

    view = ParallelView(tuple(map(side, overviews)), (*_foreword([each.lang for each in overviews]),))
    page = lang.page("parallel", "", view, as_of)
    slots = _slots(page, ["first"], most=1) + _slots(page, _bulletin_parts(overviews[0].totals))
    style = ("print.css", "parallel.css")
    attachments = (*_attachments(lang, as_of),)
    return Target(PARALLEL, "pdf", "pdf", page, "parallel.html", style, slots=slots, attachments=attachments, cost=2000)


def _foreword(langs: Sequence[LanguageContext]) -> Iterator[PairFragment]:
    """The paragraphs of the foreword beside each other; all in one where a translation is divided otherwise."""
    articles = [lang.article("foreword") for lang in langs]
    bodies = [paragraphs(article.body) for article in articles]
    if len(set(map(len, bodies))) > 1:
        bodies = [(article.body,) for article in articles]
    for beside in zip(*bodies, strict=True):
        some = (replace(article, body=body) for article, body in zip(articles, beside, strict=True))
        yield PairFragment(tuple(lang.page("parallel", "", one) for lang, one in zip(langs, some, strict=True)))


_TABLES: dict[str, Asked] = {"pledges": "file.pledges", "units": "file.units"}
_FORMS: dict[str, Asked] = {"csv": "file_what.csv", "json": "file_what.json"}
"""What the open data and their forms are called."""


def _attachments(lang: LanguageContext, as_of: str) -> Iterator[Attachment]:
    """The open data as a document carries them."""
    content, code = lang.content, lang.code
    day = as_of or iso(content.site.statements_date) or NO_DAY
    for target in data_targets(content):
        name, _, ending = target.path.removeprefix("data/").partition(".")
        words: tuple[Asked, ...] = (_TABLES[name], "gap.colon", _FORMS[ending])
        about = "".join(content.word(word, code) for word in words)
        yield Attachment(target, about, day)
