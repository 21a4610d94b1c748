"""Verifies several files and folders: each PDF, each folder's list of checksums, and the result of all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gazette.files import checksums
from gazette.files.paths import display_path
from gazette.files.walk import walk
from gazette.messages.problems import COMMAND, LONGEST, Problem, UsageError, clip
from gazette.signing.certificates import read
from gazette.signing.report import VerificationReport
from gazette.signing.verify import Verification, verify

INTACT, NOT_INTACT, NOBODY_VOUCHES = 0, 1, 3
"""The exit statuses. Anybody can sign in any name: a script must not take an intact file for the office's where the
reader named nobody who vouches for the signer."""


def trusted(files: Iterable[Path]) -> list[Any]:
    """Read the certificates (`asn1crypto`) of some files. Raises UsageError with every file that has none."""
    found, wrong = [], []
    for file in files:
        try:
            found += read(file)
        except (ValueError, OSError):
            wrong.append(Problem.at(COMMAND, 0, 0, "trust_form", found=display_path(file)))
    if wrong:
        raise UsageError(wrong)
    return found


def inspect(
    asked: Sequence[Path], trust: Sequence[Any], now: datetime.datetime, language: str
) -> tuple[int, list[str]]:
    """Verify files and folders. Returns the exit status, and the lines to print."""
    telling = VerificationReport(language, now)
    findings: list[Verification] = []
    lists: list[checksums.Compared] = []
    lines: list[str] = []
    for file in _pdfs(asked):
        findings.append(found := verify(file, trust, now))
        lines += telling.of_file(_named(file), found)
    for folder in filter(Path.is_dir, asked):
        if compared := checksums.compare(folder):
            lists.append(compared)
            lines += telling.of_list(_named(folder / checksums.NAME), compared)
    lines += telling.of_all(findings, lists)
    if not (all(found.good for found in findings) and all(compared.agrees for compared in lists)):
        return NOT_INTACT, lines
    return (INTACT if all(found.vouched for found in findings) else NOBODY_VOUCHES), lines


def _named(path: Path) -> str:
    """Return the name of a file on one line: it comes from anybody, and must not write lines of its own."""
    return clip(display_path(path), LONGEST)


def _pdfs(asked: Iterable[Path]) -> list[Path]:
    """Yield the files, and the PDFs of the folders. Raises UsageError for a folder without a PDF."""
    found: list[Path] = []
    for place in asked:
        if not place.is_dir():
            found.append(place)
            continue
        inside = sorted(path for path, _ in walk(place))
        if not any(_is_told(path) for path in inside):
            raise UsageError([Problem.at(COMMAND, 0, 0, "verify_empty", found=display_path(place))])
        found += [place / path for path in inside if path.lower().endswith(".pdf")]
    return list(dict.fromkeys(found))


def _is_told(path: str) -> bool:
    return path.lower().endswith(".pdf") or path == checksums.NAME
