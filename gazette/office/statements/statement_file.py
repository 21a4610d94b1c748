"""Reads the file of a statement: plain text, or a Word file."""

from __future__ import annotations

from gazette.messages.problems import FileProblems, Problem
from gazette.office.statements.statement_text import SourceText, read_plain

_OTHERS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
"""The first bytes of files of older Word and WPS programs (.doc, .wps), and of RTF."""

_ODF = b"mimetypeapplication/vnd.oasis.opendocument"
"""A mark in the first bytes of LibreOffice files (.odt)."""


def read_statement(path: str, data: bytes) -> SourceText:
    """Return the text of a file, whatever its ending. Raises FileProblems if it is neither plain text nor a Word
    file."""
    if data.startswith(_OTHERS) or _ODF in data[:100]:
        raise FileProblems([Problem.at(path, 0, 0, "statement_kind")])
    if data.startswith(b"PK\x03\x04"):
        from gazette.office.statements.statement_docx import read_docx

        return read_docx(path, data)
    return read_plain(path, data)
