"""The base of exceptions that a message explains."""

from __future__ import annotations

from functools import partial
from typing import Any


class Coded(Exception):
    """Something cannot be: the `code` of the message that says why, and the `values` of that message. The handler knows
    the place (a file, a destination), and makes a `Problem` of both. Each layer raises a kind of its own, so that no
    layer catches the errors of another one."""

    def __init__(self, code: str, /, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code, values)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the values by name, so that the error arrives whole from another process."""
        return partial(type(self), self.code, **self.values), ()
