"""Runs the program as a user does, and reads the folder that it made."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from compiled import compiled

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "tests" / "site"
"""The content of the invented city."""


def run(*arguments: str, content: Path = SITE, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own; what it says is English."""
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--content", str(content), "--messages", "en"]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **(env or {})}
    )


def build(content: Path, output: Path, *more: str, cache: Path | None = None) -> Path:
    """A build that must succeed, with a cache beside the output folder; returns the output folder."""
    cache = compiled(cache or output.with_name(f"{output.name}-cache"))
    done = run("--output", str(output), "--cache", str(cache), *more, content=content)
    assert done.returncode == 0, done.stderr
    return output


def tree(folder: Path) -> dict[str, bytes]:
    """The files of a folder by their paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
