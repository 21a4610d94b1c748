"""The small city in a folder of its own, and somebody who asks why its files were made."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from edits import UNITS, City, first_build
from program import ROOT, called

UNIT = f"{UNITS}/yinghuo.yaml"
TIME = r"\(?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\)?"
VIEW, SLOT = " (what the page shows is different)", " (the lines of the units on this page are different)"


class Asker(City):
    """The city, with the program called as a user calls it in its folder; another program, or one with another
    environment, in a process of its own."""

    program = ROOT / "build.py"

    def ask(self, *paths: str, language: str = "en", **more: object) -> list[str]:
        """What a build tells of some paths, without times and summary. It must succeed."""
        done = self.run(*(word for path in paths for word in ("--explain", path)), language=language, **more)
        assert done.returncode == 0, done.stderr
        told = re.sub(r"\A.*\n(  - .*\n)*(Why: .*\n|原因：.*\n)?", "", done.stdout)
        return re.sub(TIME, "T", told).splitlines()

    def run(self, *asked: str, language: str = "en", **more: object) -> subprocess.CompletedProcess[str]:
        command = ["--content", "content", "--templates", "templates"]
        command += ["--output", "site", "--cache", "cache", "--jobs", "1", "--messages", language, *self.base]
        command += ["--as-of", self.as_of[0]] if self.as_of else []
        if not any(word.startswith("--only") for word in asked):
            command.append("--no-pdf")
        if self.program == Asker.program and not more:
            return called([*command, *asked], self.folder, {})
        command = [sys.executable, str(self.program), *command, *asked]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, **more)  # type: ignore[call-overload, no-any-return]

    def reasons(self, path: str, **more: object) -> list[str]:
        """The reasons that this build had to make a file."""
        head, *reasons = self.ask(path, **more)
        assert head == f"{path}: made in this build T, because", (head, reasons)
        return [reason.removeprefix("  - ") for reason in reasons]


@pytest.fixture
def asker(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Asker:
    """The city as it is after its first build, for each test its own."""
    return Asker(shutil.copytree(first_build(tmp_path_factory), tmp_path / "city", symlinks=True))


def other_day(asker: Asker) -> None:
    asker.as_of = ["2032-06-30"]
