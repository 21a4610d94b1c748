"""The digests of all that one unit is made from, each by itself: so two of them tell what changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

import msgspec

from gazette.model.records.notices import NoticeFile


class OtherDigests(msgspec.Struct, frozen=True):
    """The digests of another unit that a unit's pages tell of: of its file, and of what notices say of its pledges."""

    file: str
    notices: str = ""


NO_OTHER = OtherDigests("")
"""Those of one that is not there."""


class UnitDigests(msgspec.Struct, frozen=True):
    """The digests of a unit: of its own files, of what notices say of its pledges, of the records of its publication,
    each empty where there is nothing of the kind; of the files that may be its evidence, by their names; and those of
    other units that its pages tell of, by their ids."""

    files: str = ""
    notices: str = ""
    dates: str = ""
    evidence: Mapping[str, str] = {}
    others: Mapping[str, OtherDigests] = {}


NO_UNIT = UnitDigests()
"""Those of a unit that is not there."""


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of_notices(notices: Iterable[NoticeFile] | None) -> str:
    """One digest over what some notices say, empty where there are none; how they are written makes no difference."""
    found = [
        (file.id, msgspec.to_builtins(file.notice), [each.digest for each in file.files]) for file in notices or ()
    ]
    return digest_of(json.dumps(found, sort_keys=True).encode()) if found else ""
