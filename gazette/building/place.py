"""Says where the output folder of a build and the state of its builds are.

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
    """The output folder `folder`, and the folder `state` with the state of its builds. `shown` is the output folder as
    an editor types it."""

    folder: Path
    state: Path
    shown: str

    @property
    def database(self) -> Path:
        """The path of the build database."""
        return self.state / DATABASE


def output_place(output: Path, cache: Path, shown: str) -> OutputPlace:
    """Return the place of the output folder `output`, with all links resolved. Its state is in the folder `cache`."""
    return OutputPlace(Path(os.path.realpath(output)), state_folder(cache, output), shown)


def state_folder(cache: Path, output: Path) -> Path:
    """Return the folder for the state of the builds of `output`. All paths that lead to `output` give the same folder,
    also after both folders are moved together."""
    real, base = os.path.realpath(output), os.path.realpath(cache)
    try:
        relative = os.path.relpath(real, base)
    except ValueError:  # two Windows drives
        relative = real
    digest = hashlib.sha256(relative.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return Path(base, "state", f"{Path(real).name or 'root'}-{digest}")
