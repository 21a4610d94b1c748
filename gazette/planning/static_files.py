"""The files that pages load: scripts, the icon, the style sheet, the heading font."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from gazette.fonts.typeface import HEADING_LICENCE
from gazette.model.content import SharedContent
from gazette.planning.map_views import extent, places
from gazette.site.target import Target
from gazette.site.views.files import StyleView

_SCRIPTS = ("site", "terms", "ledger", "ledger-tables", "search", "compare")
COPIES = (*(f"static/{name}.js" for name in _SCRIPTS), "static/icon.svg")
"""Files of the templates folder that are published as they are."""

STYLE = "static/site.css"

EMBED_STYLE = "static/embed.css"
"""That of the cards for other sites, which load nothing else."""

HEADING_FONTS = ("static/heading.woff2", "static/heading-han.woff2")
"""The heading font in two parts, which the style sheet tells apart by their characters: those before U+2E80, where Han
and its marks begin, and those from there on. A page in Latin letters loads the first alone."""

FONT_LICENCE = "static/ofl.txt"
"""The name under which licences of fonts are looked for."""

STATIC_PATHS = frozenset([*COPIES, STYLE, EMBED_STYLE, *HEADING_FONTS, FONT_LICENCE])


def static_targets(content: SharedContent, headings: str, tables: tuple[str, ...]) -> Iterator[Target]:
    """The files. `headings` are the characters of the units' names; `tables` are those of the open data that there are:
    each is a heading of the data dictionary."""
    for path in COPIES:
        yield Target(path, "pages", "copy", assets=(path,))
    yield Target(STYLE, "pages", "style", _style(content), "site.css", needs=HEADING_FONTS)
    if content.site.base_url:
        yield Target(EMBED_STYLE, "pages", "style", None, "embed.css")
    yield Target(FONT_LICENCE, "pages", "written", HEADING_LICENCE.read_text("utf-8"))
    characters = _heading_characters(content, headings, tables)
    before_han = bisect_left(characters, "\u2e80")
    for path, part in zip(HEADING_FONTS, (characters[:before_han], characters[before_han:]), strict=True):
        yield Target(path, "pages", "font", part)


def _style(content: SharedContent) -> StyleView:
    return StyleView(tuple(theme.id for theme in content.themes), *extent(content), places(content))


_HEADING_WORDS = (
    "heading.",
    "n.",
    "result.some",
    "result.none",
    "result.late",
    "kind.",
    "lane.",
    "alert.",
    "rhythm.",
    "deadline.period_words",
    "note.doubtful",
    "note.remark",
    "note.correction",
    "note.change",
    "note.translation",
    "matrix.head",
    "not_found.title",
)
"""The words of the interface that the style sheets set in the heading font."""

_OF_NOTICES = (
    "heading.notices",
    "notice_part.",
    "notice_kinds.",
    "notices.pledges",
    "notices.accountable",
    "notices.year",
)
"""Those of them that only a site with notices shows."""

_OF_EDITIONS = ("heading.editions", "editions.title", "editions.since", "editions.files")
"""Those that only a site with editions shows."""

_IN_PRINT = ("heading.contents", "heading.summary", "heading.colophon", "heading.statements", "heading.reply")
"""Those that stand in documents only, which have fonts of their own."""


def _heading_characters(content: SharedContent, units: str, tables: tuple[str, ...]) -> str:
    """The sorted characters of all headings: titles, sections, names of units, themes and programmes, and what
    dates are written with. Pledge titles, glossary terms and people's names use the reader's own fonts."""
    texts = [*content.site.title.values(), *content.site.motto.values(), units]
    kinds = ((_OF_NOTICES, content.has_notices), (_OF_EDITIONS, bool(content.editions)))
    wanted = [*_HEADING_WORDS, *(f"file.{table}" for table in tables)]
    unwanted = [*_IN_PRINT]
    for names, is_there in kinds:
        (wanted if is_there else unwanted).extend(names)
    for name, word in content.words.items():
        if name.startswith(tuple(wanted)) and not name.startswith(tuple(unwanted)):
            texts += word.values()
    for name_of_entry in (*(theme.name for theme in content.themes), *(entry.name for entry in content.programmes)):
        texts += name_of_entry.values()
    for article in content.articles.values():
        texts.append(article.title)
        texts += [line for line in article.body.splitlines() if line.startswith("#")]
    latin = "".join(map(chr, range(0x20, 0x7F))) + "“”‘’–—…·，。、：；（）《》年月日"
    return "".join(sorted(set("".join(texts) + latin) - set("\n\r\t")))
