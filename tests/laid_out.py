"""Pours what documents are laid out from: their HTML, with the lines of all units, as they go to the printing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from gazette import pipeline
from gazette.indexes import Totals
from gazette.kinds import KINDS
from gazette.plan import UnitPlan, plan_shared
from gazette.pour import pour_page, with_lines
from gazette.render import make_line
from gazette.target import Target
from gazette.views import Page
from gazette.workshop import Job, Workshop, look

ROOT = Path(__file__).resolve().parent.parent


def documents(content: Path, cache: Path) -> Iterator[tuple[str, str]]:
    """The HTML of every document of a content folder, each in every way that it may be shown, with its path."""
    settings = pipeline.Settings(content, ROOT / "templates", cache)
    memory = pipeline.open_memory(settings)
    opened = pipeline.open_content(settings, memory)
    workshop = pipeline.open_workshop(opened, settings, KINDS, memory)
    plans = [_plan(path, workshop) for path in opened.units]
    totals: dict[str, int] = defaultdict(int)
    lines: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for plan in plans:
        for name, count in plan.counts.items():
            totals[name] += count
        for line in plan.lines:
            lines[line.slot].append((line.rank, make_line(line, workshop.kit)))
    shared = plan_shared(workshop.frame, Totals(totals, ("district", "zone")), workshop.as_of, "")
    for target in (*(target for plan in plans for target in plan.targets), *shared):
        if target.maker in ("pdf", "one-page"):
            yield from ((target.path, text) for text in _texts(target, lines, workshop))


def _plan(path: Path, workshop: Workshop) -> UnitPlan:
    _, plan, problems = look(Job(path.stem, str(path), path.read_bytes(), {}), workshop)
    assert plan is not None, [problem.show("en") for problem in problems]
    return plan


def _texts(target: Target, lines: dict[str, list[tuple[str, str]]], workshop: Workshop) -> Iterator[str]:
    joined = {
        slot.name: target.between(slot).join(text for _, text in sorted(lines[slot.name])[: slot.most or None])
        for slot in target.slots
    }
    assert isinstance(target.view, Page) and target.template is not None
    for fit in {fit.depth: fit for fit in target.fits}.values() or (None,):
        names = (slot.name for slot in target.slots)
        yield with_lines(pour_page(workshop.kit, target.template, target.path, target.view, names, fit), joined)
