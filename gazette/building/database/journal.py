"""The table of what was decided for the output folder and may not have happened yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class JournalTable:
    """Paths of the output folder: files to move in, files to remove."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def put(self, moves: Iterable[str], removals: Iterable[str]) -> None:
        """What has to happen once this transaction is committed."""
        self.connection.executemany("INSERT INTO journal VALUES (?, 1)", ((path,) for path in moves))
        self.connection.executemany("INSERT INTO journal VALUES (?, 0)", ((path,) for path in removals))

    def pending(self) -> tuple[list[str], list[str]]:
        """Paths to move in, and paths to remove."""
        rows = list(self.connection.execute("SELECT path, is_move FROM journal"))
        return [path for path, is_move in rows if is_move], [path for path, is_move in rows if not is_move]

    def clear(self) -> None:
        """What was decided has happened."""
        self.connection.execute("DELETE FROM journal")
