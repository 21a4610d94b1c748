"""Builds the documents and data of the two cities that tests look at: the invented one and the real one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BASE = "https://www.example.org/ledger/"
CITIES = {"nowhere": ROOT / "tests" / "site", "wuhan": ROOT / "content"}


def built(folders: pytest.TempPathFactory, city: str) -> Path:
    """The folder of a city. All workers and modules use the same: one builds it, the others wait for it."""
    root = folders.getbasetemp()
    shared = root.parent if os.environ.get("PYTEST_XDIST_WORKER") else root
    return build(CITIES[city], shared / f"bulletins-{city}", shared / "cache")


def build(content: Path, output: Path, cache: Path, **environment: str) -> Path:
    """The documents and data of a content folder, made in a process of its own."""
    asked = ["--content", str(content), "--output", str(output), "--only", "pdf,data", "--jobs", "2"]
    asked += ["--base-url", BASE]
    command = [sys.executable, str(ROOT / "build.py"), *asked, "--cache", str(cache)]
    surroundings = {**os.environ, **environment}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=surroundings)
    assert done.returncode == 0, done.stderr
    return output
