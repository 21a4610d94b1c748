"""Owns a look at several files and folders: each PDF, each folder's list of checksums, and what comes of all."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from gazette.options import WrongUse
from gazette.places import shown
from gazette.problems import Problem
from gazette.signing import sums
from gazette.signing.certificates import read
from gazette.signing.telling import Telling
from gazette.signing.verify import Findings, verify
from gazette.walk import walk


def trusted(files: Iterable[Path]) -> list[Any]:
    """The certificates (`asn1crypto`) of some files. Raises WrongUse with every file that has none."""
    found, wrong = [], []
    for file in files:
        try:
            found += read(file)
        except (ValueError, OSError):
            wrong.append(Problem.at("build.py", 0, 0, "trust_form", found=shown(file)))
    if wrong:
        raise WrongUse(wrong)
    return found


def inspect(
    asked: Sequence[Path], trust: Sequence[Any], now: datetime.datetime, language: str
) -> tuple[bool, list[str]]:
    """Whether all is intact, and the lines that tell it."""
    telling = Telling(language, now)
    findings: list[Findings] = []
    lists: list[sums.Compared] = []
    lines: list[str] = []
    for file in _pdfs(asked):
        findings.append(found := verify(file, trust, now))
        lines += telling.of_file(shown(file), found)
    for folder in filter(Path.is_dir, asked):
        if compared := sums.compare(folder):
            lists.append(compared)
            lines += telling.of_list(shown(folder / sums.NAME), compared)
    lines += telling.of_all(findings, lists)
    good = all(found.good for found in findings) and all(compared.agrees for compared in lists)
    return good, lines


def _pdfs(asked: Iterable[Path]) -> list[Path]:
    """The files, and the PDFs of the folders. Raises WrongUse for a folder that has nothing to look at."""
    found: list[Path] = []
    for place in asked:
        if not place.is_dir():
            found.append(place)
            continue
        inside = sorted(path for path, _ in walk(place))
        if not any(_is_told(path) for path in inside):
            raise WrongUse([Problem.at("build.py", 0, 0, "verify_empty", found=shown(place))])
        found += [place / path for path in inside if path.lower().endswith(".pdf")]
    return list(dict.fromkeys(found))


def _is_told(path: str) -> bool:
    return path.lower().endswith(".pdf") or path == sums.NAME
