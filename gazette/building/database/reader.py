"""Opens the build database for reading only, as the last build left it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from gazette.building.database.files import FileTable, ShownPage
from gazette.building.database.history import HistoryTable
from gazette.building.database.journal import JournalTable
from gazette.building.database.layout import Unreadable, has_layout
from gazette.building.database.meta import MetaTable


@contextlib.contextmanager
def reading(path: Path) -> Iterator[DatabaseReader]:
    """Open the file `path` read-only for the `with` block. Raises Unreadable, with the reason, if it cannot be opened
    or read."""
    try:
        with contextlib.closing(DatabaseReader(path)) as reader:
            yield reader
    except sqlite3.Error as error:
        raise Unreadable(error) from None


class DatabaseReader:
    """The build database, open for reading only. Use `reading` to open it."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        self.meta = MetaTable(self.connection)
        self.files = FileTable(self.connection)
        self.history = HistoryTable(self.connection)
        self.journal = JournalTable(self.connection)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def is_of_now(self) -> bool:
        """Return whether the file has the tables of this version, and its last build carried out everything it
        decided."""
        return has_layout(self.connection) and self.journal.pending() == ([], [])


def shown_pages(database: Path) -> dict[str, ShownPage]:
    """Return the pages of a built site with dates of publication, by path, as the last build recorded them in the file
    `database` (`OutputPlace.database`). Raises Unreadable."""
    with reading(database) as reader:
        return reader.files.pages()
