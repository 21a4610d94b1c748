"""Defines the views of files that are not pages: style sheets, site map, open data."""

from __future__ import annotations

from gazette.site.views.elements import View


class StyleView(View, frozen=True):
    """What the common style sheet takes from the content: the parts of the heading font, each with its characters (a
    `unicode-range`)."""

    fonts: tuple[tuple[str, str], ...]


class OverviewStyleView(View, frozen=True):
    """What the style sheet of pages with pictures takes from the content: the places of the map, and the themes."""

    columns: int
    rows: int
    places: tuple[tuple[int, int], ...]
    themes: tuple[str, ...]


class HandedView(View, frozen=True):
    """A file that passes the texts of slots to a script. It calls `function` with the `number` of the file and the
    texts by their names in the script; `names` is `{slot: name}`."""

    function: str
    number: int
    names: dict[str, str]


class LedgerStyleView(View, frozen=True):
    """What the ledger's style sheet takes from the content: the themes."""

    themes: tuple[str, ...]


class SitemapFragment(View, frozen=True):
    """Addresses of pages. A group holds a page's language versions as (tag, path, date of last change)."""

    base: str
    groups: tuple[tuple[tuple[str, str, str], ...], ...]


class OriginalView(View, frozen=True):
    """The original of an evidence file: its name in the content and its SHA-256. A picture is scaled to at most `width`
    pixels."""

    name: str
    digest: str
    width: int = 0


class DataView(View, frozen=True):
    """A table of open data: the text before and after its rows, and the reference date (ISO, or "")."""

    before: str
    after: str
    as_of: str
