"""The files of evidence among what is published: their targets, their rows in the open data, how pages show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gazette.model.forms.record import Record
from gazette.model.records.evidence import all_evidence
from gazette.model.records.evidence_files import WIDTHS, EvidenceFile, Files
from gazette.model.records.notices import NoticeFile
from gazette.planning.counting import LedgerEntry, Totals, own_notices
from gazette.site.file_table import FileRow, kind_of
from gazette.site.target import Target
from gazette.site.views.elements import EvidenceFileView
from gazette.site.views.files import OriginalView

# ── targets ──────────────────────────────────────────────────────────────────

PICTURE, COPY = "picture", "file"
"""The makers of these files. They are made from the bytes of the content, which no view holds."""


def shown_files(files: Files, totals: Totals, notices: Iterable[NoticeFile]) -> tuple[EvidenceFile, ...]:
    """Those of the files that something public names."""
    named = {file.name for notice in notices for file in notice.files}
    return tuple(file for name, file in sorted(files.items()) if totals[f"file.{name}"] or name in named)


def file_targets(files: Iterable[EvidenceFile]) -> Iterator[Target]:
    """What the site has of some files."""
    for file in files:
        for width, published in zip(widths(file), file.published, strict=True):
            maker = PICTURE if file.is_picture else COPY
            yield Target(published.path, "data", maker, OriginalView(file.name, file.digest, width))


def widths(file: EvidenceFile) -> tuple[int, ...]:
    """How wide at most the pictures are that the site has of a file, in pixels; 0 for what is copied."""
    return WIDTHS[-len(file.published) :] if file.is_picture else (0,)


def file_paths(files: Iterable[EvidenceFile]) -> frozenset[str]:
    """The paths of what the site has of some files."""
    return frozenset(published.path for file in files if file.kind for published in file.published)


# ── rows ─────────────────────────────────────────────────────────────────────


def file_rows(own: tuple[LedgerEntry, ...]) -> Iterator[FileRow]:
    """The rows of a unit: of its own evidence, that of its pledges, and that of the notices whose line it gives."""
    unit_file = own[0].unit_file
    files = {file.name: file for file in unit_file.files}
    if files:
        pledges, unit = unit_file.unit.pledges, unit_file.id
        for name in unit_file.unit.__struct_fields__:
            if name != "pledges":
                yield from _rows(getattr(unit_file.unit, name), files, unit)
        for pledge in pledges:
            yield from _rows(pledge, files, unit, pledge.id)
    for notice in own_notices(own):
        named = {file.name: file for file in notice.files}
        yield from _rows(notice.notice, named, notice.unit, notice=notice.id)


def _rows(
    record: Record | tuple[object, ...], files: Files, unit: str, pledge: str = "", notice: str = ""
) -> Iterator[FileRow]:
    for _, evidence in all_evidence(record):
        if evidence.file and evidence.file in files:
            yield FileRow(files[evidence.file], evidence, unit, pledge, notice)


def count_files(own: tuple[LedgerEntry, ...]) -> Counter[str]:
    """What a unit adds to the totals: how often each file is named (`file.` and its name)."""
    return Counter(f"file.{row.file.name}" for row in file_rows(own))


# ── views ────────────────────────────────────────────────────────────────────

STAMP = 10
"""So many hexadecimal digits of a digest tell one state of a file from another."""

_KB = 1024


def file_view(file: EvidenceFile, alt: str) -> EvidenceFileView:
    """A file as pages show it; of a picture `alt` says what it shows."""
    large, small = file.published[0], file.published[-1]
    ref, kind, stamp = f"file:{large.path}", kind_of(file), file.digest[:STAMP]
    if file.is_picture:
        size = small.width, small.height
        return EvidenceFileView(ref, kind, stamp, "", "", alt, f"file:{small.path}", *size)
    if file.size < _KB * _KB:
        return EvidenceFileView(ref, kind, stamp, str(-(-file.size // _KB)), "kb")
    return EvidenceFileView(ref, kind, stamp, f"{file.size / _KB / _KB:.1f}", "mb")
