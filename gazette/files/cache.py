"""What is remembered between builds to save time, and may be forgotten at any moment.

What is remembered is data: reading it runs nothing, whoever wrote it.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from gazette.files.atomic import OWNER, write

T = TypeVar("T")


@dataclass(frozen=True)
class Cache:
    """Results in the folder `folder` (or nowhere), by what they were worked out from and by which program. A folder
    that cannot be written costs time, nothing else."""

    folder: Path | None
    program: str

    def subfolder(self, name: str) -> str:
        """A folder for things that others remember by themselves, of this program only; empty for nowhere."""
        return str(self.folder / name / hashlib.sha256(self.program.encode()).hexdigest()[:16]) if self.folder else ""

    def get_or_compute(
        self,
        name: str,
        source: str,
        work_out: Callable[[], T],
        kind: Any,
        keep: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """What `work_out` returns for `source`, of some `kind` that msgspec can write; remembered under `name` until
        the source or the program changes, unless it is a result not to `keep`."""
        if self.folder is None:
            return work_out()
        place = self.folder / f"{name}.msgpack"
        key = hashlib.sha256(f"{self.program}\0{source}".encode()).digest()
        with contextlib.suppress(Exception):  # whatever is wrong with what is remembered, it is worked out again
            whole = place.read_bytes()
            known, digest, data = whole[:_SIZE], whole[_SIZE : 2 * _SIZE], whole[2 * _SIZE :]
            if known == key and hashlib.sha256(data).digest() == digest:
                return msgspec.msgpack.decode(data, type=kind)  # type: ignore[no-any-return]
        result = work_out()
        if not keep(result):
            return result
        data = msgspec.msgpack.encode(result)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            write(place, key + hashlib.sha256(data).digest() + data, durable=False, mode=OWNER)
        return result


_SIZE = hashlib.sha256().digest_size


NO_CACHE = Cache(None, "")
"""Remembers nothing."""
