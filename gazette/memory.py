"""Owns what is remembered between builds to save time, and may be forgotten at any moment."""

from __future__ import annotations

import contextlib
import hashlib
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


class Memory:
    """Results in the folder `folder` (or nowhere), by what they were worked out from and by which program."""

    def __init__(self, folder: Path | None, program: str) -> None:
        self.folder, self.program = folder, program

    def place(self, name: str) -> str:
        """A folder for things that others remember by themselves, of this program only; empty for nowhere."""
        return str(self.folder / name / hashlib.sha256(self.program.encode()).hexdigest()[:16]) if self.folder else ""

    def recall(self, name: str, source: str, work_out: Callable[[], T]) -> T:
        """What `work_out` returns for `source`; remembered under `name` until the source or the program changes."""
        if self.folder is None:
            return work_out()
        place = self.folder / f"{name}.pickle"
        key = hashlib.sha256(f"{self.program}\0{source}".encode()).hexdigest()
        with contextlib.suppress(Exception):  # whatever is wrong with what is remembered, it is worked out again
            known, found = pickle.loads(place.read_bytes())
            if known == key:
                return found  # type: ignore[no-any-return]
        result = work_out()
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            new = place.with_suffix(".new")
            new.write_bytes(pickle.dumps((key, result)))
            new.replace(place)
        return result


NOWHERE = Memory(None, "")
"""Remembers nothing."""
