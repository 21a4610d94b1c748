"""Pours what documents are laid out from (their HTML, with the lines of all units), and prints those of one page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gazette.build import pipeline
from gazette.build.unit_job import BuildContext, UnitJob, look
from gazette.model.records import UnitKind, choices
from gazette.planning.plan import UnitPlan, plan_shared
from gazette.planning.totals import Totals
from gazette.rendering.jinja import pour_page, with_lines
from gazette.rendering.render import make, make_line
from gazette.site.kinds import KINDS
from gazette.site.target import SheetLayout, Target
from gazette.site.views import Page

ROOT = Path(__file__).resolve().parent.parent


Lines = dict[str, list[tuple[str, str]]]
"""The lines of each slot, each with its rank."""


def documents(content: Path, cache: Path) -> Iterator[tuple[str, str]]:
    """The HTML of every document of a content folder, each in every way that it may be shown, with its path."""
    workshop, targets, lines = _opened(content, cache)
    for target in targets:
        if target.maker in ("pdf", "one-page"):
            for fit in {fit.depth: fit for fit in target.fits}.values() or (None,):
                yield target.path, _text(target, fit, lines, workshop)


def single_pages(content: Path, cache: Path, named: str = "") -> Iterator[tuple[str, bytes]]:
    """The documents of one page of a content folder whose name holds `named`, with their paths."""
    workshop, targets, lines = _opened(content, cache)
    for target in targets:
        if target.maker == "one-page" and named in target.path:
            yield target.path, make(target, workshop.kit, _joined(target, lines))[0]


def words_of(content: Path, cache: Path) -> set[str]:
    """The names of the words that documents of one page use."""
    workshop, targets, _ = _opened(content, cache)
    used = {target.template for target in targets if target.maker == "one-page" and target.template}
    return {word for template in used for word in workshop.kit.words_of(template)}


def _opened(content: Path, cache: Path) -> tuple[BuildContext, list[Target], Lines]:
    """All that a content folder gives, planned but not made."""
    settings = pipeline.Settings(content, ROOT / "templates", cache)
    memory = pipeline.open_memory(settings)
    opened = pipeline.open_content(settings, memory)
    workshop = pipeline.open_workshop(opened, settings, KINDS, memory, {})
    plans = [_plan(path, workshop) for path in opened.units]
    totals: dict[str, int] = defaultdict(int)
    lines: Lines = defaultdict(list)
    for plan in plans:
        for name, count in plan.counts.items():
            totals[name] += count
        for line in plan.lines:
            lines[line.slot].append((line.rank, make_line(line, workshop.kit)))
    shared = plan_shared(workshop.frame, Totals(totals, _kinds(totals)), workshop.as_of, "")
    return workshop, [*(target for plan in plans for target in plan.targets), *shared], lines


def _kinds(totals: dict[str, int]) -> tuple[str, ...]:
    return tuple(kind for kind in choices(UnitKind) if totals[f"kind.{kind}.units"])


def _plan(path: Path, workshop: BuildContext) -> UnitPlan:
    _, plan, problems = look(UnitJob(path.stem, str(path), path.read_bytes(), {}), workshop)
    assert plan is not None, [problem.show("en") for problem in problems]
    return plan


def _joined(target: Target, lines: Lines) -> dict[str, str]:
    return {
        slot.name: target.between(slot).join(text for _, text in sorted(lines[slot.name])[: slot.most or None])
        for slot in target.slots
    }


def _text(target: Target, fit: SheetLayout | None, lines: Lines, workshop: BuildContext) -> str:
    assert isinstance(target.view, Page) and target.template is not None
    names = (slot.name for slot in target.slots)
    text = pour_page(workshop.kit, target.template, target.path, target.view, names, fit)
    return with_lines(text, _joined(target, lines))
