"""Owns the list of what is published: content in, targets out. Knows no Jinja."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gazette import indexes, tables
from gazette import views as v
from gazette.content import Content
from gazette.edition import Edition, extent, rivers
from gazette.routes import route
from gazette.target import Target

SCRIPTS = ("site.js", "ledger.js")
HEADING_FONT = "static/heading.woff2"


def plan(content: Content) -> tuple[Target, ...]:
    """Every target of the site. Two targets of one path are our own mistake (ValueError)."""
    editions = tuple(Edition(content, language) for language in content.frame.site.languages)
    targets = [*_data(content), *_static(content), *_entries(content, editions)]
    for edition in editions:
        targets += _edition(edition)
    paths = [target.path for target in targets]
    doubled = sorted({path for path in paths if paths.count(path) > 1}) if len(set(paths)) != len(paths) else []
    if doubled:
        raise ValueError(f"two targets of one path: {doubled}")
    return tuple(targets)


# ── shared by all languages ──────────────────────────────────────────────────


def _data(content: Content) -> Iterator[Target]:
    entries = indexes.entries(content.shards, content.frame.site.as_of)
    languages = content.frame.languages
    for table in (tables.pledges(entries, languages), tables.units(entries, languages)):
        yield Target(f"data/{table.name}.csv", "data", "csv", table)
        yield Target(f"data/{table.name}.json", "data", "json", table)


def _static(content: Content) -> Iterator[Target]:
    for name in (*SCRIPTS, "icon.svg"):
        yield Target(f"static/{name}", "pages", "copy", assets=(f"static/{name}",))
    yield Target("static/site.css", "pages", "text", _style(content), "site.css")
    yield Target(HEADING_FONT, "pages", "font", _heading_characters(content))


def _style(content: Content) -> v.StyleView:
    columns, rows = extent(content)
    site = content.frame.site
    places = {(tile.row, tile.column) for tile in site.tiles}
    places |= {(river.label[1], river.label[0]) for river in rivers(content, content.frame.languages[0]) if river.label}
    return v.StyleView(tuple(theme.id for theme in content.frame.themes), columns, rows, tuple(sorted(places)))


_HEADING_WORDS = (
    "heading.",
    "home.heading",
    "kind.",
    "lane.",
    "rhythm.",
    "deadline.period_words",
    "note.doubtful",
    "note.remark",
    "note.correction",
    "matrix.head",
    "not_found.title",
)
"""The words of the interface that the style sheets set in the heading font."""


def _heading_characters(content: Content) -> str:
    """The sorted characters of all headings: titles, sections, names of units, themes and programmes, and what
    dates are written with. Pledge titles, glossary terms and people's names use the reader's own fonts."""
    frame = content.frame
    texts = [*frame.site.title.values(), *frame.site.motto.values()]
    for name, word in frame.words.items():
        if name.startswith(_HEADING_WORDS):
            texts += word.values()
    for name_of_entry in (*(theme.name for theme in frame.themes), *(entry.name for entry in frame.programmes)):
        texts += name_of_entry.values()
    for shard in content.shards:
        texts += [*shard.unit.name.values(), *shard.unit.short.values()]
    for article in frame.articles.values():
        texts.append(article.title)
        texts += [line for line in article.body.splitlines() if line.startswith("#")]
    latin = "".join(map(chr, range(0x20, 0x7F))) + "“”‘’–—…·，。、：；（）《》年月日"
    return "".join(sorted(set("".join(texts) + latin) - set("\n\r\t")))


def _entries(content: Content, editions: tuple[Edition, ...]) -> Iterator[Target]:
    """The pages at the root, which speak every language, and what search engines ask for."""
    first, words = content.frame.site.languages[0], content.frame.words
    sites = tuple(edition.site for edition in editions)
    not_found = tuple(
        v.NotFoundWords(*(words[name][code] for name in ("not_found.title", "not_found.text", "nav.ledger")))
        for code in content.frame.languages
    )
    for ref, path in (("entry", "index.html"), ("404", "404.html")):
        view = v.EntryView(sites, not_found)
        page = v.Page(ref, "", first.code, first.tag, first.script, first.locale, sites[0], view)
        yield Target(path, "pages", "page", page, f"{ref}.html")
    base = sites[0].base_url
    if base:
        groups: dict[str, list[tuple[str, str]]] = {}
        for edition in editions:
            for target in _pages(edition):
                assert isinstance(target.view, v.Page)
                if not isinstance(target.view.view, v.FormerView):
                    groups.setdefault(target.view.ref, []).append((target.view.tag, target.path))
        sitemap = v.SitemapView(base, tuple(tuple(group) for group in groups.values()))
        yield Target("sitemap.xml", "pages", "text", sitemap, "sitemap.xml")
        yield Target("robots.txt", "pages", "text", sitemap, "robots.txt")


# ── one language ─────────────────────────────────────────────────────────────


def _edition(edition: Edition) -> Iterator[Target]:
    yield from _pages(edition)
    bulletin = edition.page("bulletin", "", edition.bulletin())
    style = ("bulletin.css",)
    yield Target(route("bulletin", edition.code), "pdf", "pdf", bulletin, "bulletin.html", style, weight=1000)


def _pages(edition: Edition) -> Iterator[Target]:
    single: dict[str, Callable[[], object]] = {
        "home": edition.home,
        "units": edition.units_page,
        "themes": edition.themes_page,
        "programmes": edition.programmes_page,
        "ledger": edition.ledger,
        "deadlines": edition.deadlines,
        "glossary": edition.glossary,
        "about": edition.about,
        "method": lambda: edition.article("method"),
        "downloads": edition.downloads,
        "dictionary": edition.dictionary,
    }
    for name, make in single.items():
        section = {"method": "about", "dictionary": "downloads"}.get(name, name)
        yield _page(edition, name, f"{name}.html", section, make())
    for shard in edition.content.shards:
        yield _page(edition, f"unit:{shard.id}", "unit.html", "units", edition.unit(shard))
    for entry in edition.entries:
        yield _page(edition, f"pledge:{entry.pledge.id}", "pledge.html", "ledger", edition.pledge(entry))
        for former in entry.pledge.formerly:
            yield _page(edition, f"pledge:{former}", "former.html", "ledger", edition.former(entry, former))
    for theme in edition.frame.themes:
        yield _page(edition, f"theme:{theme.id}", "theme.html", "themes", edition.theme(theme))
    for programme in edition.frame.programmes:
        yield _page(edition, f"programme:{programme.id}", "programme.html", "programmes", edition.programme(programme))


def _page(edition: Edition, ref: str, template: str, section: str, view: object) -> Target:
    return Target(route(ref, edition.code), "pages", "page", edition.page(ref, section, view), template)
