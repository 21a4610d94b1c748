"""Keeps results between builds to save time. They may be deleted at any time.

Reading them runs no code, whoever wrote the file.
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
    """Keeps results in `folder` (None: keeps nothing). A result counts only for the same source and the same `program`.
    If the folder cannot be written, builds are only slower."""

    folder: Path | None
    program: str

    def subfolder(self, name: str) -> str:
        """Return the path of a folder in which another module may keep files for this program; "" if nothing is
        kept."""
        return str(self.folder / name / hashlib.sha256(self.program.encode()).hexdigest()[:16]) if self.folder else ""

    def get_or_compute(
        self,
        name: str,
        source: str,
        work_out: Callable[[], T],
        kind: Any,
        keep: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """Return what `work_out` returns for `source`. The result, of a type `kind` that msgspec can encode, is kept
        under `name` until the source or the program changes, unless `keep` returns False for it."""
        if self.folder is None:
            return work_out()
        path = self.folder / f"{name}.msgpack"
        key = hashlib.sha256(f"{self.program}\0{source}".encode()).digest()
        with contextlib.suppress(Exception):  # whatever is wrong with the kept result, compute it again
            whole = path.read_bytes()
            kept_key, digest, data = whole[:_SIZE], whole[_SIZE : 2 * _SIZE], whole[2 * _SIZE :]
            if kept_key == key and hashlib.sha256(data).digest() == digest:
                return msgspec.msgpack.decode(data, type=kind)  # type: ignore[no-any-return]
        result = work_out()
        if not keep(result):
            return result
        data = msgspec.msgpack.encode(result)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            write(path, key + hashlib.sha256(data).digest() + data, durable=False, mode=OWNER)
        return result


_SIZE = hashlib.sha256().digest_size


NO_CACHE = Cache(None, "")
"""Keeps nothing."""
