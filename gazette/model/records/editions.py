"""The editions: what was frozen of a day, so that it stays as it was."""

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
"""The folder of the editions in a content folder, and their address on the site."""

FILES = "files"
"""The folder of an edition with what was published: it is copied to the site as it is."""

SNAPSHOT, CHANGES, RECORD, CONTENT = "snapshot.tsv", "changes.json", "edition.yaml", "content.zip"
"""What stands beside it: the units and pledges of that day, what had changed since the edition before, the record, and
the content of that day."""


class EditionRecord(Record, frozen=True, kw_only=True):
    """What edition.yaml says: the number, the day of the edition, the day that states were measured against, and how
    many units and pledges there were; of the edition `before` its number and the SHA-256 of its list of checksums, so
    that each stands for all before it."""

    number: Annotated[int, whole(1, 9_999)]
    date: Date
    as_of: IfFilled[Date] = None
    units: Annotated[int, whole(1, 999_999)]
    pledges: Annotated[int, whole(1, 9_999_999)]
    before: IfFilled[Annotated[int, whole(1, 9_999)]] = None
    before_sums: IfFilled[Line] = None


class FrozenFile(msgspec.Struct, frozen=True):
    """A published file as it was: its path from the root of the site, its size in bytes, its SHA-256."""

    path: str
    size: int
    digest: str


class Standing(msgspec.Struct, frozen=True):
    """How far the pledges of an edition were: how many in each state, and how many past their date; these with what was
    said of each (`said_late`: id, alert)."""

    states: tuple[tuple[str, int], ...]
    late: int
    said_late: tuple[tuple[str, str], ...] = ()


class Edition(msgspec.Struct, frozen=True):
    """One edition. `changes` are those since the edition before (none for the first); `snapshot` and `sums` are the
    SHA-256 of its snapshot and of its list of checksums, which stands for all of it; `before` and `before_sums` name
    the edition before in this way, if there is one. `standing` is counted from the snapshot."""

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
