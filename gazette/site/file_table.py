"""Defines the table of open data with a row for each mention of an evidence file."""

from __future__ import annotations

from typing import NamedTuple

from gazette.model.records.evidence import Evidence
from gazette.model.records.evidence_files import EvidenceFile, PublishedFile
from gazette.site.column import Column
from gazette.site.data_format import SIZE, SUM, fact_of

PICTURE = "picture"
"""The kind of all pictures on the site, whatever their original format."""

FILE_KINDS = (PICTURE, "pdf", "csv", "xlsx", "txt")


class FileRow(NamedTuple):
    """A file, the evidence that names it, and where: in a unit, a pledge ("" for the unit itself) or a notice."""

    file: EvidenceFile
    evidence: Evidence
    unit: str
    pledge: str = ""
    notice: str = ""

    @property
    def published(self) -> PublishedFile:
        """The file of the site; of a picture the largest."""
        return self.file.published[0]


def kind_of(file: EvidenceFile) -> str:
    """The kind that the file has on the site."""
    return PICTURE if file.is_picture else file.kind


FILES: tuple[Column, ...] = (
    Column("file", "text", lambda row: row.published.path),
    Column("file_kind", "code", lambda row: kind_of(row.file), FILE_KINDS),
    Column("title", "texts", lambda row: row.evidence.title),
    Column("alt", "texts", lambda row: row.evidence.alt),
    Column("date", "date", lambda row: row.evidence.date),
    Column("url", "text", lambda row: row.evidence.url),
    Column("bytes", "integer", lambda row: fact_of(row.published.path, SIZE)),
    Column("sha256", "text", lambda row: fact_of(row.published.path, SUM)),
    Column("original_sha256", "text", lambda row: row.file.digest),
    Column("width", "integer", lambda row: row.published.width or None),
    Column("height", "integer", lambda row: row.published.height or None),
    Column("unit", "id", lambda row: row.unit),
    Column("pledge", "id", lambda row: row.pledge or None),
    Column("notice", "id", lambda row: row.notice or None),
)
