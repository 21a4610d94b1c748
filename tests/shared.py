"""What is made once for all modules and workers of a run: whoever comes first makes it, the others wait; read only."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def root(folders: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run have in common."""
    own = folders.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


def once(place: Path, make: Callable[[Path], object]) -> Path:
    """A file or a folder that `make` has made at a place, now or before."""
    whole = place.with_name(f"{place.name}.whole")
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            make(place)
            whole.touch()
    return place
