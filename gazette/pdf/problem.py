"""What keeps a document from being printed."""

from __future__ import annotations


class PdfProblem(Exception):
    """A document could not be printed as it should: the `code` of the problem, and what was `found`."""

    def __init__(self, code: str, found: str = "") -> None:
        self.code, self.found = code, found
        super().__init__(code, found)
