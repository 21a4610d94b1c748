"""The file of a statement: a text, or a Word file."""

from __future__ import annotations

from gazette.messages.problems import FileProblems, Problem
from gazette.office.statements.statement_text import SourceText, read_plain

_OTHERS = (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
"""How files of older Word programs and of WPS begin (.doc, .wps), and those in RTF."""

_ODF = b"mimetypeapplication/vnd.oasis.opendocument"
"""What stands in the first bytes of files of LibreOffice (.odt)."""


def read_statement(path: str, data: bytes) -> SourceText:
    """The text of a file, whatever its name ends in. Raises FileProblems where it is neither of the two."""
    if data.startswith(_OTHERS) or _ODF in data[:100]:
        raise FileProblems([Problem.at(path, 0, 0, "statement_kind")])
    if data.startswith(b"PK\x03\x04"):
        from gazette.office.statements.statement_docx import read_docx

        return read_docx(path, data)
    return read_plain(path, data)
