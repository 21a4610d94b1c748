"""Chooses and checks the ids of new units."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from gazette.lazy_re import pattern
from gazette.messages.problems import FileProblems, Problem
from gazette.model.forms.values import ID_LIMIT, ID_PATTERN, RESERVED
from gazette.reading.files.encoding import read_text

_ENTRY = pattern(r"(?P<name>.+?)[\s,，:：=\u3000]+(?P<id>[^\s,，:：=]+)")


def fault_of(id: str, taken: Collection[str]) -> Problem | None:
    """Return why an id cannot be that of a new unit, beside those that are `taken`; None if it can."""
    if len(id) > ID_LIMIT or not pattern(ID_PATTERN).fullmatch(id):
        return Problem.at("", 0, 0, "id_form", found=id, limit=ID_LIMIT)
    if id in RESERVED:
        return Problem.at("", 0, 0, "id_reserved", found=id)
    if id in taken:
        return Problem.at("", 0, 0, "unit_id_taken", found=id)
    near = next((other for other in taken if f"{id}-".startswith(f"{other}-") or f"{other}-".startswith(f"{id}-")), "")
    if near:
        short, long = sorted((id, near), key=len)
        return Problem.at("", 0, 0, "unit_id_prefix", found=short, other=long)
    return None


def read_ids(path: str, data: bytes, names: Sequence[str]) -> dict[str, str]:
    """Return the ids of units: `{name: id}`, from a file with a name and an id in each line. Raises FileProblems for
    lines that cannot be read, and for names that the statement does not have."""
    ids: dict[str, str] = {}
    problems = []
    for number, line in enumerate(read_text(path, data).split("\n"), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        match = _ENTRY.fullmatch(words)
        if match is None:
            problems.append(Problem.at(path, number, 1, "ids_form", found=words))
        elif match["name"] not in names:
            problems.append(Problem.at(path, number, 1, "ids_name", found=match["name"]))
        elif match["name"] in ids:
            problems.append(Problem.at(path, number, 1, "ids_twice", found=match["name"]))
        elif fault := fault_of(match["id"], [*ids.values()]):
            problems.append(fault._replace(path=path, line=number, column=1))
        else:
            ids[match["name"]] = match["id"]
    if problems:
        raise FileProblems(problems)
    return ids


def plain_id(first: int, taken: Collection[str]) -> str:
    """Return a free id without meaning for a unit that nobody has named: `unit-01` if `first` is 1, or the next one."""
    return next(id for id in (f"unit-{n:02d}" for n in itertools.count(first)) if fault_of(id, taken) is None)
