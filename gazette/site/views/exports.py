"""The open data as workbooks, and the feed of what changed."""

from __future__ import annotations

from gazette.site.views.changes import EventFragment
from gazette.site.views.elements import View


class HeadingView(View, frozen=True):
    """A column of a sheet: its name and type (`site/column.py`), and what it means, in each language."""

    name: str
    type: str
    meanings: tuple[str, ...]


class SheetView(View, frozen=True):
    """A sheet: its title, the path of the CSV whose rows it shows, and its columns."""

    title: str
    path: str
    columns: tuple[HeadingView, ...]


class BookView(View, frozen=True):
    """A workbook: its sheets, and one that says what they are. That one comes first where there are several. `about`
    are its lines (what is told, and the words), `title` and `terms` stand among the properties of the file."""

    title: str
    terms: str
    sheets: tuple[SheetView, ...]
    about_title: str
    about: tuple[tuple[str, str], ...]


class FeedView(View, frozen=True):
    """A feed: the host that names its entries (RFC 4151) with what their names begin with, the day that it was last
    changed where it has no entry (ISO 8601), its entries, the newest first."""

    authority: str
    prefix: str
    day: str
    entries: tuple[EntryLine, ...] = ()


class EntryLine(View, frozen=True):
    """An entry of a feed: what happened, and which (from 1) of the events of that kind and day it is; its id begins
    with `about`."""

    about: str
    number: int
    event: EventFragment
