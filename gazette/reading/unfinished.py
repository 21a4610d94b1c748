"""What is still to be filled in in the draft of a unit: it keeps no build from going on, and the editor is told."""

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
"""What is told of something that is not there, or has nothing in it."""


def set_gaps_aside(diagnostics: Diagnostics, path: str, before: int, languages: tuple[str, ...]) -> None:
    """Of the unit at `path`, which could not be read: where it is a draft, what is not filled in yet is no problem, but
    `unfinished`. `before` is how many problems were noted before the unit was read."""
    node, wrong = parse_leniently(path, diagnostics.texts[path])
    if node is None or wrong or not is_yes(node.find(("draft",)).scalar):
        return
    found = mistakes(path, node, Unit, languages)
    rest = [problem for problem in found if not _is_gap(problem)]
    diagnostics.problems[before:] = FileProblems(rest).problems
    diagnostics.unfinished += _by_entry(node, path, filter(_is_gap, found))


def set_covers_aside(diagnostics: Diagnostics, before: int) -> None:
    """Of the draft of a unit, which could be read: commitments without a pledge are still to be written."""
    found = diagnostics.problems[before:]
    diagnostics.unfinished += [problem for problem in found if problem.code == "covers_missing"]
    diagnostics.problems[before:] = [problem for problem in found if problem.code != "covers_missing"]


def _is_gap(problem: Problem) -> bool:
    """Whether nothing is wrong but that something is not there. Of a text it is told as of a wrong shape."""
    return problem.code in GAPS and not (problem.code == "text_shape" and dict(problem.values).get("found"))


def _by_entry(node: Node, path: str, gaps: Iterable[Problem]) -> Iterator[Problem]:
    """What is to be filled in, in one line for the unit itself and one for each pledge."""
    ways = Ways(node)
    entries: dict[Loc, dict[str, list[str]]] = {(): {}}
    for gap in gaps:
        way = ways.outer if gap.code == "language_missing" else ways.inner  # told at a text's first language
        loc = way((gap.line, gap.column))
        entry, inner = (loc[:2], loc[2:]) if loc[:1] == ("pledges",) and len(loc) > 1 else ((), loc)
        field, language = _named(gap, inner)
        told = entries.setdefault(entry, {}).setdefault(field, [])
        told += [language] if language else []
    for entry, fields in entries.items():
        if fields:
            named = ", ".join(f"{field} ({', '.join(codes)})" if codes else field for field, codes in fields.items())
            spot = node.find(entry)
            found = spot.find(("id",)).scalar or path.rpartition("/")[2]
            yield Problem.at(path, spot.line, spot.column, "draft_unfinished", found=found, fields=named)


def _named(gap: Problem, inner: Loc) -> tuple[str, str]:
    """The field that is to be filled in, by the way to it inside its entry, and in which language."""
    values = dict(gap.values)
    steps = [str(step) for step in inner if isinstance(step, str)]
    if gap.code in ("missing", "why_missing"):
        steps[-1:] = [values.get("field") or "why"]  # such a problem stands where its record begins: at its first field
    elif gap.code == "language_empty":
        steps = steps[:-1]
    return ".".join(steps), values.get("language", values.get("languages", "") if gap.code != "text_shape" else "")
