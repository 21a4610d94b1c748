"""Caches in which the templates are compiled, the heading font is packed and the files that all units share are read,
as they are wherever a site was built before: that is three quarters of a build.

What is copied is kept under the program and the templates it was made from, so that a test which changes either has it
made anew.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared import once, root

ROOT = Path(__file__).resolve().parent.parent

LASTING = (
    "templates",
    "templates.msgpack",
    "fonts.msgpack",
    "heading*.msgpack",
    "wordmark-*.msgpack",
    "shared.msgpack",
)
"""What of a cache depends on the program, its templates and its fonts; the last three also on content, by which each
of them is found again."""

_places: list[Path] = []


@pytest.fixture(scope="session", autouse=True)
def place_of_compiled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where all workers find it; it is made when the first of them needs it."""
    _places.append(root(tmp_path_factory) / "compiled")
    yield
    _places.clear()


def compiled(cache: Path) -> Path:
    """The folder of a cache. If it is not there, it is made: the templates are compiled, and nothing else is
    remembered."""
    if cache.exists():
        return cache
    made = once(_places[0], _make)
    cache.parent.mkdir(parents=True, exist_ok=True)
    new = Path(tempfile.mkdtemp(dir=cache.parent))
    for source in (found for pattern in LASTING for found in (made / "cache").glob(pattern)):
        if source.is_dir():
            shutil.copytree(source, new / source.name)
        else:
            shutil.copy(source, new / source.name)
    try:
        new.rename(cache)
    except OSError:  # another worker was faster
        shutil.rmtree(new)
    return cache


def _make(place: Path) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "--content", str(ROOT / "tests" / "site"), "--no-pdf"]
    command += ["--output", str(place / "site"), "--cache", str(place / "cache"), "--jobs", "1"]
    subprocess.run(command, check=True, capture_output=True)
