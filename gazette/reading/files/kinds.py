"""Finds a file's kind from its content, whatever its name, and why some kinds are not published."""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

from gazette.lazy_re import pattern
from gazette.model.records.evidence_files import FileKind


class Sniffed(NamedTuple):
    """The kind of a file, or the `code` of the message that says why such a file is not published. `txt` may also be
    CSV: the name decides."""

    kind: FileKind | None = None
    code: str = ""


TEXT = Sniffed("txt")

_HEAD = 1024
"""The number of bytes searched for the start of a PDF (ISO 32000-1, note 13 of annex H) or of a web page."""

_BEGINNINGS: tuple[tuple[bytes, Sniffed], ...] = (
    (b"\xff\xd8\xff", Sniffed("jpeg")),
    (b"\x89PNG\r\n\x1a\n", Sniffed("png")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sniffed(code="evidence_office")),
    (b"{\\rtf", Sniffed(code="evidence_office")),
    (b"Rar!", Sniffed(code="evidence_archive")),
    (b"7z\xbc\xaf\x27\x1c", Sniffed(code="evidence_archive")),
    (b"\x1f\x8b", Sniffed(code="evidence_archive")),
    (b"BZh", Sniffed(code="evidence_archive")),
    (b"\xfd7zXZ", Sniffed(code="evidence_archive")),
    (b"GIF8", Sniffed(code="evidence_picture")),
    (b"BM", Sniffed(code="evidence_picture")),
    (b"II*\0", Sniffed(code="evidence_picture")),
    (b"MM\0*", Sniffed(code="evidence_picture")),
    (b"MZ", Sniffed(code="evidence_program")),
    (b"\x7fELF", Sniffed(code="evidence_program")),
    (b"#!", Sniffed(code="evidence_program")),
)

_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
"""Brands of pictures that phones save as HEIC (ISO/IEC 23008-12)."""

_PAGE = pattern(rb"(?i)<(?:!doctype|html|head|body|script|svg|\?xml|\?php|iframe)")


def sniff(data: bytes) -> Sniffed:
    """The kind of a file with these bytes."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Sniffed("webp")
    if data[4:8] == b"ftyp":
        return Sniffed(code="evidence_heic" if data[8:12] in _HEIF else "evidence_film")
    if b"%PDF-" in data[:_HEAD]:
        return Sniffed("pdf")
    if data.startswith(b"PK"):
        return _of_zip(data)
    if _PAGE.search(data[:_HEAD]):
        return Sniffed(code="evidence_page")
    return Sniffed(code="evidence_unknown") if b"\0" in data else TEXT


def _of_zip(data: bytes) -> Sniffed:
    """The kind of a ZIP file: workbook, other office document, or archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Sniffed(code="evidence_broken")
    if any(name.rpartition("/")[2] == "vbaproject.bin" for name in names):
        return Sniffed(code="evidence_macros")
    if "[content_types].xml" in names:
        return Sniffed("xlsx") if "xl/workbook.xml" in names else Sniffed(code="evidence_office")
    return Sniffed(code="evidence_office" if "mimetype" in names else "evidence_archive")
