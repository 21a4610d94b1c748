"""Defines the views of workbooks and of the feed."""

from __future__ import annotations

from gazette.site.views.changes import EventFragment
from gazette.site.views.elements import View


class HeadingView(View, frozen=True):
    """A column of a sheet: its name, its type (`site/column.py`), and its meaning in each language."""

    name: str
    type: str
    meanings: tuple[str, ...]


class SheetView(View, frozen=True):
    """A sheet: its title, the path of the CSV file whose rows it shows, and its columns."""

    title: str
    path: str
    columns: tuple[HeadingView, ...]


class BookView(View, frozen=True):
    """A workbook: its sheets, and one that describes them, which comes first if there are several. `about` are the
    (label, text) lines of that sheet; `title` and `terms` are properties of the file."""

    title: str
    terms: str
    sheets: tuple[SheetView, ...]
    about_title: str
    about: tuple[tuple[str, str], ...]


class FeedView(View, frozen=True):
    """A feed. `authority` is the host in its entries' ids (RFC 4151), `prefix` their beginning. `day` is its date of
    change (ISO 8601) if it has no entries. Entries are sorted, the newest first."""

    authority: str
    prefix: str
    day: str
    entries: tuple[EntryLine, ...] = ()


class EntryLine(View, frozen=True):
    """An entry of a feed: an event, and its number (from 1) among those of its kind and day. Its id begins with
    `about`."""

    about: str
    number: int
    event: EventFragment
