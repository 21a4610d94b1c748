"""Separates what a draft still lacks from problems. It does not stop a build, and the editor is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gazette.messages.problems import FileProblems, Loc, Problem
from gazette.model.forms.values import is_yes
from gazette.model.records.units import Unit
from gazette.reading.decode import mistakes
from gazette.reading.diagnostics import Diagnostics
from gazette.reading.yaml.nodes import Node
from gazette.reading.yaml.parser import parse_leniently
from gazette.reading.yaml.ways import Ways

GAPS = (
    "missing",
    "empty",
    "empty_entry",
    "empty_optional",
    "empty_record",
    "language_missing",
    "language_empty",
    "list_empty",
    "text_shape",
    "why_missing",
)
"""Message codes for values that are missing or empty."""


def set_gaps_aside(diagnostics: Diagnostics, path: str, before: int, languages: tuple[str, ...]) -> None:
    """Move the gaps of a draft that could not be read from `problems` to `unfinished`. `before` is the number of
    problems noted before the unit at `path` was read."""
    node, wrong = parse_leniently(path, diagnostics.texts[path])
    if node is None or wrong or not is_yes(node.find(("draft",)).scalar):
        return
    problems = mistakes(path, node, Unit, languages)
    rest = [problem for problem in problems if not _is_gap(problem)]
    diagnostics.problems[before:] = FileProblems(rest).problems
    diagnostics.unfinished += _by_entry(node, path, filter(_is_gap, problems))


def set_covers_aside(diagnostics: Diagnostics, before: int) -> None:
    """Move uncovered commitments of a readable draft from `problems` to `unfinished`: their pledges are still to be
    written."""
    problems = diagnostics.problems[before:]
    diagnostics.unfinished += [problem for problem in problems if problem.code == "covers_missing"]
    diagnostics.problems[before:] = [problem for problem in problems if problem.code != "covers_missing"]


def _is_gap(problem: Problem) -> bool:
    """True if the problem is only that a value is missing. A missing text has the code of a wrong shape."""
    return problem.code in GAPS and not (problem.code == "text_shape" and dict(problem.values).get("found"))


def _by_entry(node: Node, path: str, gaps: Iterable[Problem]) -> Iterator[Problem]:
    """One problem for the unit and one for each pledge, listing the fields to fill in."""
    ways = Ways(node)
    entries: dict[Loc, dict[str, list[str]]] = {(): {}}
    for gap in gaps:
        way = ways.outer if gap.code == "language_missing" else ways.inner  # reported at a text's first language
        loc = way((gap.line, gap.column))
        entry, inner = (loc[:2], loc[2:]) if loc[:1] == ("pledges",) and len(loc) > 1 else ((), loc)
        field, language = _named(gap, inner)
        codes_missing = entries.setdefault(entry, {}).setdefault(field, [])
        codes_missing += [language] if language else []
    for entry, fields in entries.items():
        if fields:
            listed = ", ".join(f"{field} ({', '.join(codes)})" if codes else field for field, codes in fields.items())
            spot = node.find(entry)
            name = spot.find(("id",)).scalar or path.rpartition("/")[2]
            yield Problem.at(path, spot.line, spot.column, "draft_unfinished", found=name, fields=listed)


def _named(gap: Problem, inner: Loc) -> tuple[str, str]:
    """(field, languages) to fill in. `inner` is the location inside the unit or pledge."""
    values = dict(gap.values)
    steps = [str(step) for step in inner if isinstance(step, str)]
    if gap.code in ("missing", "why_missing"):
        steps[-1:] = [values.get("field") or "why"]  # such a problem is placed at its record's first field
    elif gap.code == "language_empty":
        steps = steps[:-1]
    return ".".join(steps), values.get("language", values.get("languages", "") if gap.code != "text_shape" else "")
