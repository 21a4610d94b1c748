"""The files of the site that are no pages: style sheet, site map, open data."""

from __future__ import annotations

from gazette.site.views.elements import View


class StyleView(View, frozen=True):
    """What the style sheet of every page takes from the content: the parts of the heading font with the characters (a
    `unicode-range`) that each has."""

    fonts: tuple[tuple[str, str], ...]


class OverviewStyleView(View, frozen=True):
    """What the style sheet of pages with pictures takes from the content: the places of the map, and the themes."""

    columns: int
    rows: int
    places: tuple[tuple[int, int], ...]
    themes: tuple[str, ...]


class HandedView(View, frozen=True):
    """A file that hands a script the texts of slots: it calls a `function` with the `number` of the file and with the
    texts, by the names that the script knows (slot → name)."""

    function: str
    number: int
    names: dict[str, str]


class LedgerStyleView(View, frozen=True):
    """What the style sheet of the ledger takes from the content: its themes."""

    themes: tuple[str, ...]


class SitemapFragment(View, frozen=True):
    """Addresses of pages: a group holds a page's language versions (tag, path, when it last changed)."""

    base: str
    groups: tuple[tuple[tuple[str, str, str], ...], ...]


class OriginalView(View, frozen=True):
    """What a file of evidence is made of: its name in the content and its SHA-256; a picture is made at most `width`
    pixels wide."""

    name: str
    digest: str
    width: int = 0


class DataView(View, frozen=True):
    """A table of the open data: what stands before and after its rows, and the day that states are measured against
    (ISO, or nothing)."""

    before: str
    after: str
    as_of: str
