"""Asks veraPDF which rules of PDF/UA and PDF/A a file breaks."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest

from gazette.publishing import validator

JAVA = shutil.which("javac")

validated = pytest.mark.skipif(
    JAVA is None and not os.environ.get("CI"), reason="no Java is installed for the validator"
)


CARRYING = ("bulletin.pdf", "bulletin-parallel.pdf")
"""The documents that carry files: they are PDF/A-3a, all others 2a."""


MANY = 8
"""In a city of so many units only the longest sheet of a language is judged, and of the bulletins the parallel edition:
what the others say differs, or stands there too, but not how it is said."""


def judged(site: Path) -> list[Path]:
    """The documents of a built site that are validated: without booklets, which promise nothing."""
    files = [file for file in sorted(site.rglob("*.pdf")) if file.name != "booklet.pdf" and "files" not in file.parts]
    sheets = [[*folder.glob("*.pdf")] for folder in site.glob("*/sheets")]
    if all(len(some) < MANY for some in sheets):
        return files
    longest = {max(some, key=lambda file: file.stat().st_size) for some in sheets}
    return [
        file for file in files if file in longest or not (file.parent.name == "sheets" or file.name == "bulletin.pdf")
    ]


def broken_by_site(site: Path) -> dict[str, list[str]]:
    """The rules of PDF/UA-1 and PDF/A that each document of a built site that is `judged` breaks, by its path. All are
    validated at once, which takes a third of the time, for whoever asks first."""
    known = site.with_name(f"{site.name}-validated.json")
    with known.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            files = judged(site)
            found = validator.broken_rules({file: ("ua1", "3a" if file.name in CARRYING else "2a") for file in files})
            known.write_text(
                json.dumps({file.relative_to(site).as_posix(): rules for file, rules in found.items()}), "utf-8"
            )
    told: dict[str, list[str]] = json.loads(known.read_text("utf-8"))
    return told


def broken_rules(file: Path, *profiles: str) -> list[str]:
    """The rules of some profiles (`ua1`, `2a`, `3a`) that a file breaks, with where and why."""
    return validator.broken_rules({file: profiles})[file]
