"""What is raised where the other side, or the way there, does not let us."""

from __future__ import annotations


class Refused(Exception):
    """The other side, or the way there, does not let us. Carries the code of a message, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code, values)
