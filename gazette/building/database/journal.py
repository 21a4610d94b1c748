"""Stores the moves and removals that were decided for the output folder and may not have been carried out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable


class JournalTable:
    """Paths relative to the output folder: files to move in, files to remove."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def put(self, moves: Iterable[str], removals: Iterable[str]) -> None:
        """Record what must be carried out once this transaction is committed."""
        self.connection.executemany("INSERT INTO journal VALUES (?, 1)", ((path,) for path in moves))
        self.connection.executemany("INSERT INTO journal VALUES (?, 0)", ((path,) for path in removals))

    def pending(self) -> tuple[list[str], list[str]]:
        """Return (paths to move in, paths to remove)."""
        rows = list(self.connection.execute("SELECT path, is_move FROM journal"))
        return [path for path, is_move in rows if is_move], [path for path, is_move in rows if not is_move]

    def clear(self) -> None:
        """Record that everything was carried out."""
        self.connection.execute("DELETE FROM journal")
