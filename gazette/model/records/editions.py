"""Defines the records of editions: frozen states of the site, each of one day."""

from __future__ import annotations

import datetime
from typing import Annotated

import msgspec

from gazette.model.forms.dates import Date
from gazette.model.forms.fields import IfFilled
from gazette.model.forms.numbers import whole
from gazette.model.forms.record import Record
from gazette.model.forms.values import Line
from gazette.model.records.changes import Change

FOLDER = "editions"
"""The folder of the editions in a content folder, and their path on the site."""

FILES = "files"
"""The folder inside an edition with the published files, which are copied to the site unchanged."""

SNAPSHOT, CHANGES, RECORD, CONTENT = "snapshot.tsv", "changes.json", "edition.yaml", "content.zip"
"""The other files of an edition: the snapshot of that day, the changes since the edition before, the record, and the
content of that day."""


class EditionRecord(Record, frozen=True, kw_only=True):
    """What edition.yaml says.

    `date` is the edition's day, `as_of` the reference date of the states; `units` and `pledges` are their numbers.
    `before` is the number of the previous edition and `before_sums` the SHA-256 of its list of checksums, so that each
    edition vouches for all earlier ones.
    """

    number: Annotated[int, whole(1, 9_999)]
    date: Date
    as_of: IfFilled[Date] = None
    units: Annotated[int, whole(1, 999_999)]
    pledges: Annotated[int, whole(1, 9_999_999)]
    before: IfFilled[Annotated[int, whole(1, 9_999)]] = None
    before_sums: IfFilled[Line] = None


class FrozenFile(msgspec.Struct, frozen=True):
    """A published file as it was: its path from the site's root, its size in bytes, its SHA-256."""

    path: str
    size: int
    digest: str


class Standing(msgspec.Struct, frozen=True):
    """How far an edition's pledges were: (state, number) pairs, and the number past their date. `said_late` holds (id,
    alert) of each of these."""

    states: tuple[tuple[str, int], ...]
    late: int
    said_late: tuple[tuple[str, str], ...] = ()


class Edition(msgspec.Struct, frozen=True):
    """One edition.

    `changes` are those since the edition before; the first has none. `snapshot` and `sums` are the SHA-256 of its
    snapshot and of its list of checksums, which stands for all its files. `before` and `before_sums` identify the
    previous edition (0 and "" for the first). `standing` is counted from the snapshot.
    """

    number: int
    date: datetime.date
    as_of: datetime.date | None
    units: int
    pledges: int
    changes: tuple[Change, ...]
    files: tuple[FrozenFile, ...]
    snapshot: str
    sums: str
    before: int = 0
    before_sums: str = ""
    standing: Standing | None = None
