"""The invented city with its notices, somebody who edits one, and what is made of it then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from compiled import compiled
from program import SITE

import build

CLOSING, CIRCULAR, ACCOUNTABILITY = "closing-2031-7", "circular-2031-1", "accountability-2031-1"


@pytest.fixture
def posted(tmp_path: Path) -> Path:
    shutil.copytree(SITE, tmp_path / "content")
    compiled(tmp_path / "cache")
    return tmp_path


def made(posted: Path, *more: str) -> list[str]:
    """What a build makes."""
    asked = [f"--{name}={posted / name}" for name in ("content", "output", "cache")]
    report = posted / "report.json"
    only = () if any(word.startswith("--only") for word in more) else ("--only", "pages,data")
    assert build.main([*asked, "--executor", "serial", *only, "--report", str(report), *more]) == 0
    return sorted(json.loads(report.read_text("utf-8"))["made"])


def edit(posted: Path, id: str, old: str, new: str) -> None:
    path = posted / "content" / "notices" / f"{id}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def page(posted: Path, path: str) -> str:
    return (posted / "output" / path).read_text("utf-8")
