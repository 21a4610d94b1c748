"""Whatever ends the lines of a checkout, the program runs and publishes the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from compiled import compiled

import build

ROOT = Path(__file__).resolve().parent.parent
TEXTS = {".yaml", ".md", ".html", ".css", ".js", ".svg", ".xml", ".txt"}

in_git = pytest.mark.skipif(
    not (ROOT / ".git").exists() and not os.environ.get("CI"), reason="this copy of the program is no clone"
)


def git(*arguments: str, cwd: Path = ROOT) -> str:
    """What git says. Whoever owns the folder, and whatever the machine's own settings are."""
    settings = ["-c", "safe.directory=*", "-c", "core.autocrlf=true", "-c", "core.eol=crlf"]
    done = subprocess.run(["git", *settings, *arguments], cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.long
@in_git
def test_a_clone_by_git_for_windows_has_the_bytes_that_were_committed(tmp_path: Path) -> None:
    git("clone", "--quiet", "--no-local", "--depth", "1", f"file://{ROOT}", str(tmp_path / "clone"))
    clone = tmp_path / "clone"
    assert git("status", "--porcelain", cwd=clone) == ""
    lines = [line.split() for line in git("ls-files", "--eol", cwd=clone).splitlines()]
    assert len(lines) > 500
    assert [line for line in lines if line[0].partition("/")[2] != line[1].partition("/")[2]] == []
    mixed = [line[-1] for line in lines if line[0] in ("i/crlf", "i/mixed") and "-text" not in line[2]]
    assert mixed == [], "these would be other bytes after the next commit"
    for script in ("tools/setup.sh", "tools/lock.sh"):
        subprocess.run(["sh", "-n", script], cwd=clone, check=True)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.long
def test_content_and_templates_with_the_line_ends_of_windows_give_the_same_bytes(tmp_path: Path) -> None:
    """As somebody has them who unpacked an archive, or cloned before the line ends were fixed."""
    sources = {"content": ROOT / "tests" / "site", "templates": ROOT / "templates"}
    for ends in ("unix", "windows"):
        for name, source in sources.items():
            shutil.copytree(source, tmp_path / ends / name)
        if ends == "unix":
            compiled(tmp_path / ends / "cache")
        for path in (tmp_path / ends).rglob("*"):
            if ends == "windows" and path.suffix in TEXTS and path.is_file():
                path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
        asked = [f"--{name}={tmp_path / ends / name}" for name in (*sources, "cache", "output")]
        assert build.main([*asked, "--no-pdf", "--messages", "en"]) == 0
    unix, windows = (tree(tmp_path / ends / "output") for ends in ("unix", "windows"))
    assert len(unix) > 50 and sorted(unix) == sorted(windows)
    assert [path for path in unix if unix[path] != windows[path]] == []
