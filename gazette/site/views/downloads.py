"""Defines the views of downloads, and of the data dictionary."""

from __future__ import annotations

from gazette.site.views.elements import View


class FileView(View, frozen=True):
    """A file to download: its `name`, and `what` it holds. `language` is a tag, "" for a file that serves all
    languages."""

    ref: str
    name: str
    what: str
    format: str
    language: str


class DownloadsView(View, frozen=True):
    """All downloads: documents and sums (`files`), tables, subscriptions, and files for programs (`described`). In a
    vast city the units' sheets are listed with the units (`sheets_elsewhere`)."""

    files: tuple[FileView, ...]
    tables: tuple[OfferedTable, ...]
    subscribed: tuple[FileView, ...]
    described: tuple[FileView, ...]
    pledges: int
    units: int
    sheets_elsewhere: bool = False

    @property
    def split(self) -> int:
        """The number of rows in the table of pledges that are split pledges, which are counted by their parts."""
        return sum(table.rows for table in self.tables if table.name == "pledges") - self.pledges


class OfferedTable(View, frozen=True):
    """A table of open data: its number of rows, and the extensions of its files."""

    name: str
    rows: int
    endings: tuple[str, ...]


class FieldView(View, frozen=True):
    """A column of open data. `values` are (code, meaning) pairs."""

    name: str
    type: str
    text: str
    values: tuple[tuple[str, str], ...]


class TableView(View, frozen=True):
    """A table of open data, with the extensions of its files."""

    name: str
    endings: tuple[str, ...]
    fields: tuple[FieldView, ...]
    rows: int


class DictionaryView(View, frozen=True):
    """The data dictionary."""

    tables: tuple[TableView, ...]
