"""What can be downloaded, and what the columns of the open data mean."""

from __future__ import annotations

from gazette.site.views.elements import View


class FileView(View, frozen=True):
    """Something to download: its `name`, and `what` is in it. `language` is a tag, empty where the file serves all."""

    ref: str
    name: str
    what: str
    format: str
    language: str


class DownloadsView(View, frozen=True):
    """What can be downloaded: documents and sums (`files`), the tables, what there is to subscribe to, and what is for
    programs. Of a vast city the sheets of units stand with these (`sheets_elsewhere`)."""

    files: tuple[FileView, ...]
    tables: tuple[OfferedTable, ...]
    subscribed: tuple[FileView, ...]
    described: tuple[FileView, ...]
    pledges: int
    units: int
    sheets_elsewhere: bool = False

    @property
    def split(self) -> int:
        """How many rows of the table of pledges are of those that were split, which are counted as their parts."""
        return sum(table.rows for table in self.tables if table.name == "pledges") - self.pledges


class OfferedTable(View, frozen=True):
    """A table of the open data: how many rows it has, and the endings of its files."""

    name: str
    rows: int
    endings: tuple[str, ...]


class FieldView(View, frozen=True):
    """A column of the open data."""

    name: str
    type: str
    text: str
    values: tuple[tuple[str, str], ...]


class TableView(View, frozen=True):
    """A table of the open data, with the endings of its files."""

    name: str
    endings: tuple[str, ...]
    fields: tuple[FieldView, ...]
    rows: int


class DictionaryView(View, frozen=True):
    """The data dictionary."""

    tables: tuple[TableView, ...]
