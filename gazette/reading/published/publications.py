"""The records of publication: a file of lines for each unit, and one for the pages that all units share.

A line holds, between tabs, the path of a page, when it was first published, when it last changed, and the digest of
what it has shown since. Of several lines for a page the earliest first publication counts, and the latest change with
its digest. So their order and their number make no difference, and two copies of a file are put together by keeping the
lines of both.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.model.published.publications import Publication, Publications, joined, moment_text
from gazette.reading.files.listing import PUBLISHED

FOLDER = PUBLISHED

_PATH = pattern(r"[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)*\.[a-z]+")
_DIGEST = pattern("[A-Za-z0-9+/]{16}")
_MOMENT = pattern(r"\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d")


class _Fault(NamedTuple):
    """What is wrong with a line: the code of the message, and what was found there."""

    code: str
    found: str


def parse_publications(path: str, text: str) -> dict[str, Publication]:
    """The records of a file, by the paths of pages. Raises FileProblems with every line that cannot be read."""
    found, wrong = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        read = _parse_line(line.rstrip())
        if isinstance(read, _Fault):
            wrong.append(Problem.at(path, number, 1, read.code, found=read.found))
        else:
            found.append(read)
    if wrong:
        raise FileProblems(wrong)
    return joined(found)


def _parse_line(line: str) -> tuple[str, Publication] | _Fault:
    parts = line.split("\t")
    if len(parts) != 4 or not _PATH.fullmatch(parts[0]) or not _DIGEST.fullmatch(parts[3]):
        return _Fault("publication_line", line.replace("\t", " ⇥ "))
    first, last = map(_moment, parts[1:3])
    if first is None or last is None:
        return _Fault("publication_moment", parts[1 if first is None else 2])
    if first > last:
        return _Fault("publication_order", f"{parts[1]} > {parts[2]}")
    return parts[0], Publication(first, last, parts[3])


def _moment(text: str) -> datetime.datetime | None:
    try:
        return datetime.datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        return None


def format_publications(records: Publications) -> str:
    """The lines of some records, in their order."""
    return "".join(f"{line}\n" for line in sorted(_line(*each) for each in records.items()))


def _line(path: str, record: Publication) -> str:
    return "\t".join((path, moment_text(record.first), moment_text(record.last), record.digest))
