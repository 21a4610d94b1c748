"""The files that pages load: scripts, the icon, the style sheet, the heading font."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.fonts.typeface import HEADING_LICENCE
from gazette.model.records.content import SharedContent
from gazette.planning.heading_fonts import FONT_PATHS, FontPart, font_parts
from gazette.planning.map_views import extent, places
from gazette.site.target import Target
from gazette.site.views.files import ComparingStyleView, StyleView

_SCRIPTS = ("site", "terms", "ledger", "ledger-tables", "search", "compare")
COPIES = (*(f"static/{name}.js" for name in _SCRIPTS), "static/icon.svg")
"""Files of the templates folder that are published as they are."""

STYLE, COMPARING_STYLE = "static/site.css", "static/comparing.css"
"""The style sheet of every page, and what the ledger and the comparison of units have beside it."""

EMBED_STYLE = "static/embed.css"
"""That of the cards for other sites, which load nothing else."""

FONT_LICENCE = "static/ofl.txt"
"""The name under which licences of fonts are looked for."""

STATIC_PATHS = frozenset([*COPIES, STYLE, COMPARING_STYLE, EMBED_STYLE, *FONT_PATHS, FONT_LICENCE])


def static_targets(content: SharedContent, headings: str, tables: tuple[str, ...]) -> Iterator[Target]:
    """The files. `headings` are the characters of the units' names; `tables` are those of the open data that there are:
    each is a heading of the data dictionary."""
    for path in COPIES:
        yield Target(path, "pages", "copy", assets=(path,))
    parts = font_parts(content, headings, tables)
    yield Target(STYLE, "pages", "style", _style(content, parts), "site.css", needs=tuple(part.path for part in parts))
    themes = ComparingStyleView(tuple(theme.id for theme in content.themes))
    yield Target(COMPARING_STYLE, "pages", "style", themes, "comparing.css")
    if content.site.base_url:
        yield Target(EMBED_STYLE, "pages", "style", None, "embed.css")
    yield Target(FONT_LICENCE, "pages", "written", HEADING_LICENCE.read_text("utf-8"))
    for part in parts:
        yield Target(part.path, "pages", "font", part.characters)


def _style(content: SharedContent, parts: tuple[FontPart, ...]) -> StyleView:
    fonts = tuple((part.path, part.range) for part in parts)
    return StyleView(*extent(content), places(content), fonts)
