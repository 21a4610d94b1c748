"""What is raised where something cannot be, and a message says why."""

from __future__ import annotations

from functools import partial
from typing import Any


class Coded(Exception):
    """Carries the code of a message, and the values that the message takes. Whoever catches it knows the place (a file,
    a destination), and makes a `Problem` of it. Each layer raises a kind of its own, so that nobody catches another's.
    """

    def __init__(self, code: str, /, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code, values)

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes whole from another process: values are given by name."""
        return partial(type(self), self.code, **self.values), ()
