"""Plans the files that pages load: scripts, the icon, the style sheets, the heading font."""

from __future__ import annotations

from collections.abc import Iterator

from gazette.fonts.typeface import HEADING_LICENCE
from gazette.model.records.content import SharedContent
from gazette.planning.heading_fonts import FONT_PATHS, font_parts
from gazette.planning.map_views import extent, places
from gazette.site.target import Target
from gazette.site.views.files import LedgerStyleView, OverviewStyleView, StyleView

_SCRIPTS = ("site", "terms", "ledger", "ledger-tables", "search", "compare")
COPIES = (*(f"static/{name}.js" for name in _SCRIPTS), "static/icon.svg")
"""Files of the templates folder that are published as they are; scripts without their comments."""

STYLE = "static/site.css"
"""The style sheet of every page."""

OVERVIEW_STYLE, READING_STYLE, LEDGER_STYLE = "static/overview.css", "static/reading.css", "static/ledger.css"
"""The second style sheet of a page: for overviews, for pages to read, for the ledger. A page loads one of them at
most."""

EMBED_STYLE = "static/embed.css"
"""The only style sheet of the cards that other sites embed."""

FONT_LICENCE = "static/ofl.txt"
"""The file name under which licences of fonts are looked for."""

_STYLES = (STYLE, OVERVIEW_STYLE, READING_STYLE, LEDGER_STYLE, EMBED_STYLE)
STATIC_PATHS = frozenset([*COPIES, *_STYLES, *FONT_PATHS, FONT_LICENCE])


def static_targets(content: SharedContent, headings: str, tables: tuple[str, ...]) -> Iterator[Target]:
    """Yield the targets of these files. `headings` and `tables` are passed to `font_parts`."""
    for path in COPIES:
        yield Target(path, "pages", "lean" if path.endswith(".js") else "copy", assets=(path,))
    parts = font_parts(content, headings, tables)
    fonts = StyleView(tuple((part.path, part.range) for part in parts))
    yield Target(STYLE, "pages", "style", fonts, "site.css", needs=tuple(part.path for part in parts))
    themes = tuple(theme.id for theme in content.themes)
    overview = OverviewStyleView(*extent(content), places(content), themes)
    yield Target(OVERVIEW_STYLE, "pages", "style", overview, "overview.css")
    yield Target(READING_STYLE, "pages", "style", None, "reading.css")
    yield Target(LEDGER_STYLE, "pages", "style", LedgerStyleView(themes), "ledger.css")
    if content.site.base_url:
        yield Target(EMBED_STYLE, "pages", "style", None, "embed.css")
    yield Target(FONT_LICENCE, "pages", "written", HEADING_LICENCE.read_text("utf-8"))
    for part in parts:
        yield Target(part.path, "pages", "font", part.characters)
