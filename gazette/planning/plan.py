"""The list of what is published: a unit gives its pages and lines, frame and totals give the shared pages.

Knows no Jinja.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Callable, Iterator

import msgspec

from gazette.fonts.typeface import HEADING_LICENCE
from gazette.model.content import SharedContent, UnitFile
from gazette.model.records import Programme, Theme
from gazette.model.status import ALERTS
from gazette.planning import counting, documents, open_data
from gazette.planning.counting import Totals
from gazette.planning.language import LanguageContext, extent, iso
from gazette.planning.site_views import UNITS_ON_THE_FRONT_PAGE, SiteViews
from gazette.planning.unit_views import UnitViews
from gazette.site.routes import PAGES, route
from gazette.site.target import Fragment, Slot, Target
from gazette.site.views.deadlines import SHORT_LANE
from gazette.site.views.elements import Ref
from gazette.site.views.files import SitemapFragment, StyleView
from gazette.site.views.home import TileFragment
from gazette.site.views.page import EntryView, FormerView, NotFoundWords, Page
from gazette.site.views.unit import UnitFragment

SCRIPTS = ("site.js", "ledger.js")
HEADING_FONTS = ("static/heading.woff2", "static/heading-han.woff2")
"""The heading font in two parts, which the style sheet tells apart by their characters: those before U+2E80, where Han
and its marks begin, and those from there on. A page in Latin letters loads the first alone."""

FONT_LICENCE = "static/ofl.txt"
"""The name under which licences of fonts are looked for."""

_SECTIONS = {"method": "about", "dictionary": "downloads"}
"""Pages that belong to another entry of the navigation than their own."""

_DATED = ("home", "ledger", "deadlines")
"""Pages that print the date that states are measured against (bulletins do too)."""


def langs(content: SharedContent) -> tuple[LanguageContext, ...]:
    """The languages of a site."""
    return tuple(LanguageContext(content, language) for language in content.site.languages)


# ── one unit ─────────────────────────────────────────────────────────────────


class UnitPlan(msgspec.Struct, frozen=True):
    """What a unit gives the site. `paths` are those of all its targets, of whichever kind; `counts` are added to the
    totals, `headings` are the characters of its names."""

    targets: tuple[Target, ...]
    paths: frozenset[str]
    lines: tuple[Fragment, ...]
    counts: dict[str, int]
    headings: str


def plan_unit(
    content: SharedContent, unit_file: UnitFile, as_of: datetime.date | None, kinds: tuple[str, ...]
) -> UnitPlan:
    """The pages and lines of one unit, of the `kinds` asked for."""
    own = counting.entries(unit_file, as_of)
    statements = [UnitViews(lang, own) for lang in langs(content)]
    pages = [page for unit_views in statements for page in _unit_pages(unit_views)]
    lines = [*open_data.data_lines(own, content), *documents.unit_lines(statements)]
    lines += [line for unit_views in statements for line in _unit_lines(unit_views)]
    if content.site.base_url:
        lines.append(_addresses(content, pages))
    targets, unit = [*pages, *map(documents.sheet, statements)], unit_file.unit
    return UnitPlan(
        targets=tuple(target for target in targets if target.kind in kinds),
        paths=frozenset(target.path for target in targets),
        lines=tuple(line for line in lines if line.kind in kinds),
        counts=dict(counting.count(own, content.languages)),
        headings="".join((*unit.name.values(), *unit.short.values())),
    )


def _unit_pages(unit_views: UnitViews) -> Iterator[Target]:
    lang, unit_file = unit_views.lang, unit_views.unit_file
    yield _page(lang, f"unit:{unit_file.id}", "unit.html", "units", unit_views.unit())
    for former in unit_file.unit.formerly:
        yield _page(lang, f"unit:{former}", "former.html", "units", unit_views.former_unit(former))
    for place, entry in enumerate(unit_views.entries):
        yield _page(lang, f"pledge:{entry.pledge.id}", "pledge.html", "ledger", unit_views.pledge(place))
        for former in entry.pledge.formerly:
            view = unit_views.former(entry.pledge, former)
            yield _page(lang, f"pledge:{former}", "former.html", "ledger", view)


def _unit_lines(unit_views: UnitViews) -> Iterator[Fragment]:
    """What a unit adds to the shared pages of one language."""
    lang, own, card, code = unit_views.lang, unit_views.entries, unit_views.card, unit_views.lang.code

    def line(slot: str, page: str, template: str, view: object, rank: str = "") -> Fragment:
        poured = lang.page(page, "", view)
        return Fragment(f"{code}/{slot}", route(page, code), "pages", "page", poured, f"fragments/{template}", rank)

    yield line(f"home/units/{card.kind}", "home", "unit-short.html", UnitFragment(card, 4))
    yield line(f"home/matrix/{card.kind}", "home", "matrix.html", unit_views.matrix())
    for tile in lang.content.site.tiles:
        if tile.unit == card.id:
            yield line("home/tiles", "home", "tile.html", TileFragment(card, tile.column, tile.row))
    yield line(f"units/{card.kind}", "units", "unit.html", UnitFragment(card, 3))
    yield line("downloads/sheets", "downloads", "sheet.html", UnitFragment(card))
    yield line("ledger/options", "ledger", "option.html", UnitFragment(card))
    yield line("ledger/rows", "ledger", "ledger.html", unit_views.group(own))
    for kind in dict.fromkeys(entry.pledge.deadline.kind for entry in own):
        found = counting.of_deadline(own, kind)
        for day, due in counting.by_date(found):
            yield line(f"lane/{kind}", "deadlines", "lane.html", unit_views.group(due, kind), day)
        yield line(f"lane-groups/{kind}", "deadlines", "lane-group.html", unit_views.group(found))
    for alert in ALERTS:
        for day, due in counting.by_date(counting.of_alert(own, alert)):
            yield line(f"late/{alert}", "deadlines", "lane.html", unit_views.group(due, alert), day)
    for id in dict.fromkeys(id for entry in own for id in entry.pledge.themes):
        view = unit_views.group(counting.of_theme(own, id))
        yield line(f"theme/{id}", f"theme:{id}", "group.html", view)
    for id in dict.fromkeys(id for entry in own for id in entry.pledge.programmes):
        view = unit_views.group(counting.of_programme(own, id))
        yield line(f"programme/{id}", f"programme:{id}", "group.html", view)
        yield line(f"programmes/{id}", "programmes", "name.html", unit_views.ref)
    for id in counting.terms_of(unit_views.unit_file, code):
        yield line(f"term/{id}", "glossary", "name.html", unit_views.ref)
    if (spots := unit_views.spots()).spots:
        yield line("spots", "about", "spots.html", spots)


def _addresses(content: SharedContent, targets: list[Target]) -> Fragment:
    return Fragment("sitemap", "sitemap.xml", "pages", "text", _sitemap(content, targets), "fragments/sitemap.xml")


def _sitemap(content: SharedContent, targets: list[Target]) -> SitemapFragment:
    """The addresses of some pages; those of former ids only lead on."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for target in targets:
        if isinstance(target.view, Page) and not isinstance(target.view.view, FormerView):
            groups.setdefault(target.view.ref, []).append((target.view.tag, target.path))
    return SitemapFragment(content.site.base_url or "", tuple(tuple(group) for group in groups.values()))


# ── what units share ─────────────────────────────────────────────────────────


def plan_shared(
    content: SharedContent, totals: Totals, as_of: datetime.date | None, headings: str
) -> tuple[Target, ...]:
    """The shared targets. `headings` are the characters of the units' names."""
    overviews = [SiteViews(lang, totals) for lang in langs(content)]
    pages = [page for site_views in overviews for page in _shared_pages(site_views, iso(as_of))]
    return (
        *open_data.data_targets(content),
        *_static(content, headings),
        *documents.shared_documents(overviews, iso(as_of)),
        *pages,
        *_entries(content, pages),
    )


def _shared_pages(site_views: SiteViews, as_of: str) -> Iterator[Target]:
    lang, code = site_views.lang, site_views.lang.code
    views: dict[str, Callable[[], object]] = {
        "home": site_views.home,
        "units": site_views.units,
        "themes": site_views.themes,
        "programmes": site_views.programmes,
        "ledger": site_views.ledger,
        "deadlines": site_views.deadlines,
        "glossary": site_views.glossary,
        "about": site_views.about,
        "method": lambda: lang.article("method"),
        "downloads": site_views.downloads,
        "dictionary": site_views.dictionary,
    }
    slots = {name: tuple(_slots_of(name, site_views)) for name in views}
    for name, view in views.items():
        section = _SECTIONS.get(name, name)
        yield _page(lang, name, f"{name}.html", section, view(), slots[name], as_of if name in _DATED else "")
    for theme in lang.content.themes:
        slot = (Slot(f"{code}/theme/{theme.id}"),)
        yield _page(lang, f"theme:{theme.id}", "theme.html", "themes", site_views.theme(theme), slot)
    for programme in lang.content.programmes:
        slot = (Slot(f"{code}/programme/{programme.id}"),)
        ref = f"programme:{programme.id}"
        yield _page(lang, ref, "programme.html", "programmes", site_views.programme(programme), slot)
    for kind, section, entries in _with_pages(lang):
        for entry in entries:
            for former in entry.formerly:
                now = Ref(f"{kind}:{entry.id}", lang.text(entry.name))
                yield _page(lang, f"{kind}:{former}", "former.html", section, lang.former(section, now, former))


def _with_pages(lang: LanguageContext) -> tuple[tuple[str, str, tuple[Theme | Programme, ...]], ...]:
    """The entries of the shared files that have pages of their own: what they are, their section, and themselves."""
    content = lang.content
    return ("theme", "themes", content.themes), ("programme", "programmes", content.programmes)


def _slots_of(name: str, site_views: SiteViews) -> Iterator[Slot]:
    """The slots of a page that stands once in a language."""
    content, totals, code = site_views.lang.content, site_views.totals, site_views.lang.code
    comma = content.word("gap.list", code)
    lanes = [kind for kind, _ in totals.deadline_counts()]
    if name == "home":
        if totals["units"] <= UNITS_ON_THE_FRONT_PAGE:
            yield from (Slot(f"{code}/home/{part}/{kind}") for part in ("units", "matrix") for kind in totals.kinds)
        yield Slot(f"{code}/home/tiles")
        yield from (Slot(f"{code}/lane/{kind}") for kind in lanes if _is_short(totals, kind))
    elif name == "units":
        yield from (Slot(f"{code}/units/{kind}") for kind in totals.kinds)
    elif name == "ledger":
        yield from (Slot(f"{code}/ledger/options"), Slot(f"{code}/ledger/rows"))
    elif name == "deadlines":
        yield from (Slot(f"{code}/late/{alert}") for alert, _ in totals.alert_counts())
        for kind in lanes:
            yield Slot(f"{code}/{'lane' if _is_short(totals, kind) else 'lane-groups'}/{kind}")
    elif name == "programmes":
        yield from (Slot(f"{code}/programmes/{programme.id}", comma) for programme in content.programmes)
    elif name == "glossary":
        yield from (Slot(f"{code}/term/{term.id}", comma) for term in content.glossary)
    elif name == "downloads":
        yield Slot(f"{code}/downloads/sheets")
    elif name == "about":
        yield Slot(f"{code}/spots")


def _is_short(totals: Totals, kind: str) -> bool:
    return totals[f"deadline.{kind}.pledges"] <= SHORT_LANE


def _static(content: SharedContent, headings: str) -> Iterator[Target]:
    for name in (*SCRIPTS, "icon.svg"):
        yield Target(f"static/{name}", "pages", "copy", assets=(f"static/{name}",))
    yield Target("static/site.css", "pages", "style", _style(content), "site.css", needs=HEADING_FONTS)
    yield Target(FONT_LICENCE, "pages", "licence", HEADING_LICENCE.read_text("utf-8"))
    characters = _heading_characters(content, headings)
    before_han = bisect_left(characters, "\u2e80")
    for path, part in zip(HEADING_FONTS, (characters[:before_han], characters[before_han:]), strict=True):
        yield Target(path, "pages", "font", part)


def _style(content: SharedContent) -> StyleView:
    columns, rows = extent(content)
    places = {(tile.row, tile.column) for tile in content.site.tiles}
    for river in langs(content)[0].rivers():
        if river.label:
            places.add((river.label[1], river.label[0]))
    return StyleView(tuple(theme.id for theme in content.themes), columns, rows, tuple(sorted(places)))


_HEADING_WORDS = (
    "heading.",
    "home.heading",
    "kind.",
    "lane.",
    "alert.",
    "rhythm.",
    "deadline.period_words",
    "note.doubtful",
    "note.remark",
    "note.correction",
    "matrix.head",
    "not_found.title",
)
"""The words of the interface that the style sheets set in the heading font."""


def _heading_characters(content: SharedContent, units: str) -> str:
    """The sorted characters of all headings: titles, sections, names of units, themes and programmes, and what
    dates are written with. Pledge titles, glossary terms and people's names use the reader's own fonts."""
    texts = [*content.site.title.values(), *content.site.motto.values(), units]
    for name, word in content.words.items():
        if name.startswith(_HEADING_WORDS):
            texts += word.values()
    for name_of_entry in (*(theme.name for theme in content.themes), *(entry.name for entry in content.programmes)):
        texts += name_of_entry.values()
    for article in content.articles.values():
        texts.append(article.title)
        texts += [line for line in article.body.splitlines() if line.startswith("#")]
    latin = "".join(map(chr, range(0x20, 0x7F))) + "“”‘’–—…·，。、：；（）《》年月日"
    return "".join(sorted(set("".join(texts) + latin) - set("\n\r\t")))


def _entries(content: SharedContent, pages: list[Target]) -> Iterator[Target]:
    """The pages at the root, which speak every language, and what search engines ask for."""
    first = langs(content)[0]
    sites = tuple(lang.site for lang in langs(content))
    not_found = tuple(
        NotFoundWords(
            content.word("not_found.title", code),
            content.word("not_found.text", code),
            content.word("nav.ledger", code),
        )
        for code in content.languages
    )
    for ref, path in (("entry", "index.html"), ("404", "404.html")):
        page = first.page(ref, "", EntryView(sites, not_found))
        yield Target(path, "pages", "page", page, f"{ref}.html")
    if content.site.base_url:
        yield Target("sitemap.xml", "pages", "text", _sitemap(content, pages), "sitemap.xml", slots=(Slot("sitemap"),))
        yield Target("robots.txt", "pages", "text", _sitemap(content, []), "robots.txt")


def shared_assets(content: SharedContent) -> frozenset[str]:
    """The files of the templates folder that targets are made from, beside templates."""
    static = {name for target in _static(content, "") for name in target.assets}
    return frozenset(static.union(documents.STYLES))


def _page(
    lang: LanguageContext,
    ref: str,
    template: str,
    section: str,
    view: object,
    slots: tuple[Slot, ...] = (),
    as_of: str = "",
) -> Target:
    page = lang.page(ref, section, view, as_of)
    return Target(route(ref, lang.code), "pages", "page", page, template, slots=slots)


def shared_paths(content: SharedContent) -> frozenset[str]:
    """The paths that exist whatever the units are: what shared pages and units may lead to."""
    paths = {*open_data.data_paths(), *documents.document_paths(content)}
    paths |= {f"static/{name}" for name in (*SCRIPTS, "icon.svg", "site.css")} | {
        *HEADING_FONTS,
        FONT_LICENCE,
        "index.html",
        "404.html",
    }
    for code in content.languages:
        paths |= {f"{code}/{name}" for name in PAGES.values()}
        paths |= {route(f"theme:{id}", code) for theme in content.themes for id in (theme.id, *theme.formerly)}
        paths |= {route(f"programme:{id}", code) for each in content.programmes for id in (each.id, *each.formerly)}
    return frozenset(paths)
