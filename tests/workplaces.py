"""A folder with the small city, where builds run, some as processes of their own; and disks in memory."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from compiled import compiled
from program import ROOT, SITE, called
from shared import once, root

from gazette.building.place import state_folder


class Workplace:
    """Content, output and cache in one folder, and somebody who builds there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content, self.output, self.cache = folder / "content", folder / "out", folder / "cache"

    @classmethod
    def new(cls, folder: Path) -> Workplace:
        """One with the content alone."""
        shutil.copytree(SITE, folder / "content")
        compiled(folder / "cache")
        return cls(folder)

    @property
    def database(self) -> Path:
        return state_folder(self.cache, self.output) / "build.db"

    def asked(self, *more: str) -> list[str]:
        """What a build is asked for."""
        asked = ["--content", str(self.content), "--output", str(self.output), "--cache", str(self.cache)]
        kinds = [] if "--only" in more else ["--no-pdf"]
        return [*asked, *kinds, "--messages", "en", *more]

    def command(self, *more: str) -> list[str]:
        return [sys.executable, str(ROOT / "build.py"), *self.asked(*more)]

    def build(self, *more: str, status: int = 0, patch: str = "") -> str:
        """What a build says; with a `patch`, Python that runs before it, in a process of its own."""
        if patch:
            head, tail = f"import sys; sys.path.insert(0, {str(ROOT)!r})", "sys.exit(build.main(sys.argv[1:]))"
            script = f"{head}\n{patch}\nimport build\n{tail}"
            done = subprocess.run([sys.executable, "-c", script, *self.asked(*more)], capture_output=True, text=True)
        else:
            done = called(self.asked(*more), ROOT, {})
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode == status, done.stderr
        return done.stdout + done.stderr

    def edit(self, new: str = "夜里熄灯") -> None:
        unit = self.content / "districts" / "yinghuo.yaml"
        unit.write_text(re.sub("夜里.灯|夜里.熄灯", new, unit.read_text("utf-8")), "utf-8")

    @property
    def shown(self) -> str:
        return (self.output / "zh" / "pledges" / "yinghuo-1.html").read_text("utf-8")


@pytest.fixture
def workplace(tmp_path: Path) -> Workplace:
    """One where nothing was built."""
    return Workplace.new(tmp_path)


@pytest.fixture(scope="session")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    """One where the site was built, without documents; read only."""
    return Workplace(once(root(tmp_path_factory) / "workplace", lambda folder: Workplace.new(folder).build()))


@pytest.fixture
def built(reference: Workplace, tmp_path: Path) -> Workplace:
    """One where the site was built, to do anything with."""
    return Workplace(shutil.copytree(reference.folder, tmp_path / "workplace", symlinks=True))


@contextmanager
def mounted(place: Path, *options: str) -> Iterator[None]:
    """A disk of its own at a place, in memory."""
    place.mkdir(parents=True, exist_ok=True)
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", str(place)], check=False).returncode:
        pytest.skip("this machine may not mount")
    try:
        yield
    finally:
        subprocess.run(["umount", str(place)], check=True)
