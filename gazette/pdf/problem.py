"""The error of documents that cannot be made."""

from __future__ import annotations


class PdfProblem(Exception):
    """A document cannot be made. `code` is the code of a message (`gazette.messages`), `found` what the message
    tells."""

    def __init__(self, code: str, found: str = "") -> None:
        self.code, self.found = code, found
        super().__init__(code, found)
