"""The file of a statement: a text, or a Word file."""

from __future__ import annotations

from gazette.office.statements.statement_text import SourceText, read_plain


def read_statement(path: str, data: bytes) -> SourceText:
    """The text of a file, whatever its name ends in. Raises FileProblems where it is neither of the two."""
    if data.startswith(b"PK\x03\x04"):
        from gazette.office.statements.statement_docx import read_docx

        return read_docx(path, data)
    return read_plain(path, data)
