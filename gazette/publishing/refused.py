"""Defines the exception for a destination, or the way to it, that refuses us."""

from __future__ import annotations


class Refused(Exception):
    """The destination, or the way to it, refuses us. Holds the code of a message, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code, values)
