"""Plans the files of evidence: their targets, their rows in the open data, and how pages show them."""

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
"""The makers of these files. They read the bytes of the content, which no view holds."""


def shown_files(files: Files, totals: Totals, notices: Iterable[NoticeFile]) -> tuple[EvidenceFile, ...]:
    """Return the files that a published record names. `totals` count the names in units (`file.NAME`)."""
    in_notices = {file.name for notice in notices for file in notice.files}
    return tuple(file for name, file in sorted(files.items()) if totals[f"file.{name}"] or name in in_notices)


def file_targets(files: Iterable[EvidenceFile]) -> Iterator[Target]:
    """Yield the targets of some files: a picture in each of its widths, any other file as a copy."""
    for file in files:
        for width, published in zip(widths(file), file.published, strict=True):
            maker = PICTURE if file.is_picture else COPY
            yield Target(published.path, "data", maker, OriginalView(file.name, file.digest, width))


def widths(file: EvidenceFile) -> tuple[int, ...]:
    """Return the greatest width (pixels) of each picture that is published of a file; (0,) for a file that is
    copied."""
    return WIDTHS[-len(file.published) :] if file.is_picture else (0,)


def file_paths(files: Iterable[EvidenceFile]) -> frozenset[str]:
    """Return the paths of what is published of some files."""
    return frozenset(published.path for file in files if file.kind for published in file.published)


# ── rows ─────────────────────────────────────────────────────────────────────


def file_rows(unit_entries: tuple[LedgerEntry, ...]) -> Iterator[FileRow]:
    """Yield the rows of a unit: its own evidence, that of its pledges, and that of the notices whose row it writes."""
    unit_file = unit_entries[0].unit_file
    files = {file.name: file for file in unit_file.files}
    if files:
        pledges, unit = unit_file.unit.pledges, unit_file.id
        for name in unit_file.unit.__struct_fields__:
            if name != "pledges":
                yield from _rows(getattr(unit_file.unit, name), files, unit)
        for pledge in pledges:
            yield from _rows(pledge, files, unit, pledge.id)
    for notice in own_notices(unit_entries):
        in_notice = {file.name: file for file in notice.files}
        yield from _rows(notice.notice, in_notice, notice.unit, notice=notice.id)


def _rows(
    record: Record | tuple[object, ...], files: Files, unit: str, pledge: str = "", notice: str = ""
) -> Iterator[FileRow]:
    for _, evidence in all_evidence(record):
        if evidence.file and evidence.file in files:
            yield FileRow(files[evidence.file], evidence, unit, pledge, notice)


def count_files(unit_entries: tuple[LedgerEntry, ...]) -> Counter[str]:
    """Return what a unit adds to the totals: how often it names each file (`file.NAME`)."""
    return Counter(f"file.{row.file.name}" for row in file_rows(unit_entries))


# ── views ────────────────────────────────────────────────────────────────────

STAMP = 10
"""How many hexadecimal digits of a digest tell one state of a file from another."""

_KB = 1024


def file_view(file: EvidenceFile, alt: str) -> EvidenceFileView:
    """Return a file as pages show it. `alt` describes a picture in words."""
    large, small = file.published[0], file.published[-1]
    ref, kind, stamp = f"file:{large.path}", kind_of(file), file.digest[:STAMP]
    if file.is_picture:
        return EvidenceFileView(
            ref=ref,
            kind=kind,
            stamp=stamp,
            alt=alt,
            small=f"file:{small.path}",
            width=small.width,
            height=small.height,
        )
    if file.size < _KB * _KB:
        return EvidenceFileView(ref, kind, stamp, str(-(-file.size // _KB)), "kb")
    return EvidenceFileView(ref, kind, stamp, f"{file.size / _KB / _KB:.1f}", "mb")
