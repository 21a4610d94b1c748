"""The error of documents that cannot be made."""

from __future__ import annotations

from gazette.messages.coded import Coded


class PdfProblem(Coded):
    """A document could not be printed as it should. The value `found` says what stood in the way, where there is
    something to say."""
