"""Computes digests of what one unit is made from, one for each part, so that a comparison tells which part changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

import msgspec

from gazette.model.records.notices import NoticeFile


class OtherDigests(msgspec.Struct, frozen=True):
    """Digests of another unit shown on a unit's pages: of its file, and of the notices that name its pledges."""

    file: str
    notices: str = ""


NO_OTHER = OtherDigests("")
"""Stands for another unit that does not exist."""


class UnitDigests(msgspec.Struct, frozen=True):
    """Digests of a unit's own `files`, of the `notices` that name its pledges, of the records of its publication
    (`dates`), each empty if there are none; of the files that may be its `evidence`, by name; and of the `others` on
    its pages, by id."""

    files: str = ""
    notices: str = ""
    dates: str = ""
    evidence: Mapping[str, str] = {}
    others: Mapping[str, OtherDigests] = {}


NO_UNIT = UnitDigests()
"""Stands for a unit that does not exist."""


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_of_notices(notices: Iterable[NoticeFile] | None) -> str:
    """Return one digest of what notices say, whatever their formatting; "" if there are none."""
    contents = [
        (file.id, msgspec.to_builtins(file.notice), [each.digest for each in file.files]) for file in notices or ()
    ]
    return digest_of(json.dumps(contents, sort_keys=True).encode()) if contents else ""
