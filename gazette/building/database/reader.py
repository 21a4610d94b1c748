"""The build database as others see it: for looking only, as the last build left it."""

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
    """Open the file `path` for the block, so that nothing in it can change. Raises Unreadable where it cannot be opened
    or read, with the reason."""
    try:
        with contextlib.closing(DatabaseReader(path)) as reader:
            yield reader
    except sqlite3.Error as error:
        raise Unreadable(error) from None


class DatabaseReader:
    """The file `path`, open for looking only (`reading`)."""

    def __init__(self, path: Path) -> None:
        self.connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, isolation_level=None)
        self.meta = MetaTable(self.connection)
        self.files = FileTable(self.connection)
        self.history = HistoryTable(self.connection)
        self.journal = JournalTable(self.connection)

    def close(self) -> None:
        self.connection.close()

    def is_of_now(self) -> bool:
        """Whether the file has the tables of this version, and all that its build decided has happened."""
        return has_layout(self.connection) and self.journal.pending() == ([], [])


def shown_pages(database: Path) -> dict[str, ShownPage]:
    """The pages of a built site that have dates of publication, by path, as the last build left them in the file
    `database` (`OutputPlace.database`). Raises Unreadable."""
    with reading(database) as reader:
        return reader.files.pages()
