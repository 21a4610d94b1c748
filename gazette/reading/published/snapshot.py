"""Reads and writes a snapshot file: one line for each value, with parts separated by tabs."""

from __future__ import annotations

from collections.abc import Iterable

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.model.forms.values import ID_PATTERN
from gazette.model.published.snapshots import FIELDS, OWNERS, SnapshotLine


def format_snapshot(lines: Iterable[SnapshotLine]) -> str:
    """The lines, sorted, each once."""
    return "".join("\t".join(line) + "\n" for line in sorted(set(lines)))


def parse_snapshot(path: str, text: str) -> list[SnapshotLine]:
    """The lines of a snapshot file. Raises FileProblems with every line that cannot be read."""
    snapshot, wrong = [], []
    for number, line in enumerate(text.split("\n"), 1):
        parts = line.rstrip("\r").split("\t")
        if len(parts) == 5 and _is_owner(*parts[:2]) and parts[2] in FIELDS and parts[4]:
            snapshot.append(SnapshotLine(*parts))
        elif line.strip():
            wrong.append(Problem.at(path, number, 1, "snapshot_line", found=line.replace("\t", " ⇥ ")))
    if wrong:
        raise FileProblems(wrong)
    return snapshot


def _is_owner(unit: str, id: str) -> bool:
    """True if the first two parts name a subject. A notice has no unit, and no unit can have the name of shared
    content."""
    return bool(_ID.fullmatch(id)) and (not unit or unit in OWNERS or bool(_ID.fullmatch(unit)))


_ID = pattern(ID_PATTERN)
