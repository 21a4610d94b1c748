"""Reads and writes publication records: a file of lines for each unit, and one for pages that all units share.

A line holds, separated by tabs, a page's path, its first publication, its last change, and the digests of what it shows
since. Of several lines for a page, the earliest first publication and the latest change count. So the order and number
of lines make no difference, and two copies of a file are merged by keeping the lines of both.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.model.records.publications import Publication, Publications, joined, moment_text
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.files.encoding import read_text
from gazette.reading.files.listing import OF_SITE, PUBLISHED, Listing, told

FOLDER = PUBLISHED

_PATH = pattern(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\.[a-z]+")
_DIGESTS = pattern("[A-Za-z0-9+/]{16}( [A-Za-z0-9+/]{16})*")
_MOMENT = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d")


class _Fault(NamedTuple):
    """A fault in a line: the message code, and what was found."""

    code: str
    found: str


def parse_publications(path: str, text: str) -> dict[str, Publication]:
    """`{path: record}` of the lines in a file. Raises FileProblems with every line that cannot be read."""
    records, wrong = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        read = _parse_line(line.rstrip())
        if isinstance(read, _Fault):
            wrong.append(Problem.at(path, number, 1, read.code, found=read.found))
        else:
            records.append(read)
    if wrong:
        raise FileProblems(wrong)
    return joined(records)


def read_publications(diagnostics: Diagnostics, path: str, data: bytes) -> dict[str, Publication]:
    """`{path: record}` of a file that editors type as `path`. Empty if the file is empty, or has problems, which are
    added to `diagnostics`."""
    try:
        return parse_publications(path, read_text(path, data)) if data.strip() else {}
    except FileProblems as found:
        diagnostics.problems += found.problems
        return {}


def read_publications_of_site(diagnostics: Diagnostics, listing: Listing) -> dict[str, Publication]:
    """`{path: record}` of the pages that all units share. Empty if there is no such file, or it has problems."""
    path = listing.root / FOLDER / f"{OF_SITE}.tsv"
    if listing.kind(path) != "file":
        return {}
    try:
        return read_publications(diagnostics, diagnostics.display(path), listing.bytes_of(path))
    except OSError as error:
        diagnostics.add(told(diagnostics.display(path), error))
        return {}


def read_publications_left(diagnostics: Diagnostics, listing: Listing, units: Iterable[str]) -> dict[str, bytes]:
    """`{file stem: lines}` of files for ids that are not in `units`: units that were renamed, or whose pledges others
    took over."""
    ids, lines = {*units, OF_SITE}, {}
    for path in listing.visible(FOLDER):
        if path.stem not in ids and path.suffix == ".tsv" and listing.kind(path) == "file":
            display_path = diagnostics.display(path)
            try:
                lines[path.stem] = format_publications(
                    read_publications(diagnostics, display_path, listing.bytes_of(path))
                ).encode()
            except OSError as error:
                diagnostics.add(told(display_path, error))
    return lines


def _parse_line(line: str) -> tuple[str, Publication] | _Fault:
    parts = line.split("\t")
    if len(parts) != 4 or not _PATH.fullmatch(parts[0]) or not _DIGESTS.fullmatch(parts[3]):
        return _Fault("publication_line", line.replace("\t", " ⇥ "))
    first, last = map(_moment, parts[1:3])
    if first is None or last is None:
        return _Fault("publication_moment", parts[1 if first is None else 2])
    if first > last:
        return _Fault("publication_order", f"{parts[1]} > {parts[2]}")
    return parts[0], Publication(first, last, frozenset(parts[3].split(" ")))


def _moment(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def format_publications(records: Publications) -> str:
    """The lines of `records`, sorted."""
    return "".join(f"{line}\n" for line in sorted(_line(*each) for each in records.items()))


def _line(path: str, record: Publication) -> str:
    return "\t".join((path, moment_text(record.first), moment_text(record.last), " ".join(sorted(record.shown))))
