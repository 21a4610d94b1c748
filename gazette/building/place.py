"""The places of a build: the output folder, and where what is kept of its builds lies.

Only the standard library is imported: a build that has nothing to do needs no more.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

DATABASE = "build.db"
"""The name of the build database in the state folder."""


class OutputPlace(NamedTuple):
    """The output folder `folder`, with the state of its builds in the folder `state`. `shown` is the output folder as
    an editor types it."""

    folder: Path
    state: Path
    shown: str

    @property
    def database(self) -> Path:
        return self.state / DATABASE


def output_place(output: Path, cache: Path, shown: str) -> OutputPlace:
    """The output folder `output`, whichever way leads to it, a link or `.`, with its state in the cache."""
    return OutputPlace(Path(os.path.realpath(output)), state_folder(cache, output), shown)


def state_folder(cache: Path, output: Path) -> Path:
    """Where the state of the builds of `output` lies. Whichever way leads to that folder, a link or `.`: it is one; and
    it stays the same where both folders are moved together."""
    real, base = os.path.realpath(output), os.path.realpath(cache)
    try:
        way = os.path.relpath(real, base)
    except ValueError:  # two drives of Windows
        way = real
    digest = hashlib.sha256(way.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return Path(base, "state", f"{Path(real).name or 'root'}-{digest}")
